package io.twinstore.storage.benchmarks;

import static io.twinstore.storage.benchmarks.Figures.BODY;
import static io.twinstore.storage.benchmarks.Figures.median;
import static io.twinstore.storage.benchmarks.Figures.say;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.sql.SQLException;

/**
 * What an append costs, one thread: against a raw prepared single-row INSERT in the same run, and
 * at the 10,000th message against the 10th.
 *
 * <p>Raw inserts and appends take turns in blocks, so that a drift of the machine meets both; the
 * figures to quote are the ratios of medians.
 */
public final class AppendCost {

    private static final int BLOCK = 250;
    private static final int BLOCKS = 40;
    private static final int NEAR = 100;

    /** Enough for the compiler to be done with both. */
    private static final int WARM_UP = 6_000;

    private final Storage storage;
    private final RawTable raw;

    private AppendCost(Storage storage, RawTable raw) {
        this.storage = storage;
        this.raw = raw;
    }

    /** Runs against the database that the environment names. */
    public static void main(String[] arguments) throws SQLException {
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment());
                RawTable raw = new RawTable(storage)) {
            new AppendCost(storage, raw).run();
        }
    }

    private void run() throws SQLException {
        say(
                "%s at %s, messages of %d bytes, Java %s",
                storage.info().databaseVersion(),
                storage.info().location(),
                BODY.length(),
                Runtime.version().feature());
        Config config = storage.configs().create(NewConfig.named("benchmark"));
        try {
            compareWithRaw(config);
            compareEarlyWithLate(config);
        } finally {
            storage.configs().purge(config.id());
        }
    }

    private void compareWithRaw(Config config) throws SQLException {
        SessionId session = storage.sessions().create(NewSession.on(config.id())).id();
        appends(session, WARM_UP);
        rawInserts(WARM_UP);
        double[] insert = new double[BLOCKS];
        double[] append = new double[BLOCKS];
        double[] ratio = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            insert[i] = median(rawInserts(BLOCK));
            append[i] = median(appends(session, BLOCK));
            ratio[i] = append[i] / insert[i];
        }
        say("raw prepared INSERT   %7.1f us (median)", median(insert));
        say(
                "append                %7.1f us (median), %.2f of the raw INSERT (median of %d"
                        + " pairs of blocks)",
                median(append), median(ratio), BLOCKS);
    }

    /** Many short sessions for the early messages, since one session has only one 10th. */
    private void compareEarlyWithLate(Config config) {
        SessionId grown = storage.sessions().create(NewSession.on(config.id())).id();
        appends(grown, 10_000 - NEAR);
        double[] late = new double[NEAR];
        double[] early = new double[NEAR];
        for (int i = 0; i < NEAR; i++) {
            SessionId fresh = storage.sessions().create(NewSession.on(config.id())).id();
            appends(fresh, 9);
            early[i] = appends(fresh, 1)[0];
            late[i] = appends(grown, 1)[0];
        }
        say("10th message          %7.1f us (median of %d)", median(early), NEAR);
        say(
                "10,000th message      %7.1f us (median of %d), %.2f of the 10th",
                median(late), NEAR, median(late) / median(early));
    }

    private double[] appends(SessionId session, int count) {
        double[] micros = new double[count];
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            storage.sessions().append(session, NewMessage.of(BODY));
            micros[i] = (System.nanoTime() - start) / 1e3;
        }
        return micros;
    }

    private double[] rawInserts(int count) throws SQLException {
        return storage.<double[], SQLException>withConnection(
                connection -> {
                    double[] micros = new double[count];
                    try (RawTable.Insert insert = raw.on(connection)) {
                        for (int i = 0; i < count; i++) {
                            long start = System.nanoTime();
                            insert.run(BODY);
                            micros[i] = (System.nanoTime() - start) / 1e3;
                        }
                    }
                    return micros;
                });
    }
}
