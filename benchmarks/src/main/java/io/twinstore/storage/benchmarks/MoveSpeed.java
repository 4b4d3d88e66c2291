package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.median;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How long it takes to bring a SQLite file of messages to PostgreSQL: by a plan, by {@code psql
 * \copy} from CSV, by pgloader, and by INSERTs in batches of 1,000, as the driver sends them and as
 * it rewrites them when it is told to; each to the same table with the same indexes, vacuumed and
 * analyzed. {@code psql} and {@code pgloader} must be on the path. The environment names the
 * PostgreSQL database, in which a schema {@code moved} and a table {@code messages} are made.
 */
public final class MoveSpeed {

    private static final int ROUNDS = 3;
    private static final int BATCH = 1_000;

    private final PostgresOptions postgres =
            StorageOptions.fromEnvironment(environment()).postgres();
    private final Map<String, List<Double>> seconds = new LinkedHashMap<>();
    private final Path file;
    private final Path csv;
    private final String password;
    private String table = "";

    private MoveSpeed(Path folder) {
        file = folder.resolve("messages.db");
        csv = folder.resolve("messages.csv");
        password = postgres.password().isPresent() ? postgres.password().reveal() : "";
    }

    /**
     * Runs.
     *
     * @param arguments the folder with transcripts, and how many messages to make; 1,000,000 by
     *     default
     */
    public static void main(String[] arguments) throws Exception {
        int messages = arguments.length > 1 ? Integer.parseInt(arguments[1]) : 1_000_000;
        MoveSpeed speed = new MoveSpeed(Files.createTempDirectory("move-speed"));
        try {
            speed.run(new Texts(Path.of(arguments[0]), 11), messages);
        } finally {
            Files.deleteIfExists(speed.file);
            Files.deleteIfExists(speed.csv);
        }
    }

    private static Map<String, String> environment() {
        Map<String, String> environment = new HashMap<>(System.getenv());
        environment.put("DB_TYPE", "postgresql");
        return environment;
    }

    /** What is timed. */
    private interface Work {
        void run() throws Exception;
    }

    private void run(Texts texts, int messages) throws Exception {
        MoveFile.make(file, texts, messages);
        say("%,d messages, %,d bytes", messages, Files.size(file));
        for (int round = 0; round < ROUNDS; round++) {
            drop();
            MigrationPlan[] plan = new MigrationPlan[1];
            timed("plan", () -> plan[0] = Migration.plan(source(), target()));
            timed("migrate", () -> Migration.migrate(plan[0], MigrationListener.SILENT));
            timed("verify", () -> verify(plan[0]));
            table = definition();
            timed("export of the CSV (not counted)", () -> MoveFile.export(file, csv));
            timed("psql \\copy", this::copy);
            timed("INSERT in batches of 1,000", () -> insert(false));
            timed("the same, rewritten by the driver", () -> insert(true));
            try {
                timed("pgloader", this::pgloader);
            } catch (EndedBadlyException e) {
                // Seen of pgloader 3.6: its own heap is exhausted in some runs and not in others.
                say(
                        "  pgloader ended by itself and counts for nothing: %s",
                        String.valueOf(e.getMessage()));
            }
        }
        drop();
        double own = middle("migrate");
        for (String what : seconds.keySet()) {
            say("%-34s %6.1f s  %.2f of migrate", what, middle(what), middle(what) / own);
        }
        say("peak heap after collections and between: %,d MB", peakHeap() >> 20);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .map(MemoryPoolMXBean::getPeakUsage)
                .mapToLong(usage -> usage.getUsed())
                .sum();
    }

    private double middle(String what) {
        return median(
                seconds.getOrDefault(what, List.of()).stream()
                        .mapToDouble(Double::doubleValue)
                        .toArray());
    }

    private void timed(String what, Work work) throws Exception {
        long start = System.nanoTime();
        work.run();
        double took = (System.nanoTime() - start) / 1e9;
        seconds.computeIfAbsent(what, name -> new ArrayList<>()).add(took);
        say("  %-34s %6.1f s", what, took);
    }

    private MigrationSource source() {
        return MigrationSource.of(file);
    }

    private MigrationTarget target() {
        return new MigrationTarget(postgres, "moved");
    }

    private static void verify(MigrationPlan plan) {
        VerifyReport report = Migration.verify(plan);
        if (!report.equal()) {
            throw new IllegalStateException("not equal: " + report.toJson().text());
        }
    }

    private Connection connect() throws SQLException {
        return connect(false);
    }

    /**
     * @param rewriting whether the driver makes statements of many rows out of a batch, which it
     *     does only when it is told to
     */
    private Connection connect(boolean rewriting) throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s?reWriteBatchedInserts=%s"
                        .formatted(
                                postgres.host(), postgres.port(), postgres.database(), rewriting),
                postgres.user(),
                password);
    }

    private void execute(String... statements) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private void drop() throws SQLException {
        execute(
                "drop schema if exists moved cascade",
                "drop schema if exists twinstore_moves cascade",
                "drop table if exists public.messages");
    }

    /** Returns the columns as the plan made them. */
    private String definition() throws SQLException {
        List<String> columns = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery(
                                "select attname, format_type(atttypid, atttypmod), attnotnull,"
                                        + " coalesce((select collname from pg_collation where oid ="
                                        + " attcollation and attcollation <> 100), '')"
                                        + " from pg_attribute where attrelid = 'moved.messages'::regclass"
                                        + " and attnum > 0 order by attnum")) {
            while (rows.next()) {
                columns.add(
                        rows.getString(1)
                                + " "
                                + rows.getString(2)
                                + (rows.getString(4).isEmpty()
                                        ? ""
                                        : " collate \"" + rows.getString(4) + "\"")
                                + (rows.getBoolean(3) ? " not null" : ""));
            }
        }
        say("    %s", String.join(", ", columns));
        return "create table public.messages (" + String.join(", ", columns) + ")";
    }

    private void begin() throws SQLException {
        execute("drop table if exists public.messages", table);
    }

    private void end() throws SQLException {
        execute(
                "alter table public.messages add primary key (id)",
                "create unique index on public.messages (session_id, seq)",
                "create index on public.messages (created_at)",
                "vacuum analyze public.messages");
    }

    private void copy() throws Exception {
        begin();
        process(
                "psql",
                "-q",
                "-v",
                "ON_ERROR_STOP=1",
                "-h",
                postgres.host(),
                "-p",
                String.valueOf(postgres.port()),
                "-U",
                postgres.user(),
                "-d",
                postgres.database(),
                "-c",
                "\\copy public.messages from '" + csv + "' (format csv)");
        end();
    }

    private void insert(boolean rewriting) throws SQLException {
        begin();
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement read = sqlite.createStatement();
                ResultSet rows = read.executeQuery(MoveFile.READ);
                Connection connection = connect(rewriting);
                PreparedStatement insert =
                        connection.prepareStatement(
                                "insert into public.messages values (?, ?, ?, ?, "
                                        + (table.contains("body jsonb") ? "?::jsonb" : "?")
                                        + ", ?, ?, "
                                        + (table.contains("created_at timestamp")
                                                ? "?::timestamptz)"
                                                : "?)"))) {
            connection.setAutoCommit(false);
            for (int n = 1; rows.next(); n++) {
                insert.setLong(1, rows.getLong(1));
                insert.setString(2, rows.getString(2));
                insert.setLong(3, rows.getLong(3));
                insert.setString(4, rows.getString(4));
                insert.setString(5, rows.getString(5));
                insert.setObject(6, rows.getObject(6));
                insert.setDouble(7, rows.getDouble(7));
                insert.setString(8, rows.getString(8));
                insert.addBatch();
                if (n % BATCH == 0) {
                    insert.executeBatch();
                    connection.commit();
                }
            }
            insert.executeBatch();
            connection.commit();
        }
        end();
    }

    private void pgloader() throws Exception {
        execute("drop table if exists public.messages");
        Path script = Files.createTempFile("pgloader", ".load");
        Files.writeString(
                script,
                """
                load database from sqlite://%s into pgsql://%s:%s@%s:%d/%s
                with prefetch rows = 5000, create tables, create indexes, reset sequences
                cast column messages.created_at to timestamptz drop typemod
                set search_path to 'public';
                """
                        .formatted(
                                file,
                                postgres.user(),
                                password,
                                postgres.host(),
                                postgres.port(),
                                postgres.database()));
        process("pgloader", "--quiet", script.toString());
        execute("vacuum analyze public.messages");
        Files.delete(script);
    }

    /** A program that was started ended with a failure. */
    private static final class EndedBadlyException extends Exception {
        private static final long serialVersionUID = 1;

        EndedBadlyException(String message) {
            super(message);
        }
    }

    private void process(String... command)
            throws IOException, InterruptedException, EndedBadlyException {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().put("PGPASSWORD", password);
        Path output = Files.createTempFile("move-speed", ".log");
        builder.redirectErrorStream(true).redirectOutput(output.toFile());
        int code = builder.start().waitFor();
        if (code != 0) {
            throw new EndedBadlyException(command[0] + ": " + Files.readString(output));
        }
        Files.delete(output);
    }
}
