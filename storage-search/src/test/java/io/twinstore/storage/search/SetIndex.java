package io.twinstore.storage.search;

import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Answers as a full-text index does: terms and marks in one sorted set for each chunk, and the text
 * of terms with a space between for phrases.
 */
record SetIndex(int tokens, List<TreeSet<String>> entries, List<String> lines) {

    static SetIndex of(IndexedMessage message) {
        List<TreeSet<String>> entries = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        for (IndexedChunk chunk : message.chunks()) {
            TreeSet<String> entry = new TreeSet<>(chunk.terms());
            entry.addAll(chunk.marks());
            entries.add(entry);
            lines.add(" " + String.join(" ", chunk.terms()) + " ");
        }
        return new SetIndex(message.tokens(), entries, lines);
    }

    Evidence evidence(SearchQuery query) {
        return Evidence.of(tokens, query.leaves().stream().mapToInt(this::frequency).toArray());
    }

    private int frequency(Leaf leaf) {
        if (leaf instanceof Word word) {
            for (int frequency = 8; frequency > 1; frequency /= 2) {
                String mark = word.mark(frequency);
                if (entries.stream().anyMatch(entry -> entry.contains(mark))) {
                    return frequency;
                }
            }
            return entries.stream().anyMatch(entry -> entry.contains(word.term())) ? 1 : 0;
        } else if (leaf instanceof Prefix prefix) {
            return prefix.beginnings().stream().anyMatch(this::holdsBeginning) ? 1 : 0;
        }
        Phrase phrase = (Phrase) leaf;
        String wanted = " " + String.join(" ", phrase.terms()) + (phrase.open() ? "" : " ");
        return lines.stream().anyMatch(line -> line.contains(wanted)) ? 1 : 0;
    }

    private boolean holdsBeginning(String beginning) {
        return entries.stream()
                .map(entry -> entry.ceiling(beginning))
                .anyMatch(term -> term != null && term.startsWith(beginning));
    }
}
