package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.SourceTable.Column;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * A table of one side of a merge, each of whose rows has a number. It is the rowid where SQL has a
 * name for that; otherwise a table beside it numbers the keys, declared and collated as they are.
 * Joins are cross joins, since SQLite keeps their order.
 */
final class MergeSide {

    private final Connection into;
    private final SourceTable table;
    private final String name;
    private final String numbers;
    private final String rowid;

    private MergeSide(
            Connection into, SourceTable table, String name, String numbers, String rowid) {
        this.into = into;
        this.table = table;
        this.name = name;
        this.numbers = numbers;
        this.rowid = rowid;
    }

    /**
     * @param schema which of the connection's databases has it
     * @param label tells its numbers from those of other tables
     */
    static MergeSide of(Connection into, String schema, SourceTable table, String label)
            throws SQLException {
        List<String> names = table.columns().stream().map(Column::name).toList();
        String name = Sql.quoted(schema, table.name());
        if (table.rowid()) {
            String rowid =
                    table.alias() != null
                            ? table.alias()
                            : Sql.rowid(names)
                                    .orElseThrow(() -> SourceRows.unnumbered(table.name()));
            return new MergeSide(into, table, name, "", Sql.quoted(rowid));
        }
        MergeSide side =
                new MergeSide(into, table, name, Sql.quoted("temp", "twinstore " + label), "");
        side.numberKeys(label);
        return side;
    }

    private void numberKeys(String label) throws SQLException {
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < table.primaryKey().size(); i++) {
            keys.add("k" + i + " " + type(i) + " collate " + Sql.quoted(collation(i)));
        }
        OwnFile.execute(
                into,
                "create table "
                        + numbers
                        + " (n integer primary key, "
                        + String.join(", ", keys)
                        + ")");
        OwnFile.execute(
                into,
                "insert into "
                        + numbers
                        + " ("
                        + key()
                        + ") select "
                        + Sql.list(table.primaryKey())
                        + " from "
                        + name
                        + " order by "
                        + Sql.list(table.primaryKey()));
        OwnFile.execute(
                into,
                "create index "
                        + Sql.quoted("temp", "twinstore index of " + label)
                        + " on "
                        + Sql.quoted("twinstore " + label)
                        + " ("
                        + key()
                        + ")");
    }

    /** In a table that is strict {@code any} keeps what it gets, in others it is of numbers. */
    private String type(int keyColumn) {
        String declared =
                table.columns().stream()
                        .filter(column -> column.name().equals(table.primaryKey().get(keyColumn)))
                        .map(Column::declared)
                        .findFirst()
                        .orElse("");
        return declared.isEmpty() || declared.equalsIgnoreCase("any") ? "" : Sql.quoted(declared);
    }

    private String collation(int keyColumn) {
        return table.indexes().stream()
                .filter(index -> index.origin().equals("pk"))
                .map(index -> index.keys().get(keyColumn).collation())
                .findFirst()
                .orElse("binary");
    }

    private String key() {
        return IntStream.range(0, table.primaryKey().size())
                .mapToObj(i -> "k" + i)
                .collect(Collectors.joining(", "));
    }

    SourceTable table() {
        return table;
    }

    String name() {
        return name;
    }

    /** Returns the name of its rowid; empty where a table beside it has the numbers. */
    String rowid() {
        return rowid;
    }

    boolean has(List<String> columns) {
        return columns.stream()
                .allMatch(
                        column ->
                                table.columns().stream().anyMatch(c -> Sql.same(c.name(), column)));
    }

    /** Returns the table, to be read from its rows to their numbers. */
    String rows(String alias) {
        return numbers.isEmpty()
                ? named(alias)
                : named(alias) + " cross join " + numbers + " as " + alias + "_n";
    }

    /** Returns the table, to be read from numbers to rows. */
    String byNumber(String alias) {
        return numbers.isEmpty()
                ? named(alias)
                : numbers + " as " + alias + "_n cross join " + named(alias);
    }

    private String named(String alias) {
        return name + " as " + alias;
    }

    /** Returns the condition that {@link #rows} and {@link #byNumber} need. */
    String linked(String alias) {
        if (numbers.isEmpty()) {
            return "true";
        }
        return IntStream.range(0, table.primaryKey().size())
                .mapToObj(
                        i ->
                                "%1$s.%2$s = %1$s_n.k%3$d collate %4$s"
                                        .formatted(
                                                alias,
                                                Sql.quoted(table.primaryKey().get(i)),
                                                i,
                                                Sql.quoted(collation(i))))
                .collect(Collectors.joining(" and "));
    }

    String number(String alias) {
        return numbers.isEmpty() ? alias + "." + rowid : alias + "_n.n";
    }

    /** Returns the condition for the one row with a number, where the table stands alone. */
    String at(String alias, String parameter) {
        if (numbers.isEmpty()) {
            return alias + "." + rowid + " = " + parameter;
        }
        return "("
                + IntStream.range(0, table.primaryKey().size())
                        .mapToObj(
                                i ->
                                        "%s.%s collate %s"
                                                .formatted(
                                                        alias,
                                                        Sql.quoted(table.primaryKey().get(i)),
                                                        Sql.quoted(collation(i))))
                        .collect(Collectors.joining(", "))
                + ") = (select "
                + key()
                + " from "
                + numbers
                + " where n = "
                + parameter
                + ")";
    }

    /** Returns whether rows that the table takes have to be numbered. */
    boolean numbersKeys() {
        return !numbers.isEmpty();
    }

    /** Returns SQL that numbers a row that the table took. */
    String numbering(List<String> keyCells, String from) {
        return "insert into "
                + numbers
                + " ("
                + key()
                + ") select "
                + String.join(", ", keyCells)
                + from;
    }

    void close() throws SQLException {
        if (!numbers.isEmpty()) {
            OwnFile.execute(into, "drop table " + numbers);
        }
    }
}
