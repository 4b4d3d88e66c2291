package io.twinstore.storage.search;

import java.io.CharArrayReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import org.apache.lucene.analysis.standard.StandardTokenizer;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Finds the words of any text by Unicode's rules (UAX #29), as Lucene implements them; of scripts
 * that put no spaces between words, pairs of neighbouring characters. Not for use by several
 * threads.
 */
final class UnicodeWords {

    /** What the tokenizer sees at once; it tells longer words in pieces. */
    private static final int WINDOW = 4_096;

    private static final String WORD = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.ALPHANUM];
    private static final String NUMBER = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.NUM];
    private static final String EMOJI = StandardTokenizer.TOKEN_TYPES[StandardTokenizer.EMOJI];

    private final StandardTokenizer tokenizer = new StandardTokenizer();
    private final OffsetAttribute offsets = tokenizer.getAttribute(OffsetAttribute.class);
    private final TypeAttribute types = tokenizer.getAttribute(TypeAttribute.class);
    private final TermCache terms;
    private final Breaks breaks;

    /** Where a word that is too long ends, as far as it was told. */
    private int longEnd;

    UnicodeWords(TermCache terms, Breaks breaks) {
        this.terms = terms;
        this.breaks = breaks;
        tokenizer.setMaxTokenLength(WINDOW);
    }

    /** Tells the words between two offsets. */
    void read(String text, int from, int to, WordSink sink) {
        char[] chars = breaks.apply(text, from, to);
        Pairs pairs = new Pairs(terms, sink);
        longEnd = -1;
        try (StandardTokenizer words = tokenizer) {
            words.setReader(new CharArrayReader(chars));
            words.reset();
            while (words.incrementToken()) {
                int start = offsets.startOffset();
                int end = offsets.endOffset();
                if (isWord(types.type())) {
                    pairs.end();
                    word(chars, start, end, from, sink);
                } else {
                    pairs.add(chars, start, end, from);
                }
            }
            pairs.end();
            words.end();
        } catch (IOException fromMemory) {
            throw new UncheckedIOException(fromMemory);
        }
    }

    private static boolean isWord(@Nullable String type) {
        return WORD.equals(type) || NUMBER.equals(type) || EMOJI.equals(type);
    }

    private void word(char[] chars, int start, int end, int from, WordSink sink) {
        if (goesOn(chars, start)) {
            longEnd = end;
        } else if (end - start > SearchTerms.LONGEST_WORD) {
            longEnd = end;
            sink.gap();
        } else {
            String folded = Folding.fold(new String(chars, start, end - start));
            if (folded.length() > SearchTerms.LONGEST_WORD) {
                sink.gap();
            } else if (!folded.isEmpty()) {
                sink.word(terms.of(folded), from + start, from + end);
            }
        }
    }

    /** Whether this is a further piece of a word that is too long. */
    private boolean goesOn(char[] chars, int start) {
        return longEnd >= 0
                && (start == longEnd || (start == longEnd + 1 && chars[longEnd] == '\''));
    }
}
