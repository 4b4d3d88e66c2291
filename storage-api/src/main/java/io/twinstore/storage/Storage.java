package io.twinstore.storage;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A database that keeps the contract, opened.
 *
 * <p>Thread-safe; a host opens one per database and closes it when it stops. Opening the same
 * database twice gives two independent storages. Closing refuses new calls, gives those under way
 * five seconds to complete, and then closes their connections: they fail with {@link
 * StorageClosedException}, or with {@link OutcomeUnknownException} where the commit may have been
 * made. Closing again does nothing.
 */
public interface Storage extends Stores, AutoCloseable {

    /**
     * Opens the database that the options name, and brings its schema up to date as {@link
     * SchemaMode} says.
     *
     * @throws InvalidOptionsException when the options contradict themselves or no adapter on the
     *     class path serves them
     * @throws StorageUnavailableException when the database cannot be reached or refuses the
     *     sign-in
     * @throws SchemaException when the schema is not one that this version can work with
     * @throws InvalidOptionsException also when the options insist on a language for search and the
     *     database was indexed in another: see {@link #reindex}
     */
    static Storage open(StorageOptions options) {
        return Adapters.open(options);
    }

    /**
     * Upgrades the SQLite file that the options name, if one of the earlier session programs made
     * it, whatever {@link StorageOptions#legacyFiles()} says. The new file is built beside the old
     * one, read back and compared with it cell by cell, and takes its place at once; the old one
     * stays as a backup. Killed anywhere, the old file is whole and the next call starts over.
     *
     * <p>Stop the earlier program first: what it writes after it opened the file goes to the
     * backup. Of several callers at once one upgrades; the others wait, and return empty.
     *
     * @return what was done; empty when the file is one of this library's already, or the options
     *     name another database
     * @throws SchemaException when there is no such file, or its layout is not known; it says what
     *     was found, and nothing is changed
     * @throws StorageBusyException when another program uses the file
     * @throws StorageUnavailableException when the folder or the disk does not allow it
     */
    static Optional<Upgraded> upgrade(StorageOptions options) {
        return Adapters.with(options, provider -> provider.upgrade(options));
    }

    /**
     * Returns the layout of the SQLite file that the options name, such as {@code v3}, if one of
     * the earlier session programs made it. Nothing is changed; a file whose write-ahead log is
     * there may get SQLite's own files beside it.
     *
     * @return empty when the file is another's or this library's, is not there, or the options name
     *     another database
     * @throws StorageUnavailableException when it cannot be read
     * @throws SchemaException when it is no SQLite database
     */
    static Optional<String> legacyLayout(StorageOptions options) {
        return Adapters.with(options, provider -> provider.legacyLayout(options));
    }

    /**
     * Writes a file of the layout that the SQLite file had before it was {@linkplain #upgrade
     * upgraded}: each cell that nobody touched since with the type and the bytes that it had, and
     * what was made since as the earlier program would have written it. What that had no place for
     * is left out: participants other than the owner, deleted records, and of v2 and v3 the
     * metadata of sessions.
     *
     * @param options name the upgraded file, which is only read
     * @param file where to; there must be nothing yet, and nothing is there when this fails
     * @return the layout's name
     * @throws SchemaException when the options name no file that was upgraded, or something is
     *     there already
     * @throws StorageUnavailableException when the file cannot be written
     */
    static String downgrade(StorageOptions options, Path file) {
        return Adapters.with(options, provider -> provider.downgrade(options, file));
    }

    /**
     * Runs the work in one transaction, read committed, and commits when it returns.
     *
     * @see #transaction(TransactionOptions, TransactionWork)
     */
    default <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionWork<T, X> work) throws X {
        return transaction(TransactionOptions.standard(), work);
    }

    /**
     * Runs the work in one transaction: commits when it returns, rolls back when it throws, and
     * hands on what it threw.
     *
     * <p>The stores it is given are good on this thread until it returns. An operation that fails
     * with a typed error leaves the transaction usable, and nothing of itself behind. When the
     * database reports a serialization failure or a deadlock, the work is run again, up to the
     * number of attempts; it must bear that.
     *
     * @throws TransactionException when this storage itself is used on this thread meanwhile
     * @throws StorageBusyException when the last attempt failed too
     * @throws OutcomeUnknownException when the reply to the commit was lost
     */
    <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, TransactionWork<T, X> work) throws X;

    /**
     * Returns stores that work in the host's own JDBC transaction; the host commits, rolls back and
     * closes.
     *
     * @param connection a connection to the same database, with autocommit off; in SQLite to the
     *     same file and with {@code foreign_keys} on
     * @throws InvalidValueException when the connection is not such a one
     */
    Stores on(Connection connection);

    /**
     * Lends a connection of the storage's own pool for the host's own SQL, with autocommit on; in
     * SQLite with the turn to write, so that nothing else is written meanwhile. What the work
     * leaves uncommitted is rolled back. In PostgreSQL the search path holds the storage's schema
     * alone, so name the schema of your own tables.
     */
    <T extends @Nullable Object, X extends Exception> T withConnection(ConnectionWork<T, X> work)
            throws X, SQLException;

    /**
     * Returns what this storage runs on, and how its pool stands; asks the database, so that it
     * shows it is there.
     */
    StorageInfo info();

    /**
     * Returns whether the storage can do its work now, after at most two seconds.
     *
     * @see #health(Duration)
     */
    default StorageHealth health() {
        return health(Duration.ofSeconds(2));
    }

    /**
     * Returns whether the storage can do its work now: makes one small round trip on a connection
     * of the pool, and tells what it found. It never throws because the database is away, frozen or
     * busy, and waits no longer than it is told for any of it.
     *
     * <p>One check is under way at a time, on a thread of its own; who asks meanwhile waits for the
     * same one. So a database that hangs keeps one connection and one thread, however often it is
     * asked.
     *
     * @param atMost 1 millisecond to 1 minute
     * @throws InvalidValueException when the time is out of bounds
     * @throws TransactionException when this thread is inside a transaction of this storage
     */
    StorageHealth health(Duration atMost);

    /**
     * Makes the search index anew, in this language from now on, for all processes that use the
     * database. The call returns once the old index is gone; the new one is made in the background.
     * Searches stay complete meanwhile, and take longer.
     *
     * @throws InvalidOptionsException when search is switched off in this process
     */
    void reindex(SearchLanguage language);

    /** Closes every connection. */
    @Override
    void close();

    /** Work to run in a transaction. */
    @FunctionalInterface
    interface TransactionWork<T extends @Nullable Object, X extends Exception> {

        /** Does the work with stores that are bound to the transaction. */
        T run(Stores tx) throws X;
    }

    /** Work to run on a connection. */
    @FunctionalInterface
    interface ConnectionWork<T extends @Nullable Object, X extends Exception> {

        /** Does the work; must neither close nor keep the connection. */
        T run(Connection connection) throws X, SQLException;
    }
}
