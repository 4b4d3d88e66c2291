package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.TablePlan.ForeignKeyPlan;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Takes rows out of the target that a key or a reference would refuse, and keeps them with all
 * their cells, as the source has them, in the ledger.
 */
final class Quarantine {

    private static final int AT_ONCE = 1_000;

    private final MigrationPlan plan;
    private final Connection source;
    private final Target target;
    private final Ledger ledger;

    Quarantine(MigrationPlan plan, Connection source, Target target, Ledger ledger) {
        this.plan = plan;
        this.source = source;
        this.target = target;
        this.ledger = ledger;
    }

    static TablePlan table(MigrationPlan plan, String name) {
        return plan.tables().stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
    }

    void nulls(TablePlan table, List<String> columns, String reason)
            throws SQLException, IOException {
        String where = Finishing.each(targets(table, columns), " is null", " or ");
        drain(
                table,
                "select " + keys(table, "t") + " from " + name(table) + " t where " + where,
                reason);
    }

    /** Of rows that are alike where they must not be, the first one stays. */
    void doubles(TablePlan table, List<String> columns, String reason)
            throws SQLException, IOException {
        List<String> unique = targets(table, columns);
        drain(
                table,
                "select "
                        + keys(table, "t")
                        + " from (select *, row_number() over (partition by "
                        + Sql.list(unique)
                        + " order by "
                        + keys(table, "u")
                        + ") as twinstore_nth from "
                        + name(table)
                        + " u where "
                        + Finishing.each(unique, " is not null", " and ")
                        + ") t where twinstore_nth > 1",
                reason + ": as an earlier row has it");
    }

    /** Returns whether there were any. */
    boolean orphans(TablePlan table, ForeignKeyPlan key) throws SQLException, IOException {
        TablePlan parent = table(plan, key.parent());
        List<String> columns = targets(table, key.columns());
        List<String> parents = targets(parent, Finishing.parentColumns(parent, key));
        String same =
                IntStream.range(0, columns.size())
                        .mapToObj(
                                i ->
                                        "p."
                                                + Sql.quoted(parents.get(i))
                                                + " = t."
                                                + Sql.quoted(columns.get(i)))
                        .collect(Collectors.joining(" and "));
        String sql =
                "select "
                        + keys(table, "t")
                        + " from "
                        + name(table)
                        + " t where "
                        + columns.stream()
                                .map(column -> "t." + Sql.quoted(column) + " is not null")
                                .collect(Collectors.joining(" and "))
                        + " and not exists (select from "
                        + name(parent)
                        + " p where "
                        + same
                        + ")";
        return drain(table, sql, "foreign key " + key.name() + ": no such row in " + key.parent());
    }

    private String name(TablePlan table) {
        return Sql.quoted(plan.schema(), table.target());
    }

    private static List<String> targets(TablePlan table, List<String> columns) {
        return columns.stream().map(column -> table.column(column).target()).toList();
    }

    /** The columns of the target by which rows are found. */
    static List<String> keyColumns(TablePlan table) {
        return table.rowColumn() != null ? List.of(table.rowColumn()) : targets(table, table.key());
    }

    static List<Codec> keyCodecs(TablePlan table) {
        return table.rowColumn() != null
                ? List.of(PlainCodec.BIGINT)
                : table.key().stream().map(column -> table.column(column).how()).toList();
    }

    /**
     * Returns these columns of a table with an alias: a column of that name may be selected, too.
     */
    static String keys(TablePlan table, String alias) {
        return keyColumns(table).stream()
                .map(column -> alias + "." + Sql.quoted(column))
                .collect(Collectors.joining(", "));
    }

    private boolean drain(TablePlan table, String sql, String reason)
            throws SQLException, IOException {
        boolean any = false;
        List<List<Cell>> found = some(table, sql);
        while (!found.isEmpty()) {
            List<List<Cell>> keys = found;
            target.transaction(
                    () -> {
                        for (List<Cell> key : keys) {
                            move(table, key, reason);
                        }
                    });
            any = true;
            found = some(table, sql);
        }
        return any;
    }

    private List<List<Cell>> some(TablePlan table, String sql) throws SQLException, IOException {
        List<Codec> codecs = keyCodecs(table);
        List<List<Cell>> keys = new ArrayList<>();
        try (BinaryRows rows = BinaryRows.of(target, sql + " limit " + AT_ONCE)) {
            for (List<byte[]> row = rows.next(); row != null; row = rows.next()) {
                List<Cell> key = new ArrayList<>();
                for (int i = 0; i < codecs.size(); i++) {
                    key.add(codecs.get(i).read(row.get(i)));
                }
                keys.add(key);
            }
        }
        return keys;
    }

    private void move(TablePlan table, List<Cell> key, String reason) throws SQLException {
        SourceRow row = SourceRows.find(source, table, key);
        if (row == null) {
            throw new IllegalStateException(
                    "the target has a row of " + table.name() + " that the source lacks");
        }
        ledger.dropResidue(table, key);
        ledger.quarantine(table, key, row.cells(), reason);
        String where = Finishing.each(keyColumns(table), " = ?", " and ");
        try (PreparedStatement delete =
                target.connection()
                        .prepareStatement("delete from " + name(table) + " where " + where)) {
            for (int i = 0; i < key.size(); i++) {
                bind(delete, i + 1, key.get(i));
            }
            delete.executeUpdate();
        }
    }

    private static void bind(PreparedStatement statement, int position, Cell cell)
            throws SQLException {
        switch (cell.kind()) {
            case INTEGER -> statement.setLong(position, cell.asLong());
            case TEXT ->
                    statement.setString(
                            position,
                            new String(cell.bytes(), java.nio.charset.StandardCharsets.UTF_8));
            default -> statement.setBytes(position, cell.bytes());
        }
    }
}
