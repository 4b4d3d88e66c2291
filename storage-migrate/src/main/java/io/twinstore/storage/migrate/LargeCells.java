package io.twinstore.storage.migrate;

import java.sql.Connection;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Finds the large cells of a table's rows as they are read, so that their bytes are left where they
 * are. SQLite tells lengths from the row's header; a row without large cells costs a comparison for
 * each column. Cells of the key are never left.
 */
final class LargeCells {

    /** What stands before the lengths, and in no name of a type. */
    private static final char MARK = '+';

    private static final int MOST_ARGUMENTS = 40;

    private final Connection source;
    private final TablePlan table;
    private final List<Integer> columns = new ArrayList<>();
    private final boolean byRowid;

    LargeCells(Connection source, TablePlan table) {
        this.source = source;
        this.table = table;
        byRowid = table.rowid() && SourceRows.hasRowid(table);
        for (int i = 0; i < table.columns().size(); i++) {
            ColumnPlan column = table.columns().get(i);
            if (mayBeLarge(column) && !table.order().contains(column.name())) {
                columns.add(i);
            }
        }
    }

    /** A column that was measured tells it, whatever its codec. */
    private static boolean mayBeLarge(ColumnPlan column) {
        if (column.longest() != ColumnPlan.UNMEASURED) {
            return column.longest() > LargeBytes.LARGE;
        }
        return column.residue() > 0
                || switch (column.how().label()) {
                    case "bigint", "double", "boolean" -> false;
                    default -> !(column.how() instanceof TimeCodec);
                };
    }

    /** Returns SQL for what is told of a row: its types, and of large cells what finds them. */
    String sql(String types) {
        if (columns.isEmpty()) {
            return types;
        }
        String found = byRowid ? SourceRows.rowid(table) : "''";
        return types
                + " || case when "
                + grouped(" > " + LargeBytes.LARGE, " or ", "(", ")", " or ")
                + " then concat('"
                + MARK
                + "', "
                + found
                + ") || "
                + grouped("", ", ',', ", "concat(',', ", ")", " || ")
                + " else '' end";
    }

    /** Returns SQL for the columns in order, NULL for a large cell, which is not read then. */
    List<String> cells() {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < table.columns().size(); i++) {
            String name = Sql.quoted(table.columns().get(i).name());
            cells.add(
                    columns.contains(i)
                            ? "iif(octet_length(%1$s) > %2$d, null, %1$s)"
                                    .formatted(name, LargeBytes.LARGE)
                            : name);
        }
        return cells;
    }

    /** In groups, since SQLite bounds both how many arguments there are and how deep it nests. */
    private String grouped(String test, String between, String open, String close, String and) {
        List<String> groups = new ArrayList<>();
        for (int from = 0; from < columns.size(); from += MOST_ARGUMENTS) {
            groups.add(
                    columns.subList(from, Math.min(columns.size(), from + MOST_ARGUMENTS)).stream()
                            .map(at -> Sql.quoted(table.columns().get(at).name()))
                            .map(column -> "octet_length(" + column + ")" + test)
                            .collect(Collectors.joining(between, open, close)));
        }
        return String.join(and, groups);
    }

    /** Returns where the types end. */
    static int end(String told) {
        int mark = told.indexOf(MARK);
        return mark < 0 ? told.length() : mark;
    }

    /**
     * The large cells of one row.
     *
     * @param rowid the row's, or empty
     * @param lengths how many bytes each column has, 0 where the cell is not large
     */
    record Found(String rowid, List<Integer> lengths) {

        boolean isLarge(int column) {
            return column >= 0 && lengths.get(column) > 0;
        }
    }

    /** Returns what was told of a row that has large cells. */
    Found found(String told) {
        String[] parts = told.substring(end(told) + 1).split(",", -1);
        List<Integer> lengths = new ArrayList<>(Collections.nCopies(table.columns().size(), 0));
        for (int i = 0; i < columns.size(); i++) {
            int length = parts[i + 1].isEmpty() ? 0 : Integer.parseInt(parts[i + 1]);
            lengths.set(columns.get(i), length > LargeBytes.LARGE ? length : 0);
        }
        return new Found(parts[0], lengths);
    }

    /**
     * Returns the bytes of one of them.
     *
     * @param order where the row stands
     */
    LargeBytes bytes(Found found, int column, List<Cell> order) {
        String name = table.columns().get(column).name();
        int length = found.lengths().get(column);
        if (byRowid) {
            return new BytesInSource(
                    source,
                    table,
                    name,
                    SourceRows.rowid(table) + " = " + found.rowid(),
                    List.of(),
                    length);
        }
        String by = String.join(", ", SourceRows.orderSql(table));
        String where = "(" + by + ") = (" + SourceRows.parameters(order) + ")";
        return new BytesInSource(source, table, name, where, order, length);
    }
}
