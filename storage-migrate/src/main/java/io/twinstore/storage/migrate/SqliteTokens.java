package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.SqliteToken.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a statement of SQLite into tokens, by the rules of its own tokenizer: three ways to quote a
 * name, strings, blobs, two kinds of comments, numbers with an exponent, in hexadecimal or with
 * underscores.
 */
final class SqliteTokens {

    private static final List<String> LONG_SYMBOLS =
            List.of("->>", "->", "<<", ">>", "<=", ">=", "<>", "!=", "==", "||");
    private static final String SHORT_SYMBOLS = "()+-*/%=<>&|~,.;";

    private final String sql;
    private final List<SqliteToken> tokens = new ArrayList<>();
    private int at;

    private SqliteTokens(String sql) {
        this.sql = sql;
    }

    /**
     * Returns the tokens, without blanks and comments, and one for the end.
     *
     * @throws UntranslatableException when there is something that SQLite would not have taken, or
     *     a character that could not be read
     */
    static List<SqliteToken> of(String sql) throws UntranslatableException {
        if (sql.indexOf('\ufffd') >= 0 || sql.indexOf('\0') >= 0) {
            throw new UntranslatableException("it has a character that cannot be read for certain");
        }
        SqliteTokens reading = new SqliteTokens(sql);
        while (reading.at < sql.length()) {
            reading.one();
        }
        reading.add(Kind.END, "", sql.length());
        return reading.tokens;
    }

    private void add(Kind kind, String text, int end) {
        tokens.add(new SqliteToken(kind, text, at, end));
        at = end;
    }

    private void one() throws UntranslatableException {
        char c = sql.charAt(at);
        if (c == ' ' || c == '\t' || c == '\n' || c == '\f' || c == '\r') {
            at++;
        } else if (sql.startsWith("--", at)) {
            int end = sql.indexOf('\n', at);
            at = end < 0 ? sql.length() : end;
        } else if (sql.startsWith("/*", at)) {
            int end = sql.indexOf("*/", at + 2);
            at = end < 0 ? sql.length() : end + 2;
        } else if (c == '\'') {
            quoted(Kind.STRING, at, c);
        } else if (c == '"') {
            quoted(Kind.QUOTED, at, c);
        } else if (c == '`') {
            quoted(Kind.BRACKETED, at, c);
        } else if (c == '[') {
            int end = sql.indexOf(']', at);
            if (end < 0) {
                throw unread();
            }
            add(Kind.BRACKETED, sql.substring(at + 1, end), end + 1);
        } else if ((c == 'x' || c == 'X') && sql.startsWith("'", at + 1)) {
            quoted(Kind.BLOB, at + 1, '\'');
        } else if (isDigit(c) || (c == '.' && isDigit(after()))) {
            number();
        } else if (isOfWord(c)) {
            int end = at;
            while (end < sql.length() && isOfWord(sql.charAt(end))) {
                end++;
            }
            add(Kind.WORD, sql.substring(at, end), end);
        } else {
            symbol(c);
        }
    }

    /** A quote within is doubled. */
    private void quoted(Kind kind, int open, char quote) throws UntranslatableException {
        StringBuilder text = new StringBuilder();
        int end = open + 1;
        while (true) {
            int next = sql.indexOf(quote, end);
            if (next < 0) {
                throw unread();
            }
            text.append(sql, end, next);
            end = next + 1;
            if (end >= sql.length() || sql.charAt(end) != quote) {
                break;
            }
            text.append(quote);
            end++;
        }
        if (kind == Kind.BLOB
                && (text.length() % 2 != 0 || !text.toString().matches("[0-9a-fA-F]*"))) {
            throw unread();
        }
        add(kind, text.toString(), end);
    }

    private char after() {
        return at + 1 < sql.length() ? sql.charAt(at + 1) : ' ';
    }

    private void number() throws UntranslatableException {
        int end = at;
        if (sql.startsWith("0x", at) || sql.startsWith("0X", at)) {
            end += 2;
            while (end < sql.length() && Character.digit(sql.charAt(end), 16) >= 0) {
                end++;
            }
        } else {
            end = digits(end);
            if (end < sql.length() && sql.charAt(end) == '.') {
                end = digits(end + 1);
            }
            end = exponent(end);
        }
        if (end < sql.length() && isOfWord(sql.charAt(end))) {
            throw unread();
        }
        add(Kind.NUMBER, sql.substring(at, end), end);
    }

    private int exponent(int from) {
        if (from >= sql.length() || "eE".indexOf(sql.charAt(from)) < 0) {
            return from;
        }
        int digits = from + 1;
        if (digits < sql.length() && "+-".indexOf(sql.charAt(digits)) >= 0) {
            digits++;
        }
        return digits < sql.length() && isDigit(sql.charAt(digits)) ? digits(digits) : from;
    }

    private int digits(int from) {
        int end = from;
        while (end < sql.length() && (isDigit(sql.charAt(end)) || sql.charAt(end) == '_')) {
            end++;
        }
        return end;
    }

    private void symbol(char c) throws UntranslatableException {
        for (String symbol : LONG_SYMBOLS) {
            if (sql.startsWith(symbol, at)) {
                add(Kind.SYMBOL, symbol, at + symbol.length());
                return;
            }
        }
        if (SHORT_SYMBOLS.indexOf(c) < 0) {
            throw unread();
        }
        add(Kind.SYMBOL, String.valueOf(c), at + 1);
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static boolean isOfWord(char c) {
        boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c >= 0x80;
        return letter || isDigit(c) || c == '_' || c == '$';
    }

    private UntranslatableException unread() {
        return new UntranslatableException("its SQL cannot be read at character " + (at + 1));
    }
}
