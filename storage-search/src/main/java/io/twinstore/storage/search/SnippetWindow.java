package io.twinstore.storage.search;

import io.twinstore.storage.Snippet;
import io.twinstore.storage.Snippet.Highlight;
import io.twinstore.storage.search.SnippetSearch.Hit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * A part of one string value, and what was found in it.
 *
 * @param text what the offsets are meant in
 * @param from where the value starts in it
 * @param to where the value ends in it
 * @param hits what was found in this part, in the order of the text
 * @param leaves how many different leaves that are
 */
record SnippetWindow(String text, int from, int to, List<Hit> hits, int leaves) {

    /** How long a snippet is, in UTF-16 code units, but for what marks the cuts. */
    static final int LENGTH = 200;

    /** How much of that what was found takes at most, so that some of it is context. */
    private static final int FOUND = 160;

    /** How far a cut moves to stand between two words. */
    private static final int SHIFT = 20;

    private static final String CUT = "…";

    /** The part of a value with most leaves, then most hits, the first of those. */
    static SnippetWindow best(String text, int from, int to, List<Hit> found) {
        List<Hit> hits = new ArrayList<>(found);
        hits.sort(Comparator.comparingInt(Hit::start).thenComparingInt(Hit::end));
        int[] counts = new int[QueryParser.MOST_LEAVES];
        int leaves = 0;
        int first = 0;
        SnippetWindow best = new SnippetWindow(text, from, to, List.of(), 0);
        for (int last = 0; last < hits.size(); last++) {
            leaves += counts[hits.get(last).leaf()]++ == 0 ? 1 : 0;
            while (first < last && hits.get(last).end() - hits.get(first).start() > FOUND) {
                leaves -= --counts[hits.get(first++).leaf()] == 0 ? 1 : 0;
            }
            if (leaves > best.leaves
                    || (leaves == best.leaves && last - first + 1 > best.hits.size())) {
                best = new SnippetWindow(text, from, to, hits.subList(first, last + 1), leaves);
            }
        }
        return best;
    }

    boolean isBetterThan(SnippetWindow other) {
        return leaves > other.leaves || (leaves == other.leaves && hits.size() > other.hits.size());
    }

    Snippet snippet() {
        int foundStart = hits.isEmpty() ? from : hits.get(0).start();
        int foundEnd = hits.stream().mapToInt(Hit::end).max().orElse(from);
        int context = Math.max(0, LENGTH - (foundEnd - foundStart)) / 2;
        int start = Math.max(from, foundStart - context);
        int end = Math.min(to, start + LENGTH);
        start = startOfWord(Math.max(from, Math.min(start, end - LENGTH)), foundStart);
        end = endOfWord(end, Math.min(end, foundEnd));
        return cut(start, end);
    }

    private Snippet cut(int start, int end) {
        String before = start > from ? CUT : "";
        String after = end < to ? CUT : "";
        int shift = before.length() - start;
        List<Highlight> highlights = new ArrayList<>();
        int highlighted = 0;
        for (Hit hit : hits) {
            int left = Math.max(hit.start(), start) + shift;
            int right = Math.min(hit.end(), end) + shift;
            if (!highlights.isEmpty() && left < highlighted) {
                int merged = highlights.remove(highlights.size() - 1).start();
                highlights.add(new Highlight(merged, Math.max(highlighted, right)));
            } else if (left < right) {
                highlights.add(new Highlight(left, right));
            }
            highlighted = Math.max(highlighted, right);
        }
        return new Snippet(before + shown(start, end) + after, highlights);
    }

    /** Moves a cut forward to the beginning of a word, if one is near. */
    private int startOfWord(int start, int found) {
        if (start == from) {
            return start;
        }
        int limit = Math.min(found, start + SHIFT);
        for (int i = start; i < limit; i++) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i + 1;
            }
        }
        return inPair(start) ? start + 1 : start;
    }

    /** Moves a cut back to the end of a word, if one is near. */
    private int endOfWord(int end, int found) {
        if (end == to) {
            return end;
        }
        int limit = Math.max(found, end - SHIFT);
        for (int i = end; i >= limit && i > from; i--) {
            if (Character.isWhitespace(text.charAt(i))) {
                return i;
            }
        }
        return inPair(end) ? end - 1 : end;
    }

    private boolean inPair(int at) {
        return Character.isSurrogatePair(text.charAt(at - 1), text.charAt(at));
    }

    /** A part of the text with spaces for control characters and U+FFFD for half characters. */
    private String shown(int start, int end) {
        char[] shown = text.substring(start, end).toCharArray();
        for (int i = 0; i < shown.length; i++) {
            boolean pair =
                    i + 1 < shown.length && Character.isSurrogatePair(shown[i], shown[i + 1]);
            if (pair) {
                i++;
            } else if (Character.isSurrogate(shown[i])) {
                shown[i] = '\uFFFD';
            } else if (Character.isISOControl(shown[i])) {
                shown[i] = ' ';
            }
        }
        return new String(shown);
    }
}
