package io.twinstore.storage.integration.histories;

import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * A file of many messages moves to PostgreSQL while the process that carries it out is killed and
 * resumed, and the server is killed and restarted: both sides are equal at the end, no row is there
 * twice, and each that could not go is in quarantine.
 */
public final class MovedRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int IN_SESSION = 100;

    /** Every so many rows one has NUL in its text, or is an orphan. */
    private static final int ODD = 5_000;

    private static final String HELP =
            """
            integration-tests/histories moved [--OPTION VALUE]...

            A SQLite file of messages moves to a PostgreSQL server of its own. The process that moves it, and the
            server, are killed at random moments, and the move goes on. Exit code 1 unless both sides are equal
            then, with no row lost or there twice.

            --folder DIR                where the data goes; a new folder for temporary files without
            --appends N                 messages, 1000000
            --kills N                   SIGKILLs of the moving process, 20
            --server-kills N            SIGKILLs of the server, 3
            --seed N                    of the random choices; the clock
            """;

    private final HistoryOptions options;
    private final Path folder;
    private final Random random;
    private final KillableServer server;
    private int children;

    MovedRun(HistoryOptions options, Path folder) throws IOException {
        this.options = options;
        this.folder = folder;
        random = new Random(options.seed());
        server = new KillableServer(folder);
    }

    /** Plays one run; see the command's own help. */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        HistoryOptions options;
        try {
            options = HistoryOptions.parse(HistoryOptions.MOVED, args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = options.makeFolder();
        System.out.println(options + " in " + folder);
        boolean passed;
        try (MovedRun run = new MovedRun(options, folder)) {
            passed = run.play();
        }
        if (passed) {
            Folders.delete(folder);
        }
        System.exit(passed ? 0 : 1);
    }

    /** Plays the run and returns whether both sides are equal. */
    boolean play() throws IOException, InterruptedException, SQLException {
        Path source = folder.resolve("messages.db");
        make(source);
        MigrationPlan plan =
                Migration.plan(
                        MigrationSource.of(source).workingIn(folder.resolve("work")),
                        MigrationTarget.of(server.options()).into("moved"));
        Path planFile = folder.resolve("plan.json");
        Files.writeString(planFile, plan.toJson().text());
        int kills = 0;
        int serverKills = 0;
        while (kills < options.kills() || serverKills < options.serverKills()) {
            boolean theServer =
                    serverKills < options.serverKills()
                            && random.nextInt(options.kills() + options.serverKills())
                                    < options.serverKills();
            if (stopped(planFile, theServer)) {
                kills += theServer ? 0 : 1;
                serverKills += theServer ? 1 : 0;
                Databases.say(
                        "stopped: %d of %d processes, %d of %d servers"
                                .formatted(
                                        kills,
                                        options.kills(),
                                        serverKills,
                                        options.serverKills()));
            } else {
                Databases.say("it was done before all kills");
                break;
            }
        }
        return equal(plan);
    }

    private void make(Path file) throws SQLException {
        try (Connection sqlite = DriverManager.getConnection("jdbc:sqlite:" + file);
                Statement statement = sqlite.createStatement()) {
            statement.execute(
                    "create table sessions (id text primary key, started text) without rowid");
            statement.execute(
                    "create table messages (id integer primary key autoincrement,"
                            + " session text references sessions, seq integer, body text, cost,"
                            + " unique (session, seq))");
            sqlite.setAutoCommit(false);
            String numbers =
                    "with recursive n(i) as (select 0 union all select i + 1 from n where i < %d) ";
            int last = options.appends() - 1;
            statement.execute(
                    "insert into sessions "
                            + numbers.formatted(last / IN_SESSION)
                            + "select 's' || i, '2026-02-05 12:34:56' from n");
            statement.execute(
                    "insert into messages "
                            + numbers.formatted(last)
                            + ("select i + 1, case i %% %d when 7 then 'nobody' || i else 's' || (i / %d) end,"
                                            + " i %% %d, 'message ' || i || hex(randomblob(100))"
                                            + " || case i %% %d when 9 then char(0) else '' end,"
                                            + " case i %% 3 when 0 then i when 1 then i / 7.0 else null end from n")
                                    .formatted(ODD, IN_SESSION, IN_SESSION, ODD));
            sqlite.commit();
        }
    }

    /** Returns whether the move was stopped before it was done. */
    private boolean stopped(Path plan, boolean theServer) throws IOException, InterruptedException {
        PostgresOptions postgres = server.options();
        String url =
                "postgresql://"
                        + postgres.user()
                        + "@"
                        + postgres.host()
                        + ":"
                        + postgres.port()
                        + "/"
                        + postgres.database();
        try (ChildProcess child =
                new ChildProcess(
                        folder,
                        "mover-" + ++children,
                        Map.of(),
                        MovingWorker.class,
                        List.of(plan, url))) {
            for (int left = random.nextInt(6); left > 0; left--) {
                if (said(child).equals(MovingWorker.DONE)) {
                    return false;
                }
            }
            LockSupport.parkNanos(TimeUnit.MICROSECONDS.toNanos(random.nextInt(200_000)));
            if (!theServer) {
                child.kill();
                return true;
            }
            server.kill();
            String said = said(child);
            while (!said.startsWith(MovingWorker.FAILED) && !said.equals(MovingWorker.DONE)) {
                said = said(child);
            }
            server.restart();
            if (!said.equals(MovingWorker.DONE)
                    && !said.equals(MovingWorker.FAILED + "UNAVAILABLE")) {
                throw new IllegalStateException("a lost server is told as " + said);
            }
            return !said.equals(MovingWorker.DONE);
        }
    }

    private static String said(ChildProcess child) throws InterruptedException {
        String line = child.hear(PATIENCE);
        if (line == null) {
            throw new IllegalStateException("the moving process has said nothing for " + PATIENCE);
        }
        return line;
    }

    private boolean equal(MigrationPlan plan) {
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        VerifyReport verified = Migration.verify(plan);
        Databases.say(report.toJson().text());
        Databases.say(verified.toJson().text());
        long accounted = report.loaded() + report.quarantined();
        Databases.say(
                "%,d rows of the source, %,d loaded, %,d in quarantine, %s"
                        .formatted(
                                plan.rows(),
                                report.loaded(),
                                report.quarantined(),
                                verified.equal() ? "equal" : "NOT EQUAL"));
        return verified.equal()
                && accounted == plan.rows()
                && report.quarantined() == (options.appends() - 8L) / ODD + 1;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
