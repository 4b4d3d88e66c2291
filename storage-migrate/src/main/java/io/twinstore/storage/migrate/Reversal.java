package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Writes a new SQLite file with the statements that made the source, and what the target, its
 * residue and its quarantine give back. The file gets its name when it is complete.
 */
final class Reversal {

    private final MigrationPlan plan;
    private final Target target;
    private final Target reading;
    private final Path file;
    private final boolean downgrading;
    private final MigrationListener listener;

    /**
     * @param reading a second connection, for the rows
     * @param downgrading whether what the move upgraded gets its old layout again
     */
    Reversal(
            MigrationPlan plan,
            Target target,
            Target reading,
            Path file,
            boolean downgrading,
            MigrationListener listener) {
        this.plan = plan;
        this.target = target;
        this.reading = reading;
        this.file = file.toAbsolutePath().normalize();
        this.downgrading = downgrading && plan.source().upgradedFrom() != null;
        this.listener = listener;
    }

    /** Returns how many rows were written. */
    long run() throws SQLException, IOException {
        if (Files.exists(file)) {
            throw new InvalidValueException("file", "one that is not there yet", file.toString());
        }
        Ledger ledger = new Ledger(target, plan);
        if (!ledger.state().equals("done")) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "The move of this plan is not complete ("
                            + ledger.state()
                            + "): migrate first.");
        }
        Path part = Path.of(file + ".part");
        Files.deleteIfExists(part);
        try {
            long rows = write(part, ledger);
            if (downgrading) {
                listener.step("layout " + plan.source().upgradedFrom());
                Storage.downgrade(StorageOptions.sqlite(part), file);
            } else {
                Files.move(part, file);
            }
            return rows;
        } finally {
            for (String rest : new String[] {"", "-wal", "-shm", "-journal"}) {
                Files.deleteIfExists(Path.of(part + rest));
            }
        }
    }

    private long write(Path part, Ledger ledger) throws SQLException, IOException {
        boolean own = plan.layout() == MigrationPlan.Layout.TWINSTORE;
        if (own) {
            OwnFile.make(part);
        }
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + part)) {
            OwnFile.execute(sqlite, "pragma foreign_keys = off");
            if (!own) {
                for (TablePlan table : plan.tables()) {
                    OwnFile.execute(sqlite, table.sql());
                }
            }
            long rows = 0;
            sqlite.setAutoCommit(false);
            for (TablePlan table : plan.tables()) {
                rows += fill(sqlite, table, ledger);
            }
            listener.step("indexes, triggers and views of the file");
            make(sqlite, own, true);
            for (TablePlan table : plan.tables()) {
                rows += addQuarantined(sqlite, table, ledger);
            }
            make(sqlite, own, false);
            finish(sqlite, own);
            sqlite.commit();
            return rows;
        }
    }

    private long fill(Connection sqlite, TablePlan table, Ledger ledger)
            throws SQLException, IOException {
        try (SqliteRows to = new SqliteRows(sqlite, table);
                TargetRows from = new TargetRows(plan, table, reading, ledger, true)) {
            long of = rowsOf(table);
            listener.begins(table.name(), 0, of);
            RowNumbers numbers = new RowNumbers(table, ledger);
            for (TargetRow row = from.next(); row != null; row = from.next()) {
                to.write(numbers.of(row.key()), row.cells());
                if (to.rows() % CopiedBatch.GRAIN == 0) {
                    listener.passed(table.name(), to.rows(), of);
                }
            }
            listener.passed(table.name(), to.rows(), of);
            return to.rows();
        }
    }

    /** A row that somebody put into the target in the place of one in quarantine stands for it. */
    private long addQuarantined(Connection sqlite, TablePlan table, Ledger ledger)
            throws SQLException, IOException {
        try (SqliteRows to = new SqliteRows(sqlite, table)) {
            ledger.kept()
                    .eachQuarantined(table, row -> to.writeUnlessThere(row.key(), row.cells()));
            return to.rows();
        }
    }

    private long rowsOf(TablePlan table) throws SQLException {
        return target.count("select count(*) from " + Sql.quoted(plan.schema(), table.target()));
    }

    /** Indexes are there before the rows in quarantine, views and triggers after them. */
    private void make(Connection sqlite, boolean own, boolean indexes) throws SQLException {
        if (!own) {
            for (SourceObject object : plan.objects()) {
                if (object.type().equals("index") == indexes) {
                    OwnFile.execute(sqlite, object.sql());
                }
            }
        }
    }

    private void finish(Connection sqlite, boolean own) throws SQLException {
        if (own) {
            OwnFile.markUnindexed(
                    sqlite,
                    target.first(
                            "select language from " + Sql.quoted(plan.schema(), "search_state")));
            return;
        }
        for (TablePlan table : plan.tables()) {
            numbers(sqlite, table);
        }
    }

    /** Numbers that were given out stay given out. */
    private void numbers(Connection sqlite, TablePlan table) throws SQLException {
        if (table.lastId() == 0 || table.identity() == null) {
            return;
        }
        long last = Math.max(table.lastId(), givenOut(table));
        OwnFile.execute(
                sqlite, "delete from sqlite_sequence where name = " + Sql.literal(table.name()));
        OwnFile.execute(
                sqlite,
                "insert into sqlite_sequence (name, seq) values ("
                        + Sql.literal(table.name())
                        + ", "
                        + last
                        + ")");
    }

    private long givenOut(TablePlan table) throws SQLException {
        String identity = table.identity();
        if (identity == null) {
            return 0;
        }
        @Nullable String sequence =
                target.first(
                        "select pg_get_serial_sequence(?, ?)",
                        Sql.quoted(plan.schema(), table.target()),
                        table.column(identity).target());
        return sequence == null
                ? 0
                : target.count(
                        "select case when is_called then last_value else 0 end from " + sequence);
    }
}
