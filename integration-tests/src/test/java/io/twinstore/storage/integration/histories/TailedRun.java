package io.twinstore.storage.integration.histories;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.history.History;
import io.twinstore.storage.testkit.history.HistoryChecker;
import io.twinstore.storage.testkit.history.HistoryClient;
import io.twinstore.storage.testkit.history.HistoryReport;
import io.twinstore.storage.testkit.history.Sighting;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Two processes append, a third tails all their sessions and is killed and resumed, and the server
 * is killed and restarted: every message comes out exactly once and in order.
 */
public final class TailedRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(10);
    private static final int APPENDERS = 2;
    private static final String HELP =
            """
            integration-tests/histories tailed [--OPTION VALUE]...

            Two processes append to shared sessions, a third tails them all, is killed, and resumes from the last
            sequences that it noted, while the server is killed and restarted. Exit code 1 unless every message
            came out exactly once and in order.

            --database sqlite|postgres  sqlite
            --url URL                   a PostgreSQL server to use; one of its own without
            --folder DIR                where the data goes; a new folder for temporary files without
            --appends N                 messages of each appending process, 20000
            --sessions N                20
            --kills N                   SIGKILLs of the tailing process, 5
            --server-kills N            SIGKILLs of the server, 2 on a server of its own
            --seed N                    of the random choices; the clock
            """;

    private final HistoryOptions options;
    private final Path folder;
    private final Consumer<String> out;
    private final @Nullable KillableServer server;
    private final StorageOptions database;
    private final Storage storage;
    private final List<ChildProcess> appenders = new ArrayList<>();
    private @Nullable ChildProcess tailer;
    private int incarnation;

    TailedRun(HistoryOptions options, Path folder, Consumer<String> out) throws IOException {
        this.options = options;
        this.folder = folder;
        this.out = out;
        server = options.isPostgres() && options.url() == null ? new KillableServer(folder) : null;
        database = Databases.options(options, folder, server);
        storage = Storage.open(database);
    }

    /** Plays one run; see the command's own help. */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(HELP);
            return;
        }
        HistoryOptions options;
        try {
            options = HistoryOptions.parse(HistoryOptions.TAILED, args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = options.makeFolder();
        System.out.println(options + " in " + folder);
        boolean passed;
        try (TailedRun run = new TailedRun(options, folder, Databases::say)) {
            passed = run.play();
        }
        if (passed) {
            Folders.delete(folder);
        }
        System.exit(passed ? 0 : 1);
    }

    /** Plays the run and returns whether every message came out exactly once and in order. */
    boolean play() throws IOException, InterruptedException, SQLException {
        ConfigId config = storage.configs().create(NewConfig.named("tailed")).id();
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < options.sessions(); i++) {
            sessions.add(SessionId.of("session-" + (i + 1)));
        }
        UserId owner = Round.reader(sessions, 0);
        for (SessionId id : sessions) {
            storage.sessions().create(NewSession.on(config).id(id).owner(owner));
        }
        Round round = Round.make(folder.resolve("round"), APPENDERS * options.appends(), sessions);
        long start = System.nanoTime();
        startTailer(round);
        for (int i = 0; i < APPENDERS; i++) {
            appenders.add(
                    child(
                            "appender-" + i,
                            TailedAppender.class,
                            List.of(round.folder(), i, options.appends())));
        }
        disturb(round);
        for (ChildProcess appender : appenders) {
            appender.await("done", PATIENCE);
        }
        long nanos = System.nanoTime() - start;
        if (options.isPostgres()) {
            Databases.awaitQuiet(storage);
        }
        return check(round, nanos);
    }

    private ChildProcess child(String name, Class<?> main, List<?> arguments) throws IOException {
        return new ChildProcess(folder, name, Databases.environment(database), main, arguments);
    }

    private void startTailer(Round round) throws IOException {
        tailer =
                child(
                        "tailer-" + incarnation,
                        TailingProcess.class,
                        List.of(round.folder(), incarnation));
        incarnation++;
    }

    /** Kills the tailing process and the server while messages are appended. */
    private void disturb(Round round) throws IOException, InterruptedException {
        Random random = new Random(options.seed());
        List<Double> kills = random.doubles(options.kills(), 0.02, 0.95).sorted().boxed().toList();
        List<Double> serverKills =
                random.doubles(options.serverKills(), 0.02, 0.95).sorted().boxed().toList();
        int killed = 0;
        int serversKilled = 0;
        while (!round.isOver()) {
            appenders.forEach(ChildProcess::requireAlive);
            double done = (double) round.progress().get() / round.appends();
            if (killed < kills.size() && done >= kills.get(killed)) {
                killTailer(round);
                killed++;
            }
            if (server != null
                    && serversKilled < serverKills.size()
                    && done >= serverKills.get(serversKilled)) {
                server.kill();
                server.restart();
                serversKilled++;
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
        }
        out.accept(
                "killed the tailing process %d times and the server %d times"
                        .formatted(killed, serversKilled));
    }

    private void killTailer(Round round) throws IOException, InterruptedException {
        ChildProcess victim = tailer;
        if (victim != null) {
            // One that has not come to its first message yet would prove nothing.
            victim.await("tailing", PATIENCE);
            victim.kill();
        }
        startTailer(round);
    }

    private boolean check(Round round, long nanos) throws InterruptedException {
        Map<SessionId, List<Sighting>> transcripts =
                HistoryClient.transcripts(storage.sessions(), round.sessions());
        long messages = transcripts.values().stream().mapToLong(List::size).sum();
        ChildProcess last = tailer;
        if (last == null) {
            throw new IllegalStateException("Nobody tails.");
        }
        last.tell(Long.toString(messages));
        last.await("tailing", PATIENCE);
        String delays = last.hear(PATIENCE);
        History history = round.recording().history();
        HistoryReport report = HistoryChecker.check(history, transcripts);
        List<String> wrong = compare(transcripts, history);
        out.accept(
                "%d messages in %.1f s, tailed by %d processes one after the other: %s, %s%n%s"
                                .formatted(
                                        messages,
                                        nanos / 1e9,
                                        incarnation,
                                        wrong.isEmpty()
                                                ? "each exactly once and in order"
                                                : String.join("; ", wrong),
                                        report,
                                        delays)
                        + ", seed "
                        + options.seed());
        return wrong.isEmpty() && report.isClean();
    }

    /** Compares what the tailing processes noted, one after the other, with what is there. */
    private List<String> compare(Map<SessionId, List<Sighting>> transcripts, History history) {
        Map<SessionId, List<Sighting>> tailed = new HashMap<>();
        history.reads().stream()
                .sorted((a, b) -> Long.compare(a.span().completed(), b.span().completed()))
                .forEach(
                        read ->
                                tailed.computeIfAbsent(read.session(), s -> new ArrayList<>())
                                        .addAll(read.seen()));
        List<String> wrong = new ArrayList<>();
        transcripts.forEach(
                (session, expected) -> {
                    List<Sighting> seen = tailed.getOrDefault(session, List.of());
                    if (!seen.equals(expected)) {
                        wrong.add(
                                "%s has %d messages, and %d were tailed, not the same ones"
                                        .formatted(session.value(), expected.size(), seen.size()));
                    }
                });
        return wrong;
    }

    @Override
    public void close() throws IOException {
        appenders.forEach(ChildProcess::close);
        if (tailer != null) {
            tailer.close();
        }
        storage.close();
        if (server != null) {
            server.close();
        }
    }
}
