package io.twinstore.storage.search;

/**
 * Writes words in characters that every index keeps and tells apart. SQLite's tokenizer goes by
 * Unicode 6.1, to which a newer letter, an emoji or a joiner is a space, and folds what it takes
 * for upper case; so what is not certain to pass is written in private-use characters.
 */
final class TermText {

    /** Pairs of bounds, each included, of lower-case letters and those without case. */
    private static final String CERTAIN =
            "09az\u00df\u024f\u03ac\u03ce\u0430\u045f\u05d0\u05ea\u0621\u063a\u0641\u064a"
                    + "\u3041\u3096\u30a1\u30fa\u30fc\u30fe\u4e00\u9fa5\uac00\ud7a3";

    /** What surrogates are moved by: to U+E000 to U+E7FF. */
    private static final int FROM_SURROGATES = 0x800;

    private static final int HIGH_BYTES = 0xE800;
    private static final int LOW_BYTES = 0xE900;

    private TermText() {}

    /** Writes a folded word. */
    static String of(String folded) {
        int length = folded.length();
        for (int i = 0; i < length; i++) {
            if (!certain(folded.charAt(i))) {
                return encoded(folded, i);
            }
        }
        return folded;
    }

    private static String encoded(String folded, int from) {
        StringBuilder out = new StringBuilder(folded.length() * 2).append(folded, 0, from);
        for (int i = from; i < folded.length(); i++) {
            char c = folded.charAt(i);
            if (certain(c)) {
                out.append(c);
            } else if (Character.isSurrogate(c)) {
                out.append((char) (c + FROM_SURROGATES));
            } else {
                out.append((char) (HIGH_BYTES + (c >> 8))).append((char) (LOW_BYTES + (c & 0xFF)));
            }
        }
        return out.toString();
    }

    private static boolean certain(char c) {
        if (c >= 'a' && c <= 'z') {
            return true;
        }
        for (int i = 0; i < CERTAIN.length(); i += 2) {
            if (c <= CERTAIN.charAt(i + 1)) {
                return c >= CERTAIN.charAt(i);
            }
        }
        return false;
    }
}
