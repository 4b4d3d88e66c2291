package io.twinstore.storage.postgres;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.jdbi.ErrorTranslator;
import io.twinstore.storage.jdbi.SqlFaults;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.jspecify.annotations.Nullable;

/**
 * What PostgreSQL's SQLStates mean in the contract. The server's own messages may quote values and
 * are left out.
 */
final class PostgresErrors implements ErrorTranslator {

    private final String address;

    /**
     * @param address host, port and database, to name in messages
     */
    PostgresErrors(String address) {
        this.address = address;
    }

    @Override
    public StorageException translate(SQLException fault) {
        SQLException told = told(fault);
        SQLException cause = SqlFaults.withoutMessage(told);
        String state = told.getSQLState() == null ? "" : told.getSQLState();
        String unavailable = unavailable(state);
        if (unavailable != null) {
            return new StorageUnavailableException(unavailable, cause);
        }
        String busy = busy(told, state);
        if (busy != null) {
            return new StorageBusyException(busy, cause);
        }
        return new StorageException(
                ErrorCode.INTERNAL,
                "PostgreSQL at " + address + " refused a statement, SQLState " + state + ".",
                cause);
    }

    /**
     * Returns the server's or driver's error behind the pool's, which only says that there was no
     * connection.
     */
    private static SQLException told(SQLException fault) {
        if (fault instanceof SQLTransientConnectionException
                && fault.getCause() instanceof SQLException cause) {
            return cause;
        }
        return fault;
    }

    private @Nullable String unavailable(String state) {
        return switch (state) {
            case "28P01", "28000" ->
                    "PostgreSQL at "
                            + address
                            + " refused the sign-in: check user and password, and that pg_hba.conf lets this host in.";
            case "3D000" -> "PostgreSQL at " + address + " has no database of that name.";
            case "42501" ->
                    "PostgreSQL at "
                            + address
                            + " denies this user a right that it needs (SQLState 42501):"
                            + " to make or use the schema's tables.";
            case "53300" ->
                    "PostgreSQL at "
                            + address
                            + " has no connection left: lower the pool's maximum or raise max_connections.";
            case "25006" ->
                    "PostgreSQL at " + address + " only takes reads now: it may be a standby.";
            case "57P01", "57P02", "57P03" ->
                    "PostgreSQL at "
                            + address
                            + " is shutting down, starting up or ended this connection; try again soon.";
            case "08004" -> "PostgreSQL at " + address + " rejected the connection.";
            default ->
                    state.startsWith("08")
                            ? "PostgreSQL at "
                                    + address
                                    + " cannot be reached: check host, port, TLS and that it runs."
                            : null;
        };
    }

    private @Nullable String busy(SQLException told, String state) {
        if (told instanceof SQLTransientConnectionException) {
            return "No connection to PostgreSQL at "
                    + address
                    + " became free within the connection time-out: the pool is too small or its connections are kept.";
        }
        return switch (state) {
            case "40001", "40P01" ->
                    "The transaction lost against a concurrent one; it may be run again.";
            case "57014" ->
                    "A statement took longer than the statement time-out and was cancelled.";
            case "55P03" -> "A lock was not granted within the time-out.";
            default -> null;
        };
    }
}
