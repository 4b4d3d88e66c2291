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
                "select encode(key_sha256, 'hex'), column_name, cell_type, original, held_sha256"
                        + " from "
                        + from,
                table,
                digests,
                row ->
                        found.computeIfAbsent(row.getString(1), key -> new HashMap<>())
                                .put(
                                        row.getString(2),
                                        new Original(
                                                Cell.of(
                                                        Cell.Kind.of(row.getString(3).charAt(0)),
                                                        row.getBytes(4)),
                                                row.getBytes(5))));
        return found;
    }

    /** Returns the cells of those of these rows that are in quarantine, by digest of the key. */
    Map<String, List<Cell>> quarantine(TablePlan table, Collection<String> digests)
            throws SQLException {
        Map<String, List<Cell>> found = new HashMap<>();
        eachOf(
                "select encode(key_sha256, 'hex'), cells from twinstore_moves.quarantine",
                table,
                digests,
                row -> found.put(row.getString(1), CellList.decode(row.getBytes(2))));
        return found;
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

    /** Goes through the rows in quarantine, some at a time. */
    void eachQuarantined(TablePlan table, OnRow work) throws SQLException, IOException {
        target.transaction(() -> scanQuarantined(table, work));
    }

    /** Does the same in the transaction that is under way. */
    void scanQuarantined(TablePlan table, OnRow work) throws SQLException {
        try (PreparedStatement statement =
                ledger.prepared(
                        "select row_key, cells, reason from twinstore_moves.quarantine"
                                + " where move_id = ? and table_name = ? order by row_key",
                        table)) {
            statement.setFetchSize(100);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    work.take(rows);
                }
            }
        }
    }
}
