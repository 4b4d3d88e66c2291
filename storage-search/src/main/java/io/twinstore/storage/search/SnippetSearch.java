package io.twinstore.storage.search;

import io.twinstore.storage.Snippet;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds, while a message is read, the part of it that shows best what a query found. */
final class SnippetSearch implements Words.ValueSink {

    /** A place where a leaf was found. */
    record Hit(int start, int end, int leaf) {}

    /** A term that was told, with its place. */
    private record Told(Term term, int start, int middle, int end) {}

    private final Map<String, Integer> words = new HashMap<>();
    private final Map<Prefix, Integer> prefixes = new HashMap<>();
    private final Map<Phrase, Integer> phrases = new HashMap<>();

    /** The last terms told, of which the latest is at {@code told - 1} modulo the length. */
    private final @Nullable Told[] recent = new Told[SearchTerms.LONGEST_PHRASE];

    private int told;

    private final List<Hit> hits = new ArrayList<>();
    private String text = "";
    private int from;
    private int to;
    private @Nullable SnippetWindow best;

    SnippetSearch(SearchQuery query) {
        for (int leaf : query.wanted()) {
            Leaf wanted = query.leaves().get(leaf);
            if (wanted instanceof Word word) {
                words.put(word.term(), leaf);
            } else if (wanted instanceof Prefix prefix) {
                prefixes.put(prefix, leaf);
            } else if (wanted instanceof Phrase phrase) {
                phrases.put(phrase, leaf);
            }
        }
    }

    @Override
    public void value(String value, int start, int end) {
        judge();
        text = value;
        from = start;
        to = end;
        told = 0;
    }

    @Override
    public void word(Term term, int start, int end) {
        tell(new Told(term, start, end, end));
    }

    @Override
    public void pair(Term term, int start, int middle, int end) {
        tell(new Told(term, start, middle, end));
    }

    @Override
    public void gap() {
        told = 0;
    }

    /** The best part, of all that was told. */
    Snippet snippet() {
        judge();
        return best == null ? new Snippet("", List.of()) : best.snippet();
    }

    private void judge() {
        if (from < to) {
            SnippetWindow window = SnippetWindow.best(text, from, to, hits);
            if (best == null || window.isBetterThan(best)) {
                best = window;
            }
        }
        hits.clear();
    }

    private void tell(Told now) {
        recent[told++ % recent.length] = now;
        Integer word = words.get(now.term().text());
        if (word != null) {
            hits.add(new Hit(now.start(), now.end(), word));
        }
        prefixes.forEach(
                (prefix, leaf) -> {
                    if (begins(prefix, now.term())) {
                        hits.add(new Hit(now.start(), now.middle(), leaf));
                    }
                });
        phrases.forEach((phrase, leaf) -> addIfEnded(phrase, leaf));
    }

    private static boolean begins(Prefix prefix, Term term) {
        String raw = term.raw();
        return prefix.beginnings().stream()
                .anyMatch(b -> term.text().startsWith(b) || (raw != null && raw.startsWith(b)));
    }

    /** Whether the phrase ends with the term told last. */
    private void addIfEnded(Phrase phrase, int leaf) {
        List<String> terms = phrase.terms();
        int first = told - terms.size();
        if (first < 0) {
            return;
        }
        for (int i = terms.size() - 1; i >= 0; i--) {
            String term = at(first + i).term().text();
            boolean open = phrase.open() && i == terms.size() - 1;
            if (open ? !term.startsWith(terms.get(i)) : !term.equals(terms.get(i))) {
                return;
            }
        }
        Told last = at(told - 1);
        int end = phrase.open() ? last.middle() : last.end();
        hits.add(new Hit(at(first).start(), end, leaf));
    }

    private Told at(int index) {
        Told there = recent[index % recent.length];
        if (there == null) {
            throw new IllegalStateException("nothing was told at " + index);
        }
        return there;
    }
}
