package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.Notice;
import io.twinstore.storage.jdbi.Notices;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The listening connection. A connection whose peer is gone without a word looks like one on which
 * nothing happens, so it is asked now and then whether it is there.
 */
final class PostgresWatch implements Notices.Watch {

    private static final Logger LOG = LoggerFactory.getLogger(PostgresWatch.class);
    private static final long ASK_AFTER = TimeUnit.SECONDS.toNanos(10);
    private static final int ANSWER_MILLIS = 10_000;

    private final Connection connection;
    private final PGConnection driver;
    private final Payloads payloads;
    private long heard = System.nanoTime();

    private PostgresWatch(Connection connection, PGConnection driver, Payloads payloads) {
        this.connection = connection;
        this.driver = driver;
        this.payloads = payloads;
    }

    /** Listens on a connection; where that fails nobody gets the connection as it is then. */
    static PostgresWatch open(Connection connection, Payloads payloads) throws SQLException {
        PGConnection driver = driver(connection);
        boolean listens = false;
        try {
            connection.setAutoCommit(true);
            connection.setNetworkTimeout(Runnable::run, ANSWER_MILLIS);
            execute(connection, "listen " + PostgresNotices.CHANNEL);
            listens = true;
            return new PostgresWatch(connection, driver, payloads);
        } finally {
            if (!listens) {
                giveUp(connection);
            }
        }
    }

    /** A connection that cannot tell what it hears goes back as it came. */
    private static PGConnection driver(Connection connection) throws SQLException {
        try {
            return connection.unwrap(PGConnection.class);
        } catch (SQLException | RuntimeException e) {
            connection.close();
            throw e;
        }
    }

    @Override
    public void await(Duration atMost, Consumer<Notice> consumer) throws SQLException {
        long wait = Math.min(atMost.toMillis(), TimeUnit.NANOSECONDS.toMillis(ASK_AFTER));
        // Zero would wait without end.
        PGNotification[] all = driver.getNotifications((int) Math.max(1, wait));
        if (all != null && all.length > 0) {
            heard = System.nanoTime();
            for (PGNotification one : all) {
                payloads.read(one.getParameter()).ifPresent(consumer);
            }
        } else if (System.nanoTime() - heard > ASK_AFTER) {
            execute(connection, "select 1");
            heard = System.nanoTime();
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    @Override
    public void close() {
        giveUp(connection);
    }

    /** Gives the connection up, also while another thread waits on it. */
    private static void giveUp(Connection connection) {
        try (connection) {
            // Closing alone would wait for whoever listens. It tells a host's pool, which drops the
            // connection, since it is broken now.
            connection.abort(Runnable::run);
        } catch (SQLException e) {
            LOG.debug("The listening connection was not closed, SQLState {}.", e.getSQLState());
        }
    }
}
