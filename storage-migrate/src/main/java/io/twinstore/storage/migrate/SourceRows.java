package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Reads a table's rows one by one, in the order of the rowid or of the key, by {@code typeof} and
 * bytes: the driver's conversions would replace what is no UTF-8 and read 'abc' as 0.
 */
final class SourceRows implements AutoCloseable {

    /** Below the limit of SQLite, which is 100 at the least in builds of the last years. */
    private static final int MOST_ARGUMENTS = 90;

    private static final byte[] NONE = {};

    private final TablePlan table;
    private final LargeCells large;
    private final PreparedStatement statement;
    private final ResultSet rows;
    private final int[] orderAt;
    private final boolean rowidFirst;
    private long number;

    private SourceRows(
            TablePlan table,
            LargeCells large,
            PreparedStatement statement,
            ResultSet rows,
            long number) {
        this.table = table;
        this.large = large;
        this.statement = statement;
        this.rows = rows;
        this.number = number;
        rowidFirst = readsRowid(table);
        orderAt = table.order().stream().mapToInt(table::indexOf).toArray();
    }

    /** Reads all rows. */
    static SourceRows of(Connection source, TablePlan table) throws SQLException {
        return after(source, table, List.of(), 0);
    }

    /**
     * Reads the rows after one.
     *
     * @param order where that one stands; empty to read all
     * @param number how many rows come before
     */
    static SourceRows after(Connection source, TablePlan table, List<Cell> order, long number)
            throws SQLException {
        List<String> by = orderSql(table);
        String where =
                order.isEmpty()
                        ? ""
                        : " where (" + String.join(", ", by) + ") > (" + parameters(order) + ")";
        return open(source, table, where + " order by " + String.join(", ", by), order, number);
    }

    /** Reads the one row with this key; a row without a key of columns goes by its number. */
    static @Nullable SourceRow find(Connection source, TablePlan table, List<Cell> key)
            throws SQLException {
        if (!table.order().isEmpty() && table.key().isEmpty()) {
            long before = key.get(0).asLong() - 1;
            String by = String.join(", ", orderSql(table));
            try (SourceRows rows =
                    open(
                            source,
                            table,
                            " order by " + by + " limit 1 offset " + before,
                            List.of(),
                            before)) {
                return rows.next();
            }
        }
        String by = String.join(", ", orderSql(table));
        String where = " where (" + by + ") = (" + parameters(key) + ")";
        try (SourceRows rows = open(source, table, where, key, 0)) {
            return rows.next();
        }
    }

    /**
     * Reads the rows that a condition names, in order.
     *
     * @param where the condition, with a parameter for each bound cell as {@link #parameters} has
     *     it
     */
    static SourceRows where(Connection source, TablePlan table, String where, List<Cell> bound)
            throws SQLException {
        String order = " order by " + String.join(", ", orderSql(table));
        return open(source, table, " where " + where + order, bound, 0);
    }

    private static SourceRows open(
            Connection source, TablePlan table, String rest, List<Cell> bound, long number)
            throws SQLException {
        List<String> all = new ArrayList<>();
        List<String> values = new ArrayList<>();
        if (readsRowid(table)) {
            all.add(rowid(table));
            values.add(rowid(table));
        }
        table.columns().forEach(column -> all.add(Sql.quoted(column.name())));
        LargeCells large = new LargeCells(source, table);
        values.addAll(large.cells());
        String sql =
                "select "
                        + large.sql(types(all))
                        + ", "
                        + String.join(", ", values)
                        + " from "
                        + Sql.quoted(table.name())
                        + rest;
        PreparedStatement statement = source.prepareStatement(sql);
        for (int i = 0; i < bound.size(); i++) {
            bind(statement, i + 1, bound.get(i));
        }
        return new SourceRows(table, large, statement, statement.executeQuery(), number);
    }

    /** One value for all types of a row: each by itself would cost a call of the driver. */
    private static String types(List<String> columns) {
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += MOST_ARGUMENTS) {
            int to = Math.min(columns.size(), from + MOST_ARGUMENTS);
            groups.add(
                    columns.subList(from, to).stream()
                            .map(column -> "typeof(" + column + ")")
                            .collect(Collectors.joining(", ", "concat(", ")")));
        }
        return String.join(" || ", groups);
    }

    /** Not where a column is the rowid. */
    private static boolean readsRowid(TablePlan table) {
        return table.order().isEmpty() && table.identity() == null;
    }

    static List<String> orderSql(TablePlan table) {
        return table.order().isEmpty()
                ? List.of(rowid(table))
                : table.order().stream().map(Sql::quoted).toList();
    }

    /**
     * @throws MigrationException when SQL has no name for it
     */
    static String rowid(TablePlan table) {
        return Sql.rowid(table.columns().stream().map(ColumnPlan::name).toList())
                .orElseThrow(() -> unnumbered(table.name()));
    }

    static MigrationException unnumbered(String table) {
        return new MigrationException(
                ErrorCode.SCHEMA,
                "The table "
                        + table
                        + " has no key, and columns named rowid, _rowid_ and oid hide the number of its"
                        + " rows, so that nothing tells them apart. Rename one of the columns in a"
                        + " copy. Nothing was changed.");
    }

    /** Returns whether the rowid can be named: no column hides it. */
    static boolean hasRowid(TablePlan table) {
        return Sql.rowid(table.columns().stream().map(ColumnPlan::name).toList()).isPresent();
    }

    /** A text goes as its bytes: the driver would encode it anew. */
    static String parameters(List<Cell> cells) {
        return cells.stream()
                .map(cell -> cell.kind() == Cell.Kind.TEXT ? "cast(? as text)" : "?")
                .collect(Collectors.joining(", "));
    }

    static void bind(PreparedStatement statement, int position, Cell cell) throws SQLException {
        switch (cell.kind()) {
            case NULL -> statement.setObject(position, null);
            case INTEGER -> statement.setLong(position, cell.asLong());
            case REAL -> statement.setDouble(position, cell.asDouble());
            case TEXT, BLOB -> statement.setBytes(position, cell.bytes());
        }
    }

    /** Returns the next row, or null after the last one. */
    @Nullable SourceRow next() throws SQLException {
        if (!rows.next()) {
            return null;
        }
        number++;
        String told = rows.getString(1);
        int end = LargeCells.end(told);
        LargeCells.Found found = end < told.length() ? large.found(told) : null;
        int before = rowidFirst ? 1 : 0;
        List<Cell> cells = new ArrayList<>(table.columns().size() + 1);
        for (int at = 0; at < end; ) {
            Cell.Kind kind = Cell.Kind.of(told.charAt(at));
            boolean left = found != null && found.isLarge(cells.size() - before);
            cells.add(left ? Cell.of(kind, NONE) : cell(kind, cells.size() + 2));
            at += kind.typeName().length();
        }
        List<Cell> order = order(cells);
        if (found != null) {
            leave(found, cells, order);
        }
        boolean counted = table.key().isEmpty() && !table.order().isEmpty();
        return new SourceRow(order, counted ? List.of(Cell.integer(number)) : order, cells);
    }

    /** Puts cells whose bytes stay in the file in the place of large ones. */
    private void leave(LargeCells.Found found, List<Cell> cells, List<Cell> order) {
        for (int i = 0; i < cells.size(); i++) {
            if (found.isLarge(i)) {
                cells.set(i, Cell.large(cells.get(i).kind(), large.bytes(found, i, order)));
            }
        }
    }

    /** Takes the rowid out of the cells where it is the first of them. */
    private List<Cell> order(List<Cell> cells) {
        if (rowidFirst) {
            return List.of(cells.remove(0));
        }
        if (orderAt.length == 0) {
            return List.of(cells.get(table.indexOf(String.valueOf(table.identity()))));
        }
        List<Cell> order = new ArrayList<>(orderAt.length);
        for (int at : orderAt) {
            order.add(cells.get(at));
        }
        return order;
    }

    private Cell cell(Cell.Kind kind, int position) throws SQLException {
        return switch (kind) {
            case NULL -> Cell.NULL;
            case INTEGER -> Cell.integer(rows.getLong(position));
            case REAL -> Cell.real(rows.getDouble(position));
            case TEXT, BLOB -> Cell.of(kind, bytes(rows.getBytes(position)));
        };
    }

    private static byte[] bytes(byte @Nullable [] bytes) {
        return bytes == null ? NONE : bytes;
    }

    @Override
    public void close() throws SQLException {
        rows.close();
        statement.close();
    }
}
