package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.SqliteToken.Kind;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What the statement that made a table says and SQLite's catalogue does not: its checks, and how
 * its columns compare text. {@code CHECK}, {@code CONSTRAINT} and {@code COLLATE} are reserved
 * words of SQLite, so that outside of parentheses they are never names.
 */
final class TableStatement {

    private final String sql;
    private final List<SqliteToken> tokens;
    private final List<Check> checks = new ArrayList<>();
    private final Map<String, String> collations = new HashMap<>();
    private int at;

    private TableStatement(String sql) throws UntranslatableException {
        this.sql = sql;
        tokens = SqliteTokens.of(sql);
    }

    /**
     * A check.
     *
     * @param name its name, or null
     * @param column the column that it stands at, or null
     * @param condition what is between its parentheses, as it was written
     */
    record Check(@Nullable String name, @Nullable String column, String condition) {}

    /**
     * Reads the statement.
     *
     * @throws UntranslatableException when it cannot be read
     */
    static TableStatement of(String sql) throws UntranslatableException {
        TableStatement statement = new TableStatement(sql);
        statement.read();
        return statement;
    }

    List<Check> checks() {
        return checks;
    }

    /** Returns the collation that a column's text is compared by, {@code BINARY} by itself. */
    String collation(String column) {
        return collations.getOrDefault(SqliteToken.folded(column), "BINARY");
    }

    private SqliteToken now() {
        return tokens.get(at);
    }

    private void read() throws UntranslatableException {
        while (!now().isSymbol("(")) {
            step();
        }
        at++;
        while (!now().isSymbol(")")) {
            part();
            if (now().isSymbol(",")) {
                at++;
            }
        }
    }

    private void step() throws UntranslatableException {
        if (now().kind() == Kind.END) {
            throw new UntranslatableException("the table's statement cannot be read");
        }
        at++;
    }

    /** A column with all that is said of it, or a rule of the table. */
    private void part() throws UntranslatableException {
        @Nullable String column = isRule() ? null : now().text();
        @Nullable String name = null;
        while (!now().isSymbol(",") && !now().isSymbol(")")) {
            if (now().isSymbol("(")) {
                skip();
            } else if (now().isWord("constraint")) {
                at++;
                name = now().text();
                step();
            } else if (now().isWord("check")) {
                at++;
                checks.add(new Check(name, column, inner()));
                name = null;
            } else if (now().isWord("collate") && column != null) {
                at++;
                collations.put(SqliteToken.folded(column), now().text());
                step();
            } else {
                step();
            }
        }
    }

    private boolean isRule() {
        return List.of("constraint", "primary", "unique", "check", "foreign").stream()
                .anyMatch(now()::isWord);
    }

    /** Goes behind the parenthesis that closes the one here. */
    private void skip() throws UntranslatableException {
        int open = 0;
        do {
            open += now().isSymbol("(") ? 1 : now().isSymbol(")") ? -1 : 0;
            step();
        } while (open > 0);
    }

    private String inner() throws UntranslatableException {
        int from = now().end();
        skip();
        return sql.substring(from, tokens.get(at - 1).start()).strip();
    }
}
