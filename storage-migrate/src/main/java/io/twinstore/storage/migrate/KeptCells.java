package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.Array;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Reads what the ledger keeps of the source: originals of cells, and rows in quarantine. */
final class KeptCells {

    private static final String UNLESS_LARGE =
            "case when octet_length(%1$s) > " + LargeBytes.LARGE + " then null else %1$s end";

    private final Target target;
    private final Ledger ledger;

    KeptCells(Target target, Ledger ledger) {
        this.target = target;
        this.ledger = ledger;
    }

    /** The digest of a key, which a map can go by. */
    static String digest(List<Cell> key) {
        return HexFormat.of().formatHex(CellList.digest(CellList.encode(key)));
    }

    /**
     * A cell of the source that the target does not give back by itself, with the digest of what
     * the target held when it was moved, which is empty for NULL.
     */
    static final class Original {

        private final Cell cell;
        private final byte[] held;

        private Original(Cell cell, byte[] held) {
            this.cell = cell;
            this.held = held;
        }

        Cell cell() {
            return cell;
        }

        /** Returns whether the target still holds what it was given. */
        boolean standsFor(byte @Nullable [] field) {
            return Arrays.equals(held, fingerprint(field));
        }

        boolean standsForLarge(LargeBytes field) {
            return Arrays.equals(held, field.sha256());
        }
    }

    static byte[] fingerprint(byte @Nullable [] field) {
        return field == null ? new byte[0] : CellList.digest(field);
    }

    /** Returns the residue of these rows, by digest of the key and column. */
    Map<String, Map<String, Original>> residue(TablePlan table, Collection<String> digests)
            throws SQLException {
        return originals("twinstore_moves.residue", table, digests);
    }

    /** Returns what the source has in cells of these rows that were repaired. */
    Map<String, Map<String, Original>> repairs(TablePlan table, Collection<String> digests)
            throws SQLException {
        return originals("twinstore_moves.repairs", table, digests);
    }

    private Map<String, Map<String, Original>> originals(
            String from, TablePlan table, Collection<String> digests) throws SQLException {
        Map<String, Map<String, Original>> found = new HashMap<>();
        eachOf(
                "select encode(key_sha256, 'hex'), column_name, cell_type, "
                        + UNLESS_LARGE.formatted("original")
                        + ", held_sha256, octet_length(original) from "
                        + from,
                table,
                digests,
                row ->
                        found.computeIfAbsent(row.getString(1), key -> new HashMap<>())
                                .put(
                                        row.getString(2),
                                        new Original(original(from, table, row), row.getBytes(5))));
        return found;
    }

    private Cell original(String from, TablePlan table, ResultSet row) throws SQLException {
        Cell.Kind kind = Cell.Kind.of(row.getString(3).charAt(0));
        byte[] bytes = row.getBytes(4);
        if (bytes != null) {
            return Cell.of(kind, bytes);
        }
        String column = " and column_name = " + Sql.literal(row.getString(2));
        String where = ledger.rowSql(table, row.getString(1)) + column;
        return Cell.large(kind, new BytesInTarget(target, "original", from + where, row.getInt(6)));
    }

    /** Returns the cells of those of these rows that are in quarantine, by digest of the key. */
    Map<String, List<Cell>> quarantine(TablePlan table, Collection<String> digests)
            throws SQLException {
        Map<String, List<Cell>> found = new HashMap<>();
        eachOf(
                "select encode(key_sha256, 'hex'), "
                        + UNLESS_LARGE.formatted("cells")
                        + ", octet_length(cells) from twinstore_moves.quarantine",
                table,
                digests,
                row ->
                        found.put(
                                row.getString(1),
                                cells(table, row.getString(1), row.getBytes(2), row.getInt(3))));
        return found;
    }

    private List<Cell> cells(TablePlan table, String digest, byte @Nullable [] cells, int length)
            throws SQLException {
        if (cells != null) {
            return CellList.decode(cells);
        }
        String row = "twinstore_moves.quarantine" + ledger.rowSql(table, digest);
        return CellList.decode(new BytesInTarget(target, "cells", row, length));
    }

    /** What is done with each row. */
    interface OnRow {
        void take(ResultSet row) throws SQLException;
    }

    private void eachOf(String sql, TablePlan table, Collection<String> digests, OnRow work)
            throws SQLException {
        Array keys =
                target.connection()
                        .createArrayOf(
                                "bytea",
                                digests.stream()
                                        .map(HexFormat.of()::parseHex)
                                        .toArray(byte[][]::new));
        try (PreparedStatement statement =
                ledger.prepared(
                        sql + " where move_id = ? and table_name = ? and key_sha256 = any (?)",
                        table)) {
            statement.setArray(3, keys);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    work.take(rows);
                }
            }
        }
    }

    /**
     * A row in quarantine.
     *
     * @param reason why it could not go
     */
    record Kept(List<Cell> key, List<Cell> cells, String reason) {}

    /** What is done with each row in quarantine. */
    interface OnKept {
        void take(Kept row) throws SQLException, IOException;
    }

    /** Goes through the rows in quarantine, some at a time. */
    void eachQuarantined(TablePlan table, OnKept work) throws SQLException, IOException {
        target.transaction(() -> scanQuarantined(table, work));
    }

    /** Does the same in the transaction that is under way. */
    void scanQuarantined(TablePlan table, OnKept work) throws SQLException, IOException {
        try (PreparedStatement statement =
                ledger.prepared(
                        "select row_key, "
                                + UNLESS_LARGE.formatted("cells")
                                + ", reason, encode(key_sha256, 'hex'), octet_length(cells)"
                                + " from twinstore_moves.quarantine"
                                + " where move_id = ? and table_name = ? order by row_key",
                        table)) {
            statement.setFetchSize(10);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    work.take(
                            new Kept(
                                    CellList.decode(rows.getBytes(1)),
                                    cells(
                                            table,
                                            rows.getString(4),
                                            rows.getBytes(2),
                                            rows.getInt(5)),
                                    rows.getString(3)));
                }
            }
        }
    }
}
