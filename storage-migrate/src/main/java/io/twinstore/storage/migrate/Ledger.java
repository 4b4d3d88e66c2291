package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.List;

/** What the target knows of a move: how far it is, what differs, and which rows could not go. */
final class Ledger {

    private static final String DDL =
            """
            create table if not exists twinstore_moves.moves (
                move_id text collate "C" primary key,
                plan_sha256 text collate "C" not null,
                state text collate "C" not null,
                started_at timestamptz not null default now()
            );
            create table if not exists twinstore_moves.ranges (
                move_id text collate "C" not null,
                table_name text collate "C" not null,
                range_no bigint not null,
                row_count bigint not null,
                last_order bytea not null,
                primary key (move_id, table_name, range_no)
            );
            create table if not exists twinstore_moves.residue (
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
            create table if not exists twinstore_moves.quarantine (
                move_id text collate "C" not null,
                table_name text collate "C" not null,
                key_sha256 bytea not null,
                row_key bytea not null,
                cells bytea not null,
                reason text not null,
                primary key (move_id, table_name, key_sha256)
            );
            """;

    private final Target target;
    private final String move;

    Ledger(Target target, MigrationPlan plan) {
        this.target = target;
        this.move = plan.id();
    }

    /** Returns what is kept of the source. */
    KeptCells kept() {
        return new KeptCells(target, this);
    }

    /**
     * Makes the ledger where there is none, and takes the move for this connection.
     *
     * @return whether the move was begun before
     * @throws MigrationException when another process carries it out, or the plan was changed since
     */
    boolean begin(MigrationPlan plan) throws SQLException, IOException {
        return begin(plan, () -> {});
    }

    /**
     * Does the same, and in the transaction in which a move is begun the work that comes first.
     *
     * @throws MigrationException as {@link #begin(MigrationPlan)}
     */
    boolean begin(MigrationPlan plan, Target.Work first) throws SQLException, IOException {
        String sha256 =
                HexFormat.of()
                        .formatHex(
                                CellList.digest(
                                        plan.toJson().text().getBytes(StandardCharsets.UTF_8)));
        take();
        if (!exists()) {
            target.transaction(
                    () -> {
                        TargetTables.makeSchema(target, MigrationTarget.LEDGER);
                        target.execute(DDL + Repairs.DDL);
                    });
        }
        String known =
                target.first(
                        "select plan_sha256 from twinstore_moves.moves where move_id = ?", move);
        if (known != null && !known.equals(sha256)) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "The plan was changed after the move had begun. Go on with the plan as it was, or"
                            + " make a new one for another schema.");
        }
        if (known == null) {
            target.transaction(
                    () -> {
                        first.run();
                        target.update(
                                "insert into twinstore_moves.moves (move_id, plan_sha256, state)"
                                        + " values (?, ?, 'begun')",
                                move,
                                sha256);
                    });
        }
        return known != null;
    }

    /**
     * Takes the move for this connection, again if need be.
     *
     * @throws MigrationException when another process carries it out
     */
    void take() throws SQLException {
        long lock =
                ByteBuffer.wrap(CellList.digest(move.getBytes(StandardCharsets.UTF_8))).getLong();
        if (!"t".equals(target.first("select pg_try_advisory_lock(?)", lock))) {
            throw new MigrationException(
                    ErrorCode.BUSY, "Another process is carrying out this plan at the moment.");
        }
    }

    boolean exists() throws SQLException {
        return target.exists("select 1 where to_regclass('twinstore_moves.replayed') is not null");
    }

    String state() throws SQLException {
        String state =
                exists()
                        ? target.first(
                                "select state from twinstore_moves.moves where move_id = ?", move)
                        : null;
        return state == null ? "not begun" : state;
    }

    void state(String state) throws SQLException {
        target.update("update twinstore_moves.moves set state = ? where move_id = ?", state, move);
    }

    /**
     * How far a table is.
     *
     * @param rows how many rows of the source are dealt with
     * @param order where the last of them stands; empty before the first
     * @param ranges how many ranges there are
     */
    record Done(long rows, List<Cell> order, long ranges) {}

    Done done(TablePlan table) throws SQLException {
        try (PreparedStatement statement =
                prepared(
                        """
                        select sum(row_count), count(*),
                               (array_agg(last_order order by range_no desc))[1]
                          from twinstore_moves.ranges where move_id = ? and table_name = ?
                        """,
                        table)) {
            try (ResultSet row = statement.executeQuery()) {
                row.next();
                byte[] order = row.getBytes(3);
                return new Done(
                        row.getLong(1),
                        order == null ? List.of() : CellList.decode(order),
                        row.getLong(2));
            }
        }
    }

    /** Writes down a batch, in the transaction of its rows. */
    void write(TablePlan table, CopiedBatch batch) throws SQLException {
        insert(
                "insert into twinstore_moves.ranges (move_id, table_name, range_no, row_count,"
                        + " last_order) values (?, ?, ?, ?, ?)",
                table,
                batch.ranges());
        insert(
                "insert into twinstore_moves.residue (move_id, table_name, key_sha256, row_key,"
                        + " column_name, cell_type, original, held_sha256)"
                        + " values (?, ?, ?, ?, ?, cast(? as \"char\"), ?, ?)",
                table,
                batch.residue());
        insert(
                "insert into twinstore_moves.quarantine (move_id, table_name, key_sha256, row_key,"
                        + " cells, reason) values (?, ?, ?, ?, ?, ?)",
                table,
                batch.quarantine());
    }

    private void insert(String sql, TablePlan table, List<Object[]> rows) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        try (PreparedStatement statement = prepared(sql, table)) {
            for (Object[] row : rows) {
                for (int i = 0; i < row.length; i++) {
                    statement.setObject(i + 3, row[i]);
                }
                statement.addBatch();
            }
            statement.executeBatch();
        }
    }

    void quarantine(TablePlan table, List<Cell> key, List<Cell> cells, String reason)
            throws SQLException {
        CopiedBatch one = new CopiedBatch(0);
        one.quarantine(key, cells, reason);
        write(table, one);
    }

    /** Drops the originals of a row, all of whose cells go into quarantine. */
    void dropResidue(TablePlan table, List<Cell> key) throws SQLException {
        try (PreparedStatement statement =
                prepared(
                        "delete from twinstore_moves.residue"
                                + " where move_id = ? and table_name = ? and key_sha256 = ?",
                        table)) {
            statement.setBytes(3, CellList.digest(CellList.encode(key)));
            statement.executeUpdate();
        }
    }

    /** Returns how many cells have an original, because of their form or of a repair. */
    long residue(TablePlan table) throws SQLException {
        return target.count(
                """
                select count(*) + (
                    select count(*) from twinstore_moves.repairs p
                     where p.move_id = ? and p.table_name = ? and not exists (
                        select from twinstore_moves.residue s
                         where (s.move_id, s.table_name, s.key_sha256, s.column_name)
                             = (p.move_id, p.table_name, p.key_sha256, p.column_name)))
                  from twinstore_moves.residue r where r.move_id = ? and r.table_name = ?
                """,
                move,
                table.name(),
                move,
                table.name());
    }

    boolean hasResidue(TablePlan table, String column) throws SQLException {
        return target.exists(
                "select 1 from twinstore_moves.residue where move_id = ? and table_name = ?"
                        + " and column_name = ? limit 1",
                move,
                table.name(),
                column);
    }

    long quarantined(TablePlan table) throws SQLException {
        return target.count(
                "select count(*) from twinstore_moves.quarantine where move_id = ? and table_name = ?",
                move,
                table.name());
    }

    /** Returns the condition for what is kept of one row, for a COPY, which takes no parameters. */
    String rowSql(TablePlan table, String keyDigest) {
        return " where move_id = "
                + Sql.literal(move)
                + " and table_name = "
                + Sql.literal(table.name())
                + " and key_sha256 = decode("
                + Sql.literal(keyDigest)
                + ", 'hex')";
    }

    /** Returns the connection it is on. */
    Target target() {
        return target;
    }

    /** Prepares a statement whose first two parameters are the move and the table. */
    PreparedStatement prepared(String sql, TablePlan table) throws SQLException {
        PreparedStatement statement = target.connection().prepareStatement(sql);
        statement.setString(1, move);
        statement.setString(2, table.name());
        return statement;
    }
}
