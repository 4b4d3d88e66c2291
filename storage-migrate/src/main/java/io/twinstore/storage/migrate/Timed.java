package io.twinstore.storage.migrate;

import io.twinstore.storage.migrate.MigrationReport.Step;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** Passes on what a listener is told, and takes the time of tables and steps. */
final class Timed implements MigrationListener {

    private static final class Span {
        private long begin;
        private long end;
        private long before;
        private long rows;
    }

    private final MigrationListener told;
    private final LongSupplier nanos;
    private final long begin;
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MILLIS);
    private final Map<String, Span> tables = new HashMap<>();
    private final List<Step> steps = new ArrayList<>();
    private @Nullable String step;
    private long stepBegin;

    /**
     * @param nanos the time, as {@link System#nanoTime} gives it
     */
    Timed(MigrationListener told, LongSupplier nanos) {
        this.told = told;
        this.nanos = nanos;
        this.begin = nanos.getAsLong();
    }

    /** Returns the listener itself if it takes times, or one that does. */
    static Timed of(MigrationListener listener) {
        return listener instanceof Timed timed ? timed : new Timed(listener, System::nanoTime);
    }

    @Override
    public synchronized void begins(String table, long rows, long of) {
        endStep();
        Span span = new Span();
        span.begin = nanos.getAsLong();
        span.end = span.begin;
        span.before = rows;
        span.rows = rows;
        tables.put(table, span);
        told.begins(table, rows, of);
    }

    @Override
    public void sent(String table, long rows) {
        told.sent(table, rows);
    }

    @Override
    public synchronized void committed(String table, long rows, long of) {
        reached(table, rows);
        told.committed(table, rows, of);
    }

    @Override
    public synchronized void passed(String table, long rows, long of) {
        reached(table, rows);
        told.passed(table, rows, of);
    }

    @Override
    public synchronized void compared(String table, long rows) {
        reached(table, rows);
        told.compared(table, rows);
    }

    private void reached(String table, long rows) {
        Span span = tables.get(table);
        if (span != null) {
            span.end = nanos.getAsLong();
            span.rows = rows;
        }
    }

    @Override
    public synchronized void step(String what) {
        endStep();
        step = what;
        stepBegin = nanos.getAsLong();
        told.step(what);
    }

    private void endStep() {
        if (step != null) {
            steps.add(new Step(step, Duration.ofNanos(nanos.getAsLong() - stepBegin)));
            step = null;
        }
    }

    synchronized Duration took(String table) {
        Span span = tables.get(table);
        return span == null ? Duration.ZERO : Duration.ofNanos(span.end - span.begin);
    }

    /** Returns how many rows of a table were dealt with since it was begun here. */
    synchronized long moved(String table) {
        Span span = tables.get(table);
        return span == null ? 0 : span.rows - span.before;
    }

    synchronized List<Step> steps() {
        endStep();
        return List.copyOf(steps);
    }

    Instant startedAt() {
        return startedAt;
    }

    Duration took() {
        return Duration.ofNanos(nanos.getAsLong() - begin);
    }
}
