package io.twinstore.storage.migrate;

/**
 * A pattern of SQLite's LIKE for PostgreSQL's. Both know {@code %} and {@code _}. A backslash is
 * PostgreSQL's escape and nothing to SQLite, and SQLite takes the letters of ASCII without case, so
 * that pattern and text are compared in small letters.
 */
final class LikePattern {

    private LikePattern() {}

    /**
     * Returns the pattern.
     *
     * @param escape SQLite's escape, one character, or -1 for none
     * @throws UntranslatableException when the escape takes the meaning of something else than a
     *     sign
     */
    static String translated(String pattern, int escape) throws UntranslatableException {
        StringBuilder translated = new StringBuilder();
        int[] characters = pattern.codePoints().toArray();
        for (int i = 0; i < characters.length; i++) {
            int character = characters[i];
            boolean escaped = character == escape;
            if (escaped) {
                i++;
                if (i == characters.length) {
                    throw new UntranslatableException("its pattern ends with an escape");
                }
                character = characters[i];
            }
            if (character == '\\' || (escaped && (character == '%' || character == '_'))) {
                translated.append('\\');
            }
            translated.appendCodePoint(small(character));
        }
        return translated.toString();
    }

    /** Returns the one character that a literal has. */
    static int escape(Operand operand) throws UntranslatableException {
        if (operand.literal() instanceof String text
                && text.codePointCount(0, text.length()) == 1) {
            return text.codePointAt(0);
        }
        throw new UntranslatableException("it uses LIKE with an escape that is no character");
    }

    private static int small(int character) {
        return character >= 'A' && character <= 'Z' ? character + 32 : character;
    }
}
