package io.twinstore.storage.jdbi;

import java.sql.Connection;
import org.jdbi.v3.core.ConnectionFactory;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.Jdbi;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/**
 * Opens handles on connections that the host brings and closes itself, all of them from one Jdbi:
 * to make one for each connection costs more than most of what is done on it.
 */
final class HostJdbi {

    private final Brought brought = new Brought();
    private final Jdbi jdbi;

    HostJdbi(JdbiPlugin types) {
        jdbi = ContractTypes.prepared(Jdbi.create(brought), types);
    }

    Handle open(Connection connection) {
        return brought.during(connection, jdbi);
    }

    /** The connection of the call that is opening a handle. */
    private static final class Brought implements ConnectionFactory {

        // Of each storage its own, and set during a call alone.
        @SuppressWarnings("ThreadLocalUsage")
        private final ThreadLocal<@Nullable Connection> connection = new ThreadLocal<>();

        Handle during(Connection given, Jdbi jdbi) {
            connection.set(given);
            try {
                return jdbi.open();
            } finally {
                connection.remove();
            }
        }

        @Override
        public Connection openConnection() {
            Connection given = connection.get();
            if (given == null) {
                throw new IllegalStateException("No handle is being opened on this thread.");
            }
            return given;
        }

        @Override
        public void closeConnection(Connection ended) {
            // The host's to close.
        }
    }
}
