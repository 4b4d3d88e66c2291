package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.SqliteToken.Kind;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the statement that made an index says and SQLite's catalogue does not.
 *
 * @param keys what it is over, each as it was written, without its direction
 * @param condition which rows it has, as it was written, or null for all
 */
record IndexStatement(List<String> keys, @Nullable String condition) {

    /**
     * Reads the statement.
     *
     * @throws UntranslatableException when it cannot be read
     */
    static IndexStatement of(String sql) throws UntranslatableException {
        List<SqliteToken> tokens = SqliteTokens.of(sql);
        List<String> keys = new ArrayList<>();
        int at = 0;
        while (!tokens.get(at).isSymbol("(")) {
            at = next(tokens, at);
        }
        int from = at + 1;
        int open = 0;
        do {
            SqliteToken token = tokens.get(at);
            open += token.isSymbol("(") ? 1 : token.isSymbol(")") ? -1 : 0;
            if (open == 0 || (open == 1 && token.isSymbol(","))) {
                keys.add(key(sql, tokens, from, at));
                from = at + 1;
            }
            at = next(tokens, at);
        } while (open > 0);
        boolean where = tokens.get(at).isWord("where");
        return new IndexStatement(keys, where ? sql.substring(tokens.get(at).end()).strip() : null);
    }

    private static int next(List<SqliteToken> tokens, int at) throws UntranslatableException {
        if (tokens.get(at).kind() == Kind.END) {
            throw new UntranslatableException("the index's statement cannot be read");
        }
        return at + 1;
    }

    private static String key(String sql, List<SqliteToken> tokens, int from, int to)
            throws UntranslatableException {
        SqliteToken last = tokens.get(to - 1);
        boolean directed = to - from > 1 && (last.isWord("asc") || last.isWord("desc"));
        int end = directed ? to - 1 : to;
        if (end <= from) {
            throw new UntranslatableException("the index's statement cannot be read");
        }
        return sql.substring(tokens.get(from).start(), tokens.get(end - 1).end());
    }
}
