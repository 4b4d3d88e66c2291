package io.twinstore.storage.search;

import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * Answers as a full-text index does: terms and marks in one sorted set for each chunk, and the text
 * of terms with a space between for phrases.
 */
record SetIndex(
        int tokens,
        List<TreeSet<String>> entries,
        Map<String, Integer> frequencies,
        List<String> lines) {

    static SetIndex of(IndexedMessage message) {
        List<TreeSet<String>> entries = new ArrayList<>();
        List<String> lines = new ArrayList<>();
        Map<String, Integer> frequencies = new HashMap<>();
        for (IndexedChunk chunk : message.chunks()) {
            TreeSet<String> entry = new TreeSet<>(chunk.terms());
            entry.addAll(chunk.marks());
            entries.add(entry);
            frequencies.putAll(chunk.frequencies());
            lines.add(" " + String.join(" ", chunk.terms()) + " ");
        }
        return new SetIndex(message.tokens(), entries, frequencies, lines);
    }

    Evidence evidence(SearchQuery query) {
        return Evidence.of(tokens, query.leaves().stream().mapToInt(this::frequency).toArray());
    }

    private int frequency(Leaf leaf) {
        if (leaf instanceof Word word) {
            return entries.stream().anyMatch(entry -> entry.contains(word.term()))
                    ? frequencies.getOrDefault(word.term(), 1)
                    : 0;
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
