package io.twinstore.storage.migrate;

import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the ledger knows of rows that went after a repair: that they went, so that none goes twice,
 * and for each cell that was repaired what the source has.
 */
final class Repairs {

    static final String DDL =
            """
            create table if not exists twinstore_moves.repairs (
                move_id text collate "C" not null,
                table_name text collate "C" not null,
                key_sha256 bytea not null,
                column_name text collate "C" not null,
                row_key bytea not null,
                cell_type "char" not null,
                original bytea not null,
                held_sha256 bytea not null,
                primary key (move_id, table_name, key_sha256, column_name)
            );
            create table if not exists twinstore_moves.replayed (
                move_id text collate "C" not null,
                table_name text collate "C" not null,
                key_sha256 bytea not null,
                row_key bytea not null,
                cells_sha256 bytea not null,
                replayed_at timestamptz not null default now(),
                primary key (move_id, table_name, key_sha256)
            );
            """;

    private final Ledger ledger;

    Repairs(Ledger ledger) {
        this.ledger = ledger;
    }

    long count(TablePlan table) throws SQLException {
        try (PreparedStatement statement =
                        ledger.prepared(
                                "select count(*) from twinstore_moves.repairs"
                                        + " where move_id = ? and table_name = ?",
                                table);
                ResultSet row = statement.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    /** Takes a row out of quarantine and notes that it went, with these cells. */
    void replayed(TablePlan table, List<Cell> key, List<Cell> cells) throws SQLException {
        byte[] encoded = CellList.encode(key);
        update(
                "delete from twinstore_moves.quarantine"
                        + " where move_id = ? and table_name = ? and key_sha256 = ?",
                table,
                CellList.digest(encoded));
        update(
                "insert into twinstore_moves.replayed (move_id, table_name, key_sha256, row_key,"
                        + " cells_sha256) values (?, ?, ?, ?, ?)",
                table,
                CellList.digest(encoded),
                encoded,
                CellList.digest(CellList.encode(cells)));
    }

    /** Keeps what the source has where the target holds a repaired value. */
    void keep(TablePlan table, List<Cell> key, String column, Cell original, byte @Nullable [] held)
            throws SQLException {
        byte[] encoded = CellList.encode(key);
        update(
                "insert into twinstore_moves.repairs (move_id, table_name, key_sha256, row_key,"
                        + " column_name, cell_type, original, held_sha256)"
                        + " values (?, ?, ?, ?, ?, cast(? as \"char\"), ?, ?)",
                table,
                CellList.digest(encoded),
                encoded,
                column,
                String.valueOf(original.kind().letter()),
                original.bytes(),
                KeptCells.fingerprint(held));
    }

    /** Returns the digest of the cells with which a row went, or null where it did not. */
    byte @Nullable [] cellsDigest(TablePlan table, List<Cell> key) throws SQLException {
        try (PreparedStatement statement =
                ledger.prepared(
                        "select cells_sha256 from twinstore_moves.replayed"
                                + " where move_id = ? and table_name = ? and key_sha256 = ?",
                        table)) {
            statement.setBytes(3, CellList.digest(CellList.encode(key)));
            try (ResultSet row = statement.executeQuery()) {
                return row.next() ? row.getBytes(1) : null;
            }
        }
    }

    private void update(String sql, TablePlan table, Object... rest) throws SQLException {
        try (PreparedStatement statement = ledger.prepared(sql, table)) {
            for (int i = 0; i < rest.length; i++) {
                statement.setObject(i + 3, rest[i]);
            }
            statement.executeUpdate();
        }
    }

    /** Drops all that the ledger keeps of a move; returns how many rows and cells that were. */
    static long forget(Target target, String move) throws SQLException, IOException {
        long[] dropped = {0};
        target.transaction(
                () -> {
                    for (String name : List.of("residue", "repairs", "quarantine")) {
                        dropped[0] += delete(target, name, move);
                    }
                    for (String name : List.of("replayed", "ranges", "moves")) {
                        delete(target, name, move);
                    }
                });
        // What was deleted is on the disk until then.
        for (String name : List.of("residue", "repairs", "quarantine")) {
            target.execute("vacuum twinstore_moves." + name);
        }
        return dropped[0];
    }

    private static int delete(Target target, String name, String move) throws SQLException {
        return target.update("delete from twinstore_moves." + name + " where move_id = ?", move);
    }
}
