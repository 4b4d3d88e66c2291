package io.twinstore.storage.sqlite;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import io.twinstore.storage.jdbi.ErrorTranslator;
import io.twinstore.storage.jdbi.SqlFaults;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import org.sqlite.SQLiteErrorCode;

/** What SQLite's result codes mean in the contract. */
final class SqliteErrors implements ErrorTranslator {

    private final String location;

    /**
     * @param location the file, to name in messages
     */
    SqliteErrors(String location) {
        this.location = location;
    }

    @Override
    public StorageException translate(SQLException fault) {
        SQLException told =
                fault instanceof SQLTransientConnectionException
                                && fault.getCause() instanceof SQLException cause
                        ? cause
                        : fault;
        SQLException cause = SqlFaults.withoutMessage(told);
        if (told instanceof SQLTransientConnectionException) {
            return new StorageBusyException(noReader(), cause);
        }
        if (told.getCause() instanceof InterruptedException) {
            return new StorageBusyException(
                    "The thread was interrupted while it waited for a connection to "
                            + location
                            + ".",
                    cause);
        }
        return switch (SQLiteErrorCode.getErrorCode(told.getErrorCode() & 0xff)) {
            case SQLITE_BUSY, SQLITE_LOCKED, SQLITE_PROTOCOL ->
                    new StorageBusyException(
                            location
                                    + " was locked by another connection or process for longer than the connection time-out.",
                            cause);
            case SQLITE_NOTADB ->
                    new SchemaException(
                            location
                                    + " is not a SQLite database, or it is encrypted; nothing was changed.",
                            cause);
            case SQLITE_CORRUPT ->
                    new SchemaException(
                            location
                                    + " is damaged; restore a backup, or try SQLite's own '.recover'.",
                            cause);
            case SQLITE_READONLY, SQLITE_PERM ->
                    new StorageUnavailableException(
                            location + " or its folder cannot be written by this user.", cause);
            case SQLITE_CANTOPEN, SQLITE_AUTH ->
                    new StorageUnavailableException(
                            location
                                    + " cannot be opened: check that the folder exists and this user may write there.",
                            cause);
            case SQLITE_FULL ->
                    new StorageUnavailableException(
                            "The disk that holds " + location + " is full; nothing was written.",
                            cause);
            case SQLITE_IOERR ->
                    new StorageUnavailableException(
                            location + " cannot be read or written: the disk reports an error.",
                            cause);
            case SQLITE_MISUSE -> new StorageClosedException("The storage was closed.", cause);
            default -> other(told, cause);
        };
    }

    /** After an error of the disk the commit may be in the log, and be found there. */
    @Override
    public StorageException translateCommit(SQLException fault) {
        return (fault.getErrorCode() & 0xff) == SQLiteErrorCode.SQLITE_IOERR.code
                ? new OutcomeUnknownException(SqlFaults.withoutMessage(fault))
                : translate(fault);
    }

    /**
     * Returns whether another connection or process has what it takes to write; one that could not
     * agree with the others on who may read on says so with a code of its own.
     */
    static boolean isLocked(SQLException fault) {
        int code = fault.getErrorCode() & 0xff;
        return code == SQLiteErrorCode.SQLITE_BUSY.code
                || code == SQLiteErrorCode.SQLITE_PROTOCOL.code;
    }

    /** Says that no reader was to spare. */
    String noReader() {
        return "No reading connection to "
                + location
                + " became free within the connection time-out.";
    }

    private StorageException other(SQLException told, SQLException cause) {
        String message = told.getMessage() == null ? "" : told.getMessage();
        if (message.contains("no such table") || message.contains("no such column")) {
            return new SchemaException(
                    location + " lacks a table or column that it should have.", cause);
        }
        return message.contains("connection closed")
                        || message.contains("is closed")
                        || message.contains("has been closed")
                ? new StorageClosedException("The storage was closed.", cause)
                : new StorageException(
                        ErrorCode.INTERNAL,
                        "SQLite refused a statement on "
                                + location
                                + ", result code "
                                + told.getErrorCode()
                                + ".",
                        cause);
    }
}
