package io.twinstore.storage.search;

import io.twinstore.storage.SearchLanguage;
import org.jspecify.annotations.Nullable;
import org.tartarus.snowball.ext.EnglishStemmer;

/**
 * Makes terms of folded words and keeps the latest, since most words of a message were in the ones
 * before it. A word that is kept costs no allocation. Not for use by several threads.
 */
final class TermCache {

    private static final int SLOTS = 8_192;

    private final @Nullable Term[] slots = new Term[SLOTS];
    private final @Nullable EnglishStemmer stemmer;

    TermCache(SearchLanguage language) {
        this.stemmer = language == SearchLanguage.ENGLISH ? new EnglishStemmer() : null;
    }

    /** The term of a folded word. */
    Term of(String folded) {
        int slot = slot(folded.hashCode());
        Term kept = slots[slot];
        if (kept != null && kept.folded().equals(folded)) {
            return kept;
        }
        return keep(slot, folded);
    }

    /**
     * The term of a folded word.
     *
     * @param hash what {@link String#hashCode} would say
     */
    Term of(char[] word, int length, int hash) {
        int slot = slot(hash);
        Term kept = slots[slot];
        if (kept != null && same(kept.folded(), word, length)) {
            return kept;
        }
        return keep(slot, new String(word, 0, length));
    }

    private static int slot(int hash) {
        return (hash ^ (hash >>> 16)) & (SLOTS - 1);
    }

    private static boolean same(String kept, char[] word, int length) {
        if (kept.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (kept.charAt(i) != word[i]) {
                return false;
            }
        }
        return true;
    }

    private Term keep(int slot, String folded) {
        Term term = make(folded);
        slots[slot] = term;
        return term;
    }

    private Term make(String folded) {
        String raw = TermText.of(folded);
        String stem = raw;
        if (stemmer != null && english(folded)) {
            stemmer.setCurrent(folded);
            stemmer.stem();
            stem = TermText.of(stemmer.getCurrent());
        }
        return new Term(folded, stem, stem.equals(raw) ? null : Marks.RAW + raw);
    }

    /** Whether the stemmer may touch it: a word of ASCII letters, apostrophes within. */
    static boolean english(String folded) {
        for (int i = 0; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if ((c < 'a' || c > 'z') && c != '\'') {
                return false;
            }
        }
        return true;
    }
}
