package io.twinstore.storage.integration.histories;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.FaultyProxy;
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
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Plays rounds of a history with several processes and faults, and checks each. */
public final class HistoryRun implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    /** One of so many sessions is tailed, as tails take as much time as appends. */
    private static final int TAILED = 4;

    private static final long LOOK = TimeUnit.MILLISECONDS.toNanos(1);

    private final HistoryOptions options;
    private final Path folder;
    private final Consumer<String> out;
    private final Random random;
    private final @Nullable KillableServer server;
    private final @Nullable FaultyProxy proxy;
    private final Storage storage;
    private final List<Worker> workers = new ArrayList<>();

    HistoryRun(HistoryOptions options, Path folder, Consumer<String> out) throws IOException {
        this.options = options;
        this.folder = folder;
        this.out = out;
        random = new Random(options.seed());
        boolean own = options.isPostgres() && options.url() == null;
        server = own ? new KillableServer(folder) : null;
        StorageOptions direct = Databases.options(options, folder, server);
        proxy =
                options.isPostgres()
                        ? new FaultyProxy(direct.postgres().host(), direct.postgres().port())
                        : null;
        storage = Storage.open(direct);
        for (int i = 0; i < options.processes(); i++) {
            // Faults of connections hit one process; the others tell them from those of the server.
            StorageOptions of = proxy != null && i == 0 ? Databases.through(proxy, direct) : direct;
            workers.add(new Worker(i, folder, of, options));
        }
    }

    /** Plays the rounds; see {@link HistoryOptions#HELP}. */
    public static void main(String[] args) throws Exception {
        if (List.of(args).contains("--help")) {
            System.out.print(HistoryOptions.HELP);
            return;
        }
        HistoryOptions options;
        try {
            options = HistoryOptions.parse(HistoryOptions.HISTORIES, args);
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            System.exit(2);
            return;
        }
        Path folder = options.makeFolder();
        System.out.println(options + " in " + folder);
        Tally total;
        try (HistoryRun run = new HistoryRun(options, folder, Databases::say)) {
            total = run.all();
        }
        if (total.anomalies() == 0) {
            Folders.delete(folder);
        }
        System.exit(total.anomalies() == 0 ? 0 : 1);
    }

    /** Plays all rounds and returns what they came to. */
    Tally all() throws IOException, InterruptedException, SQLException {
        ConfigId config = storage.configs().create(NewConfig.named("histories")).id();
        Tally total = Tally.none();
        for (int number = 0; number < options.rounds(); number++) {
            Tally tally = play(number, config);
            total = total.plus(tally);
            out.accept("round " + (number + 1) + ": " + tally);
        }
        out.accept("in all: " + total + ", seed " + options.seed());
        return total;
    }

    private Tally play(int number, ConfigId config)
            throws IOException, InterruptedException, SQLException {
        List<SessionId> sessions = new ArrayList<>();
        for (int i = 0; i < options.sessions(); i++) {
            sessions.add(SessionId.of("round-%d-session-%d".formatted(number + 1, i + 1)));
        }
        for (int i = 0; i < options.sessions(); i++) {
            NewSession session = NewSession.on(config).id(sessions.get(i));
            if (i % TAILED == 0) {
                UserId owner = Round.reader(sessions, i / TAILED % options.processes());
                session = session.owner(owner);
            }
            storage.sessions().create(session);
        }
        Round round = Round.make(folder.resolve("round-" + number), options.appends(), sessions);
        Faults faults = new Faults(random, workers, server, proxy);
        faults.plan(
                options.inRound(options.kills(), number),
                options.inRound(options.serverKills(), number),
                options.inRound(options.cuts(), number),
                options.appends());
        long start = System.nanoTime();
        append(round, faults);
        long nanos = System.nanoTime() - start;
        Tally tally = check(round, nanos).withFaults(faults);
        if (tally.anomalies() == 0) {
            // So that a long run needs no more room than a short one.
            sessions.forEach(storage.sessions()::purge);
            Folders.delete(round.folder());
        }
        return tally;
    }

    /** Lets the processes append until they are done, and things go wrong meanwhile. */
    private void append(Round round, Faults faults) throws IOException, InterruptedException {
        long seed = random.nextLong() >>> 20;
        Set<Worker> done = new HashSet<>();
        long progress = 0;
        long since = System.nanoTime();
        while (done.size() < workers.size()) {
            for (Worker worker : workers) {
                if (!done.contains(worker) && worker.proceed(round, seed)) {
                    done.add(worker);
                }
            }
            if (!round.isOver()) {
                faults.proceed(round.progress().get());
            } else {
                faults.end();
            }
            if (round.progress().get() > progress) {
                progress = round.progress().get();
                since = System.nanoTime();
            } else if (System.nanoTime() - since > PATIENCE.toNanos()) {
                throw new IllegalStateException(
                        "Nothing was acknowledged for " + PATIENCE + ", after " + progress + ".");
            }
            LockSupport.parkNanos(LOOK);
        }
    }

    private Tally check(Round round, long nanos) throws SQLException {
        if (options.isPostgres()) {
            Databases.awaitQuiet(storage);
        }
        History history = round.recording().history();
        Map<SessionId, List<Sighting>> transcripts =
                HistoryClient.transcripts(storage.sessions(), round.sessions());
        HistoryReport report = HistoryChecker.check(history, transcripts);
        if (!report.isClean()) {
            out.accept(report + "\nThe notes are in " + round.folder() + ".");
        }
        return Tally.of(history, transcripts, report, nanos);
    }

    @Override
    public void close() throws IOException {
        workers.forEach(Worker::close);
        storage.close();
        if (proxy != null) {
            proxy.close();
        }
        if (server != null) {
            server.close();
        }
    }
}
