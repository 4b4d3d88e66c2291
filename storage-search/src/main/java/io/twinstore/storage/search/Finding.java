package io.twinstore.storage.search;

import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.List;

/** Looks for a leaf in a message that was made ready for the index, as an index would. */
final class Finding {

    private Finding() {}

    /** The class of how often a leaf is in a message, 0 where it is not; 1 for all but words. */
    static int frequency(Leaf leaf, IndexedMessage message) {
        for (IndexedChunk chunk : message.chunks()) {
            if (isIn(leaf, chunk)) {
                return leaf instanceof Word word
                        ? chunk.frequencies().getOrDefault(word.term(), 1)
                        : 1;
            }
        }
        return 0;
    }

    private static boolean isIn(Leaf leaf, IndexedChunk chunk) {
        if (leaf instanceof Word word) {
            return chunk.terms().contains(word.term()) || chunk.marks().contains(word.term());
        } else if (leaf instanceof Prefix prefix) {
            return begins(prefix, chunk.terms()) || begins(prefix, chunk.marks());
        }
        return leaf instanceof Phrase phrase && standsIn(chunk.terms(), phrase);
    }

    private static boolean begins(Prefix prefix, List<String> terms) {
        for (String term : terms) {
            for (String beginning : prefix.beginnings()) {
                if (term.startsWith(beginning)) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean standsIn(List<String> terms, Phrase phrase) {
        int last = terms.size() - phrase.terms().size();
        for (int at = 0; at <= last; at++) {
            if (standsAt(at, terms, phrase)) {
                return true;
            }
        }
        return false;
    }

    private static boolean standsAt(int at, List<String> terms, Phrase phrase) {
        int length = phrase.terms().size();
        for (int i = 0; i < length; i++) {
            String wanted = phrase.terms().get(i);
            String term = terms.get(at + i);
            boolean beginning = phrase.open() && i == length - 1;
            if (beginning ? !term.startsWith(wanted) : !term.equals(wanted)) {
                return false;
            }
        }
        return true;
    }
}
