package io.twinstore.storage.migrate;

import java.io.InterruptedIOException;
import java.sql.SQLException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads rows of the source in a thread of its own, while those before them are dealt with. It stops
 * reading while what was read and not yet dealt with is over some megabytes, so that memory has
 * room for two of the largest rows and not for more.
 */
final class ReadAhead implements AutoCloseable {

    private static final int MOST_ROWS = 1_500;
    private static final long MOST_BYTES = 1_000_000;
    private static final long MOST_AHEAD = 4 * MOST_BYTES;

    private final SourceRows rows;
    private final Thread reader;
    private final Deque<Batch> ready = new ArrayDeque<>();
    private Batch current = Batch.NONE;
    private int at;
    private long ahead;
    private boolean ended;
    private boolean closed;
    private @Nullable Throwable failure;

    /** Rows that are handed over together, and how many bytes their cells have. */
    private record Batch(List<SourceRow> rows, long bytes) {
        static final Batch NONE = new Batch(List.of(), 0);
    }

    /**
     * Begins to read.
     *
     * @param rows nobody else reads them, nor anything of their connection, until this is closed
     */
    ReadAhead(SourceRows rows) {
        this.rows = rows;
        reader = new Thread(this::read, "twinstore-migrate-reader");
        reader.setDaemon(true);
        reader.start();
    }

    /** Returns the next row, or null after the last one. */
    @Nullable SourceRow next() throws SQLException, InterruptedIOException {
        if (at == current.rows().size()) {
            current = batch();
            at = 0;
        }
        return current.rows().isEmpty() ? null : current.rows().get(at++);
    }

    private synchronized Batch batch() throws SQLException, InterruptedIOException {
        ahead -= current.bytes();
        notifyAll();
        while (ready.isEmpty() && !ended) {
            await();
        }
        Batch batch = ready.poll();
        if (batch != null) {
            return batch;
        }
        if (failure instanceof SQLException e) {
            throw e;
        }
        if (failure instanceof Error e) {
            throw e;
        }
        if (failure instanceof RuntimeException e) {
            throw e;
        }
        return Batch.NONE;
    }

    /** Whoever calls it looks again. */
    @SuppressWarnings("WaitNotInLoop")
    private void await() throws InterruptedIOException {
        try {
            wait();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("interrupted while a row was waited for");
        }
    }

    private void read() {
        Throwable found = null;
        try {
            while (mayRead()) {
                Batch batch = some();
                if (batch.rows().isEmpty()) {
                    break;
                }
                handOver(batch);
            }
        } catch (SQLException | RuntimeException | Error e) {
            found = e;
        }
        end(found);
    }

    private synchronized boolean mayRead() {
        try {
            while (!closed && ahead > MOST_AHEAD) {
                wait();
            }
        } catch (InterruptedException e) {
            return false; // nobody interrupts this thread but who ends the process
        }
        return !closed;
    }

    private Batch some() throws SQLException {
        List<SourceRow> read = new ArrayList<>(MOST_ROWS);
        long bytes = 0;
        while (read.size() < MOST_ROWS && bytes < MOST_BYTES) {
            SourceRow row = rows.next();
            if (row == null) {
                break;
            }
            read.add(row);
            bytes += row.held();
        }
        return new Batch(read, bytes);
    }

    private synchronized void handOver(Batch batch) {
        ready.add(batch);
        ahead += batch.bytes();
        notifyAll();
    }

    private synchronized void end(@Nullable Throwable found) {
        failure = found;
        ended = true;
        notifyAll();
    }

    /** Ends the thread, and then the reading. */
    @Override
    public void close() throws SQLException {
        synchronized (this) {
            closed = true;
            notifyAll();
        }
        boolean interrupted = false;
        while (reader.isAlive()) {
            try {
                reader.join();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        rows.close();
    }
}
