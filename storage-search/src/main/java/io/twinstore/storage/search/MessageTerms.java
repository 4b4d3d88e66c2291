package io.twinstore.storage.search;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Gathers the terms of one message and parts them into chunks. */
final class MessageTerms implements Words.ValueSink {

    private static final Occurrence BOUNDARY = new Occurrence(null, IndexedChunk.BOUNDARY);

    private final List<Occurrence> positions = new ArrayList<>(128);
    private final Map<String, Occurrence> words = new HashMap<>(256);
    private final Map<String, TermCount> terms = new HashMap<>(256);

    private int tokens;
    private int most;
    private int characters;

    /** A word of this message, as it stands. */
    private static final class Occurrence {

        private final @Nullable TermCount term;
        private final String text;
        private @Nullable String raw;

        /** The chunk that has the mark for the word as it stands. */
        private int rawMarked;

        private Occurrence(@Nullable TermCount term, String text) {
            this.term = term;
            this.text = text;
        }
    }

    /** How often the words of one term are in this message. */
    private static final class TermCount {

        private int all;

        /** In the chunk whose end is looked for. */
        private int inChunk;

        /** The chunk that {@link #inChunk} counts, and the one that has the mark. */
        private int counted;

        private int marked;
    }

    @Override
    public void value(String text, int from, int to) {
        boundary();
    }

    @Override
    public void word(Term term, int start, int end) {
        Occurrence word = words.get(term.folded());
        if (word == null) {
            word = first(term);
        }
        positions.add(word);
        tokens++;
        characters += word.text.length();
        if (word.term != null) {
            most = Math.max(most, ++word.term.all);
        }
    }

    private Occurrence first(Term term) {
        TermCount count = terms.computeIfAbsent(term.text(), t -> new TermCount());
        Occurrence word = new Occurrence(count, term.text());
        word.raw = term.raw();
        words.put(term.folded(), word);
        return word;
    }

    @Override
    public void gap() {
        boundary();
    }

    /** Two boundaries are no more than one, and none is needed before the first word. */
    private void boundary() {
        if (!positions.isEmpty() && !endsWithBoundary()) {
            positions.add(BOUNDARY);
        }
    }

    private boolean endsWithBoundary() {
        return positions.get(positions.size() - 1).term == null;
    }

    /**
     * What an index holds of the message.
     *
     * @param scalars marks for its first chunk; there is one in any case
     */
    IndexedMessage indexed(List<String> scalars) {
        if (!positions.isEmpty() && endsWithBoundary()) {
            positions.remove(positions.size() - 1);
        }
        int size = positions.size();
        List<IndexedChunk> chunks = new ArrayList<>();
        int start = 0;
        while (start < size || chunks.isEmpty()) {
            int number = chunks.size() + 1;
            int end = fitsWhole() ? size : chunkEnd(start, number);
            chunks.add(chunk(start, end, number, number == 1 ? scalars : List.of()));
            start = end == size ? size : end - SearchTerms.OVERLAP;
        }
        return new IndexedMessage(tokens, chunks);
    }

    private boolean fitsWhole() {
        return positions.size() <= SearchTerms.CHUNK_POSITIONS
                && most <= SearchTerms.CHUNK_OCCURRENCES
                && characters <= SearchTerms.CHUNK_CHARACTERS;
    }

    private int chunkEnd(int start, int number) {
        int last = Math.min(positions.size(), start + SearchTerms.CHUNK_POSITIONS);
        int length = 0;
        for (int i = start; i < last; i++) {
            TermCount term = positions.get(i).term;
            if (term == null) {
                continue;
            }
            length += positions.get(i).text.length();
            term.inChunk = term.counted == number ? term.inChunk + 1 : 1;
            term.counted = number;
            if (term.inChunk > SearchTerms.CHUNK_OCCURRENCES
                    || length > SearchTerms.CHUNK_CHARACTERS) {
                return i;
            }
        }
        return last;
    }

    private IndexedChunk chunk(int start, int end, int number, List<String> more) {
        String[] texts = new String[end - start];
        List<String> marks = new ArrayList<>(more);
        Map<String, Integer> frequencies = new HashMap<>();
        for (int i = start; i < end; i++) {
            Occurrence word = positions.get(i);
            texts[i - start] = word.text;
            if (word.raw != null && word.rawMarked != number) {
                word.rawMarked = number;
                marks.add(word.raw);
            }
            TermCount term = word.term;
            if (term != null && term.all > 1 && term.marked != number) {
                term.marked = number;
                frequencies.put(word.text, Marks.frequencyClass(term.all));
            }
        }
        return new IndexedChunk(List.of(texts), marks, frequencies);
    }
}
