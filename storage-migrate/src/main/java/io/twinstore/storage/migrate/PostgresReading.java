package io.twinstore.storage.migrate;

import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Writes what PostgreSQL has to a SQLite file of the same layout. All tables are read in one
 * transaction of one snapshot, so others go on writing meanwhile.
 */
final class PostgresReading {

    private static final int TOLD = 1_000;

    private final StorageOptions source;
    private final List<TablePlan> tables;
    private final MigrationListener listener;
    private String snapshot = "";
    private @Nullable Target reading;

    PostgresReading(StorageOptions source, List<TablePlan> tables, MigrationListener listener) {
        this.source = source;
        this.tables = tables;
        this.listener = listener;
    }

    /** Returns what was read of each table. */
    List<BackupTable> into(Path part) throws SQLException, IOException {
        List<BackupTable> read = new ArrayList<>();
        try (Target postgres = Target.connect(source.postgres());
                Connection sqlite = OwnFile.connect(part)) {
            // What is half written is thrown away, so nothing has to be rolled back.
            OwnFile.first(sqlite, "pragma journal_mode = delete");
            OwnFile.first(sqlite, "pragma journal_mode = off");
            OwnFile.execute(sqlite, "pragma synchronous = off");
            OwnFile.execute(sqlite, "pragma foreign_keys = off");
            sqlite.setAutoCommit(false);
            postgres.transaction(
                    () -> {
                        postgres.execute(
                                "set transaction isolation level repeatable read, read only");
                        snapshot = String.valueOf(postgres.first("select pg_export_snapshot()"));
                        for (TablePlan table : tables) {
                            listener.step("copy of " + table.name());
                            read.add(copied(postgres, sqlite, table));
                        }
                        OwnFile.markUnindexed(sqlite, language(postgres));
                    });
            sqlite.commit();
        } finally {
            if (reading != null) {
                reading.close();
            }
        }
        return read;
    }

    private @Nullable String language(Target postgres) throws SQLException {
        return postgres.first(
                "select language from " + Sql.quoted(source.postgres().schema(), "search_state"));
    }

    private BackupTable copied(Target postgres, Connection sqlite, TablePlan table)
            throws SQLException, IOException {
        TableDigest digest = new TableDigest(table.name());
        LargeFields large = new LargeFields(source.postgres().schema(), table);
        List<Codec> codecs = table.columns().stream().map(ColumnPlan::how).toList();
        try (BinaryRows rows =
                        BinaryRows.of(postgres, sql(source.postgres().schema(), table, large));
                SqliteRows to = new SqliteRows(sqlite, table)) {
            for (List<byte @Nullable []> row = rows.next(); row != null; row = rows.next()) {
                List<Cell> cells =
                        RestoredRows.cells(
                                codecs,
                                row.subList(1, row.size()),
                                large.at(row.get(0), this::reading));
                to.write(List.of(), cells);
                digest.add(cells);
                if (to.rows() % TOLD == 0) {
                    listener.sent(table.name(), to.rows());
                }
            }
        }
        return digest.result();
    }

    /** Large fields are read on a second connection, which sees what the first one sees. */
    private Target reading() throws SQLException {
        if (reading == null) {
            reading = Target.connect(source.postgres());
            reading.connection().setAutoCommit(false);
            reading.execute("set transaction isolation level repeatable read, read only");
            reading.execute("set transaction snapshot " + Sql.literal(snapshot));
        }
        return reading;
    }

    private static String sql(String schema, TablePlan table, LargeFields large) {
        return "select "
                + large.place()
                + ", "
                + large.fields()
                + " from "
                + Sql.quoted(schema, table.target())
                + " t order by "
                + Quarantine.keys(table, "t");
    }
}
