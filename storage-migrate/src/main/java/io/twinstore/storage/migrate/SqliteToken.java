package io.twinstore.storage.migrate;

import java.util.Locale;

/**
 * A token of SQLite's SQL.
 *
 * @param text what it says: a name or a string without its quotes, a blob's digits, anything else
 *     as it is written
 * @param start where it begins in the statement
 * @param end where the next character stands
 */
record SqliteToken(Kind kind, String text, int start, int end) {

    /** What a token is. */
    enum Kind {
        /** A name or a keyword, as it is written. */
        WORD,
        /** A name in double quotes, or a string, where there is no such column. */
        QUOTED,
        /** A name in brackets or backticks, which is never a string. */
        BRACKETED,
        STRING,
        BLOB,
        NUMBER,
        SYMBOL,
        END
    }

    /** Returns whether it is this keyword; a quoted name never is. */
    boolean isWord(String keyword) {
        return kind == Kind.WORD && text.equalsIgnoreCase(keyword);
    }

    boolean isSymbol(String symbol) {
        return kind == Kind.SYMBOL && text.equals(symbol);
    }

    boolean isName() {
        return kind == Kind.WORD || kind == Kind.QUOTED || kind == Kind.BRACKETED;
    }

    /** Returns a name as SQLite compares it: only the letters of ASCII have no case. */
    static String folded(String name) {
        StringBuilder folded = new StringBuilder(name.length());
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            folded.append(c >= 'A' && c <= 'Z' ? (char) (c + 32) : c);
        }
        return folded.toString();
    }

    /** Returns how a message names it. */
    String shown() {
        return kind == Kind.END ? "its end" : "'" + text.toUpperCase(Locale.ROOT) + "'";
    }
}
