package io.twinstore.storage.migrate;

import java.util.List;

/** A place in the tokens of a statement, from which they are taken one by one. */
final class TokenReading {

    private final List<SqliteToken> tokens;
    private int at;

    /**
     * @param tokens of which the last one is the end
     */
    TokenReading(List<SqliteToken> tokens) {
        this.tokens = tokens;
    }

    SqliteToken now() {
        return tokens.get(at);
    }

    /** Returns the token and goes on to the next one; the end stays. */
    SqliteToken take() {
        SqliteToken token = now();
        at = Math.min(at + 1, tokens.size() - 1);
        return token;
    }

    SqliteToken takeName() throws UntranslatableException {
        if (!now().isName()) {
            throw unexpected();
        }
        return take();
    }

    /** Goes on where it is this keyword; returns whether it is. */
    boolean takesWord(String word) {
        boolean there = now().isWord(word);
        at += there ? 1 : 0;
        return there;
    }

    /** Goes on where it is this symbol; returns whether it is. */
    boolean takesSymbol(String symbol) {
        boolean there = now().isSymbol(symbol);
        at += there ? 1 : 0;
        return there;
    }

    void requireWord(String word) throws UntranslatableException {
        if (!takesWord(word)) {
            throw unexpected();
        }
    }

    void requireSymbol(String symbol) throws UntranslatableException {
        if (!takesSymbol(symbol)) {
            throw unexpected();
        }
    }

    void requireEnd() throws UntranslatableException {
        if (at < tokens.size() - 1) {
            throw unexpected();
        }
    }

    UntranslatableException unexpected() {
        return new UntranslatableException("its SQL cannot be read at " + now().shown());
    }

    /** Of the token that was taken last. */
    UntranslatableException unexpectedBefore() {
        SqliteToken before = now().kind() == SqliteToken.Kind.END ? now() : tokens.get(at - 1);
        return new UntranslatableException("its SQL cannot be read at " + before.shown());
    }
}
