package io.twinstore.storage.jdbi;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.TransactionException;
import io.twinstore.storage.TransactionOptions;
import java.sql.SQLException;
import java.time.Duration;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.JdbiException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs work on the pool's handles: translates errors, commits or rolls back, repeats after
 * serialization failures.
 */
final class TransactionRunner {

    private static final Logger LOG = LoggerFactory.getLogger(TransactionRunner.class);

    /** How long closing waits for the calls under way. */
    private static final Duration GRACE = Duration.ofSeconds(5);

    private final Transactions transactions;
    private final ErrorTranslator errors;
    private final Gate gate = new Gate();

    // Of each storage its own: a thread may be inside a transaction of one and use another.
    @SuppressWarnings("ThreadLocalUsage")
    private final ThreadLocal<Inside> inside = new ThreadLocal<>();

    /** What a thread is in the middle of. */
    private enum Inside {
        TRANSACTION,
        LENT_CONNECTION
    }

    TransactionRunner(Transactions transactions, ErrorTranslator errors) {
        this.transactions = transactions;
        this.errors = errors;
    }

    /** Work that may throw what the host's code throws. */
    @FunctionalInterface
    interface HostWork<T extends @Nullable Object, X extends Exception> {
        T on(Handle handle) throws X;
    }

    <T extends @Nullable Object> T read(Handles.Work<T> work) {
        try (Transactions.Lease lease = reading()) {
            return translated(() -> work.on(lease.handle()));
        }
    }

    <T extends @Nullable Object> T stream(Handles.Work<T> work) {
        try (Transactions.Lease lease = reading()) {
            Handle handle = lease.handle();
            translated(() -> transactions.beginReading(handle));
            try {
                return translated(() -> work.on(handle));
            } finally {
                rollback(handle);
            }
        }
    }

    /** Runs the host's work in a transaction; what the work throws is handed on as it is. */
    <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, HostWork<T, X> work) throws X {
        for (int attempt = 1; ; attempt++) {
            try {
                return once(options, work);
            } catch (StorageException e) {
                if (attempt == options.attempts() || !SqlFaults.isSerializationFailure(e)) {
                    throw e;
                }
            }
        }
    }

    private <T extends @Nullable Object, X extends Exception> T once(
            TransactionOptions options, HostWork<T, X> work) throws X {
        try (Transactions.Lease lease = writing()) {
            Handle handle = lease.handle();
            translated(() -> transactions.begin(handle, options.isolation()));
            boolean done = false;
            try {
                T result = work.on(handle);
                commit(handle);
                done = true;
                return result;
            } finally {
                if (!done) {
                    rollback(handle);
                }
            }
        }
    }

    /** Lends a writing handle to the host's own SQL. */
    <T extends @Nullable Object, X extends Exception> T lend(HostWork<T, X> work) throws X {
        try (Transactions.Lease lease = lease(transactions::lending)) {
            return work.on(lease.handle());
        }
    }

    /** Marks this thread as inside a transaction of this storage while the call runs. */
    <T extends @Nullable Object, X extends Exception> T inside(HostWork<T, X> work, Handle handle)
            throws X {
        return marked(Inside.TRANSACTION, work, handle);
    }

    /** Marks this thread as holding a connection of this storage while the call runs. */
    <T extends @Nullable Object, X extends Exception> T lent(HostWork<T, X> work, Handle handle)
            throws X {
        return marked(Inside.LENT_CONNECTION, work, handle);
    }

    private <T extends @Nullable Object, X extends Exception> T marked(
            Inside what, HostWork<T, X> work, Handle handle) throws X {
        inside.set(what);
        try {
            return work.on(handle);
        } finally {
            inside.remove();
        }
    }

    /**
     * Refuses what a thread may do with a connection that was lent to it, but not in a transaction.
     */
    void refuseInsideTransaction() {
        if (inside.get() == Inside.TRANSACTION) {
            refuseInside();
        }
    }

    /**
     * Refuses a call that would wait for, or not see, the transaction that its own thread is in.
     */
    void refuseInside() {
        if (inside.get() != null) {
            throw new TransactionException(
                    "This thread is inside a transaction of this storage, or holds its"
                            + " connection: use the stores that were handed to the work, not the storage itself.");
        }
    }

    /** Refuses a call to a closed storage. */
    void refuseClosed() {
        if (gate.isClosed()) {
            throw new StorageClosedException("The storage is closed.");
        }
    }

    private Transactions.Lease reading() {
        return lease(transactions::reading);
    }

    private Transactions.Lease writing() {
        return lease(transactions::writing);
    }

    private Transactions.Lease lease(SqlCall<Transactions.Lease> lending) {
        refuseInside();
        gate.enter();
        try {
            return new GatedLease(translated(lending), gate);
        } catch (RuntimeException | Error e) {
            gate.leave();
            throw e;
        }
    }

    /** A lease whose end the gate is told of. */
    private record GatedLease(Transactions.Lease lease, Gate gate) implements Transactions.Lease {

        @Override
        public Handle handle() {
            return lease.handle();
        }

        @Override
        public void close() {
            try {
                lease.close();
            } finally {
                gate.leave();
            }
        }
    }

    private void commit(Handle handle) {
        try {
            transactions.commit(handle);
        } catch (SQLException | JdbiException e) {
            SQLException sql = SqlFaults.find(e);
            StorageException typed = sql == null ? translate(e) : errors.translateCommit(sql);
            // Also when the storage was closed meanwhile: the commit may have been made.
            throw typed instanceof OutcomeUnknownException ? typed : translate(e);
        }
    }

    /**
     * Rolls back; a connection that can no longer do that is dropped by its pool, and the server
     * rolls back.
     */
    private void rollback(Handle handle) {
        try {
            transactions.rollback(handle);
        } catch (SQLException | JdbiException e) {
            LOG.debug("Rolling back failed: {}", translate(e).getMessage());
        }
    }

    StorageException translate(Exception fault) {
        if (gate.isClosed()) {
            return new StorageClosedException("The storage was closed during the call.");
        }
        SQLException sql = SqlFaults.find(fault);
        if (sql != null) {
            return errors.translate(sql);
        }
        return new StorageException(
                ErrorCode.INTERNAL,
                "The statement could not be built or read: " + fault.getClass().getSimpleName(),
                withoutMessage(fault));
    }

    /** Keeps where it happened; Jdbi's messages list what was bound. */
    private static Exception withoutMessage(Exception fault) {
        Exception copy = new IllegalStateException(fault.getClass().getName());
        copy.setStackTrace(fault.getStackTrace());
        return copy;
    }

    <T extends @Nullable Object> T translated(SqlCall<T> call) {
        try {
            return call.run();
        } catch (SQLException | JdbiException e) {
            throw translate(e);
        }
    }

    void translated(SqlAction action) {
        translated(
                () -> {
                    action.run();
                    return Boolean.TRUE;
                });
    }

    /** Runs a call that finds its own connection and translates its errors. */
    <T> T alone(Supplier<T> call) {
        refuseInside();
        gate.enter();
        try {
            return call.get();
        } catch (OutcomeUnknownException e) {
            throw e;
        } catch (StorageException e) {
            throw gate.isClosed()
                    ? new StorageClosedException("The storage was closed during the call.", e)
                    : e;
        } finally {
            gate.leave();
        }
    }

    /**
     * Refuses new calls and closes the connections.
     *
     * @param last what is to be done once no call is under way, while there are connections
     */
    void close(Runnable last) {
        // Waiting for its own transaction would only waste the grace.
        if (gate.close(inside.get() == null ? GRACE : Duration.ZERO)) {
            last.run();
            transactions.close();
        }
    }

    /** A call that may fail as drivers do. */
    @FunctionalInterface
    interface SqlCall<T extends @Nullable Object> {
        T run() throws SQLException;
    }

    /** An action that may fail as drivers do. */
    @FunctionalInterface
    interface SqlAction {
        void run() throws SQLException;
    }
}
