package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.time.Duration;

/** Stops a run where its time is over: after a commit, or before a step. */
final class Deadline implements MigrationListener {

    private final MigrationListener told;
    private final Duration timeout;
    private final long begin = System.nanoTime();

    private Deadline(MigrationListener told, Duration timeout) {
        this.told = told;
        this.timeout = timeout;
    }

    static MigrationListener of(MigrationListener listener, MigrationOptions options) {
        Duration timeout = options.timeout();
        return timeout == null ? listener : new Deadline(listener, timeout);
    }

    private void check() {
        if (System.nanoTime() - begin > timeout.toNanos()) {
            throw new MigrationException(
                    ErrorCode.UNAVAILABLE,
                    "The time of this run, "
                            + timeout.toString().substring(2).toLowerCase(java.util.Locale.ROOT)
                            + ", is over. What was committed stays; the same plan goes on from"
                            + " there.");
        }
    }

    @Override
    public void begins(String table, long rows, long of) {
        told.begins(table, rows, of);
        check();
    }

    @Override
    public void passed(String table, long rows, long of) {
        told.passed(table, rows, of);
    }

    @Override
    public void sent(String table, long rows) {
        told.sent(table, rows);
    }

    @Override
    public void committed(String table, long rows, long of) {
        told.committed(table, rows, of);
        check();
    }

    @Override
    public void step(String what) {
        check();
        told.step(what);
    }

    @Override
    public void compared(String table, long rows) {
        told.compared(table, rows);
    }
}
