package io.twinstore.storage.benchmarks;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;

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
    private static final String BODY =
            "{\"role\":\"user\",\"content\":\"" + "x".repeat(570) + "\"}";

    private final Storage storage;
    private long rawSequence;

    private AppendCost(Storage storage) {
        this.storage = storage;
    }

    /** Runs against the database that the environment names. */
    public static void main(String[] arguments) throws SQLException {
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            new AppendCost(storage).run();
        }
    }

    private void run() throws SQLException {
        say(
                "%s at %s, messages of %d bytes, Java %s",
                storage.info().databaseVersion(),
                storage.info().location(),
                BODY.length(),
                Runtime.version().feature());
        makeRawTable();
        Config config = storage.configs().create(NewConfig.named("benchmark"));
        try {
            compareWithRaw(config);
            compareEarlyWithLate(config);
        } finally {
            storage.configs().purge(config.id());
            dropRawTable();
        }
    }

    private void compareWithRaw(Config config) throws SQLException {
        SessionId session = storage.sessions().create(NewSession.on(config.id())).id();
        appends(session, 4 * BLOCK);
        rawInserts(4 * BLOCK);
        double[] raw = new double[BLOCKS];
        double[] append = new double[BLOCKS];
        double[] ratio = new double[BLOCKS];
        for (int i = 0; i < BLOCKS; i++) {
            raw[i] = median(rawInserts(BLOCK));
            append[i] = median(appends(session, BLOCK));
            ratio[i] = append[i] / raw[i];
        }
        say("raw prepared INSERT   %7.1f us (median)", median(raw));
        say(
                "append                %7.1f us (median), %.2f of the raw INSERT (median of %d pairs of blocks)",
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
                    try (PreparedStatement insert =
                            connection.prepareStatement(
                                    "insert into twinstore_benchmark (session_id, seq, role, body, created_at) values (?, ?, ?, ?, ?)")) {
                        for (int i = 0; i < count; i++) {
                            long start = System.nanoTime();
                            insert.setString(1, "01a1f952-0299-719d-8a93-2bfcc6ec1408");
                            insert.setLong(2, ++rawSequence);
                            insert.setString(3, "user");
                            insert.setString(4, BODY);
                            insert.setString(5, "2026-11-20T09:30:12.345678Z");
                            insert.executeUpdate();
                            micros[i] = (System.nanoTime() - start) / 1e3;
                        }
                    }
                    return micros;
                });
    }

    private void makeRawTable() throws SQLException {
        dropRawTable();
        execute(
                "create table twinstore_benchmark (session_id text not null, seq bigint not null, role text,"
                        + " body text not null, created_at text not null, primary key (session_id, seq))");
    }

    private void dropRawTable() throws SQLException {
        execute("drop table if exists twinstore_benchmark");
    }

    private void execute(String sql) throws SQLException {
        storage.<Boolean, SQLException>withConnection(connection -> execute(connection, sql));
    }

    private static boolean execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            return statement.execute(sql);
        }
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[sorted.length / 2];
    }

    private static void say(String format, Object... values) {
        System.out.println(String.format(Locale.ROOT, format, values));
    }
}
