package io.twinstore.storage.search;

import java.text.Normalizer;
import java.util.Locale;
import org.apache.lucene.analysis.miscellaneous.ASCIIFoldingFilter;

/**
 * Brings what is written differently and means the same to one form: Unicode's NFKC (width,
 * ligatures, composed and decomposed letters), without the accents of Latin letters, without
 * characters that only format, in lower case.
 */
final class Folding {

    /** What one character becomes at most. */
    private static final int LONGEST = 4;

    private static final char FINAL_SIGMA = 'ς';

    private Folding() {}

    static String fold(String word) {
        return isAscii(word) ? word.toLowerCase(Locale.ROOT) : foldAny(word);
    }

    private static boolean isAscii(String word) {
        for (int i = 0; i < word.length(); i++) {
            if (word.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String foldAny(String word) {
        char[] normal = Normalizer.normalize(word, Normalizer.Form.NFKC).toCharArray();
        char[] plain = new char[normal.length * LONGEST];
        int length = ASCIIFoldingFilter.foldToASCII(normal, 0, plain, 0, normal.length);
        StringBuilder folded = new StringBuilder(length);
        for (int i = 0; i < length; ) {
            int c = Character.codePointAt(plain, i, length);
            i += Character.charCount(c);
            if (!onlyFormats(c)) {
                int lower = Character.toLowerCase(c);
                folded.appendCodePoint(lower == FINAL_SIGMA ? 'σ' : lower);
            }
        }
        return folded.toString();
    }

    private static boolean onlyFormats(int c) {
        return Character.getType(c) == Character.FORMAT
                || (c >= 0xFE00 && c <= 0xFE0F) // variation selectors
                || (c >= 0xE0100 && c <= 0xE01EF);
    }
}
