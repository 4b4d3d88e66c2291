package io.twinstore.storage.search;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Gathers the terms of one message and parts them into chunks. */
final class MessageTerms implements Words.ValueSink {

    private final List<Term> positions = new ArrayList<>();
    private final Map<String, int[]> occurrences = new LinkedHashMap<>();

    private int tokens;
    private int most;
    private int characters;

    @Override
    public void value(String text, int from, int to) {
        boundary();
    }

    @Override
    public void word(Term term, int start, int end) {
        positions.add(term);
        tokens++;
        characters += term.text().length();
        int[] count = occurrences.computeIfAbsent(term.text(), t -> new int[1]);
        most = Math.max(most, ++count[0]);
    }

    @Override
    public void gap() {
        boundary();
    }

    /** Two boundaries are no more than one, and none is needed before the first word. */
    private void boundary() {
        int size = positions.size();
        if (size > 0 && !positions.get(size - 1).isBoundary()) {
            positions.add(Term.BOUNDARY);
        }
    }

    /** What an index holds of the message. */
    IndexedMessage indexed() {
        int size = positions.size();
        if (size > 0 && positions.get(size - 1).isBoundary()) {
            positions.remove(--size);
        }
        List<IndexedChunk> chunks = new ArrayList<>();
        int start = 0;
        while (start < size) {
            int end = fitsWhole() ? size : chunkEnd(start);
            chunks.add(chunk(positions.subList(start, end)));
            start = end == size ? size : end - SearchTerms.OVERLAP;
        }
        return new IndexedMessage(tokens, chunks);
    }

    private boolean fitsWhole() {
        return positions.size() <= SearchTerms.CHUNK_POSITIONS
                && most <= SearchTerms.CHUNK_OCCURRENCES
                && characters <= SearchTerms.CHUNK_CHARACTERS;
    }

    private int chunkEnd(int start) {
        Map<String, int[]> seen = new LinkedHashMap<>();
        int last = Math.min(positions.size(), start + SearchTerms.CHUNK_POSITIONS);
        int length = 0;
        for (int i = start; i < last; i++) {
            Term term = positions.get(i);
            if (term.isBoundary()) {
                continue;
            }
            length += term.text().length();
            int[] count = seen.computeIfAbsent(term.text(), t -> new int[1]);
            if (++count[0] > SearchTerms.CHUNK_OCCURRENCES
                    || length > SearchTerms.CHUNK_CHARACTERS) {
                return i;
            }
        }
        return last;
    }

    private IndexedChunk chunk(List<Term> part) {
        List<String> terms = new ArrayList<>(part.size());
        Set<String> marks = new LinkedHashSet<>();
        for (Term term : part) {
            terms.add(term.text());
            if (term.raw() != null) {
                marks.add(term.raw());
            }
            int[] count = occurrences.get(term.text());
            if (count != null && count[0] > 1) {
                marks.add(Marks.frequency(term.text(), Marks.frequencyClass(count[0])));
            }
        }
        return new IndexedChunk(terms, new ArrayList<>(marks));
    }
}
