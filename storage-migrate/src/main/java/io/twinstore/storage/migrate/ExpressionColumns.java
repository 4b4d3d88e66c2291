package io.twinstore.storage.migrate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The columns of a table as its expressions name them. */
final class ExpressionColumns {

    private static final Set<String> ROWID = Set.of("rowid", "_rowid_", "oid");

    private final String table;
    private final Map<String, ColumnPlan> columns = new HashMap<>();
    private final @Nullable TableStatement statement;

    /**
     * @param sql the statement that made the table
     */
    ExpressionColumns(String table, String sql, List<ColumnPlan> columns) {
        this.table = table;
        columns.forEach(column -> this.columns.put(SqliteToken.folded(column.name()), column));
        statement = statement(sql);
    }

    private static @Nullable TableStatement statement(String sql) {
        try {
            return TableStatement.of(sql);
        } catch (UntranslatableException unread) {
            return null;
        }
    }

    boolean has(Expression.Name name) {
        return columns.containsKey(SqliteToken.folded(name.name()));
    }

    /** Returns what the name means to SQLite: a column, or a string where there is none. */
    Operand operand(Expression.Name name) throws UntranslatableException {
        String folded = SqliteToken.folded(name.name());
        ColumnPlan column = columns.get(folded);
        if (column != null
                && (name.table() == null
                        || SqliteToken.folded(name.table()).equals(SqliteToken.folded(table)))) {
            return column(column);
        }
        if (ROWID.contains(folded)) {
            throw new UntranslatableException("it speaks of the rowid");
        }
        if (name.quoted()) {
            return Operand.literal(name.name());
        }
        if (name.bare() && isTruth(name)) {
            return Operand.literal(folded.equals("true") ? 1L : 0L);
        }
        throw new UntranslatableException("it speaks of " + name.name() + ", which is no column");
    }

    /** Returns whether it is TRUE or FALSE, and no column. */
    boolean isTruth(Expression.Name name) {
        String folded = SqliteToken.folded(name.name());
        return name.bare() && !has(name) && (folded.equals("true") || folded.equals("false"));
    }

    private Operand column(ColumnPlan column) throws UntranslatableException {
        if (statement == null) {
            throw new UntranslatableException("the table's statement cannot be read");
        }
        Set<String> kinds =
                column.cells().entrySet().stream()
                        .filter(cells -> cells.getValue() > 0 && !cells.getKey().equals("null"))
                        .map(Map.Entry::getKey)
                        .collect(Collectors.toSet());
        boolean near = column.codec().equals("double") && kinds.contains("integer");
        if ((column.residue() > 0 && !near) || !held(column.codec()).containsAll(kinds)) {
            throw new UntranslatableException(
                    "column " + column.name() + " has cells that go as something else");
        }
        return Operand.of(type(column.codec()), column, statement.collation(column.name()));
    }

    /** What cells the target's type stands for. */
    private static Set<String> held(String codec) {
        return switch (codec) {
            case "bigint", "boolean" -> Set.of("integer");
            case "double" -> Set.of("integer", "real");
            case "bytea" -> Set.of("blob");
            case "tagged" -> Set.of("integer", "real", "text", "blob");
            default -> Set.of("text");
        };
    }

    private static OperandType type(String codec) {
        return switch (codec) {
            case "bigint" -> OperandType.INTEGER;
            case "boolean" -> OperandType.BOOLEAN;
            case "double" -> OperandType.REAL;
            case "text" -> OperandType.TEXT;
            case "bytea" -> OperandType.BLOB;
            case "json", "jsonb", "tagged" -> OperandType.OTHER;
            default -> OperandType.INSTANT;
        };
    }
}
