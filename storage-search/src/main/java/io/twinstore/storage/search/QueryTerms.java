package io.twinstore.storage.search;

import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchSyntaxException;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Phrase;
import io.twinstore.storage.search.Expression.Prefix;
import io.twinstore.storage.search.Expression.Word;
import java.util.ArrayList;
import java.util.List;

/** Makes leaves of the words and phrases of a query, with the terms that messages are given. */
final class QueryTerms {

    private final String text;
    private final SearchLanguage language;
    private final Words words;

    QueryTerms(String text, SearchLanguage language, Words words) {
        this.text = text;
        this.language = language;
        this.words = words;
    }

    /** What a word or the inside of a phrase looks for. */
    Leaf leaf(int start, int end) {
        return read(start, end).leaf();
    }

    /** What a word with an asterisk behind it looks for. */
    Leaf prefix(int start, int end) {
        Found found = read(start, end);
        if (found.inPairs) {
            return found.leaf(); // pairs look for what goes on as well
        }
        if (found.terms.size() > 1) {
            throw new SearchSyntaxException(
                    "an asterisk completes one word, and these are several", text, start);
        }
        String folded = found.terms.get(0).folded();
        String beginning = TermText.of(folded);
        boolean stemmed = language == SearchLanguage.ENGLISH && TermCache.english(folded);
        return new Prefix(stemmed ? List.of(beginning, Marks.RAW + beginning) : List.of(beginning));
    }

    private Found read(int start, int end) {
        Found found = new Found();
        words.read(text, start, end, found);
        if (found.tooLong) {
            throw new SearchSyntaxException(
                    "a word of more than "
                            + SearchTerms.LONGEST_WORD
                            + " characters cannot be searched",
                    text,
                    start);
        }
        if (found.terms.isEmpty()) {
            throw new SearchSyntaxException(
                    "there is no letter and no digit to look for", text, start);
        }
        if (found.terms.size() > SearchTerms.LONGEST_PHRASE) {
            throw new SearchSyntaxException(
                    "a phrase has at most " + SearchTerms.LONGEST_PHRASE + " words", text, start);
        }
        return found;
    }

    private static final class Found implements WordSink {

        private final List<Term> terms = new ArrayList<>();
        private boolean tooLong;

        /** Whether the last thing told was text without spaces. */
        private boolean inPairs;

        /** Whether that was a single character, which may be the beginning of a pair. */
        private boolean open;

        /** What was told but counts only if something follows. */
        private List<Term> held = List.of();

        @Override
        public void word(Term term, int start, int end) {
            terms.addAll(held);
            terms.add(term);
            held = List.of();
            inPairs = false;
            open = false;
        }

        @Override
        public void last(Term term, int start, int end, boolean alone) {
            if (alone) {
                word(term, start, end);
            } else {
                held = List.of(term);
            }
            inPairs = true;
            open = alone;
        }

        @Override
        public void gap() {
            tooLong = true;
        }

        private Leaf leaf() {
            String first = terms.get(0).text();
            if (terms.size() == 1) {
                return open ? new Prefix(List.of(first)) : new Word(first);
            }
            return new Phrase(terms.stream().map(Term::text).toList(), open);
        }
    }
}
