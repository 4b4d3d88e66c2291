package io.twinstore.storage.postgres;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.jdbi.ErrorTranslator;
import io.twinstore.storage.jdbi.SqlFaults;
import java.net.ConnectException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;

/**
 * What PostgreSQL's SQLStates mean in the contract. The server's own messages may quote values and
 * are left out.
 */
final class PostgresErrors implements ErrorTranslator {

    private static final String ROLLED_BACK = "25P02";

    private final String address;
    private final String database;
    private final boolean password;

    /** Names the server and the database in messages, and knows whether there is a password. */
    PostgresErrors(PostgresOptions options) {
        this.address = options.dataSource() == null ? options.address() : "the host's pool";
        this.database = options.database();
        this.password = options.password().isPresent();
    }

    @Override
    public StorageException translate(SQLException fault) {
        SQLException told = told(fault);
        SQLException cause = SqlFaults.withoutMessage(told);
        String state = told.getSQLState() == null ? "" : told.getSQLState();
        if (state.equals("42P01") || state.equals("3F000") || state.equals("42703")) {
            return new SchemaException(
                    "The schema in PostgreSQL at "
                            + address
                            + " lacks a table or column that it should have.",
                    cause);
        }
        String unavailable = unavailable(told, state);
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
     * Only what the server refused, and lived on to take the next statement, was surely not
     * written. Without its word, or when the connection broke too, the commit may have been made: a
     * server that fails while it writes the commit to disk says so and stops.
     */
    @Override
    public StorageException translateCommit(SQLException fault) {
        return isRefused(fault)
                ? translate(fault)
                : new OutcomeUnknownException(SqlFaults.withoutMessage(fault));
    }

    private static boolean isRefused(SQLException fault) {
        boolean refused = false;
        for (Throwable cause = fault; cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException told) {
                refused |= isServersWord(told);
                // The driver hangs what happened next on to what the server said.
                for (SQLException one = told; one != null; one = one.getNextException()) {
                    if (isBroken(String.valueOf(one.getSQLState()))) {
                        return false;
                    }
                }
            }
        }
        return refused;
    }

    /** Also when the driver says it: that the reply to the commit was that it rolled back. */
    private static boolean isServersWord(SQLException told) {
        return (told instanceof PSQLException server && server.getServerErrorMessage() != null)
                || ROLLED_BACK.equals(told.getSQLState());
    }

    private static boolean isBroken(String state) {
        return state.startsWith("08") || state.startsWith("57P");
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

    private @Nullable String unavailable(SQLException told, String state) {
        return switch (state) {
            case "28P01", "28000" ->
                    "PostgreSQL at "
                            + address
                            + " refused the sign-in: check user and password, and that pg_hba.conf lets this host in.";
            case "3D000" -> "PostgreSQL at " + address + " has no database '" + database + "'.";
            case "53100" ->
                    "The disk of PostgreSQL at " + address + " is full; nothing was written.";
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
            default -> state.startsWith("08") ? unreachable(told) : null;
        };
    }

    /** Says what kept the connection from being made, as far as the causes tell. */
    private String unreachable(SQLException told) {
        String server = "PostgreSQL at " + address;
        for (Throwable cause = told; cause != null; cause = cause.getCause()) {
            if (cause instanceof UnknownHostException) {
                return server + " cannot be reached: the host name is not known here.";
            }
            if (cause instanceof ConnectException) {
                return server
                        + " cannot be reached: nothing listens there. Check host and port, and that it runs.";
            }
            if (cause instanceof SocketTimeoutException) {
                return server + " did not answer in time.";
            }
            if (cause instanceof SSLException) {
                return server
                        + " cannot be reached over TLS: the handshake failed. Check sslmode and certificates.";
            }
        }
        if ("08004".equals(told.getSQLState())) {
            return server
                    + (password
                            ? " rejected the connection: check sslmode, and the way of signing in that pg_hba.conf asks for."
                            : " rejected the connection, and no password is set. Check sslmode as well.");
        }
        return server
                + " cannot be reached, or the connection was lost: check host, port, TLS and that it runs.";
    }

    /** Says that the pool had no connection to spare. */
    String noConnection() {
        return "No connection to PostgreSQL at "
                + address
                + " became free within the connection time-out: the pool is too small or its connections are kept.";
    }

    private @Nullable String busy(SQLException told, String state) {
        if (told.getCause() instanceof InterruptedException) {
            return "The thread was interrupted while it waited for a connection to PostgreSQL at "
                    + address
                    + "; nothing was written.";
        }
        if (told instanceof SQLTransientConnectionException) {
            return noConnection();
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
