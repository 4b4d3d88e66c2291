package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.report.Figures;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Tells on standard error how a move goes on: for a person bars that move in place and are taken
 * away at the end, for everybody else lines, of each table the first, the last and at most one a
 * second.
 */
final class MoveProgress implements MigrationListener, AutoCloseable {

    private static final long LINE_NANOS = 1_000_000_000;

    private final Terminal terminal;
    private final LongSupplier nanos;
    private final @Nullable MoveBars bars;
    private final @Nullable Thread leaving;
    private final MoveState state;
    private long nextLine;
    private boolean closed;

    /**
     * @param plan what is moved; null while it is not known yet
     * @param nanos the time, as {@link System#nanoTime} gives it
     */
    MoveProgress(Terminal terminal, @Nullable MigrationPlan plan, LongSupplier nanos) {
        this.terminal = terminal;
        this.nanos = nanos;
        this.state = new MoveState(plan);
        boolean moving =
                terminal.interactive()
                        && !terminal.environment().getOrDefault("TERM", "").equals("dumb");
        this.bars = moving ? new MoveBars(terminal) : null;
        this.leaving = moving ? new Thread(this::takeAway, "storage-progress") : null;
        if (leaving != null) {
            // Whoever stops the command finds the prompt on a line of its own.
            Runtime.getRuntime().addShutdownHook(leaving);
        }
    }

    static MoveProgress of(Terminal terminal, @Nullable MigrationPlan plan) {
        return new MoveProgress(terminal, plan, System::nanoTime);
    }

    @Override
    public synchronized void begins(String table, long rows, long of) {
        state.begins(table, rows, of, nanos.getAsLong());
        nextLine = 0;
        if (bars != null) {
            bars.show(state, nanos.getAsLong(), false);
        } else if (rows > 0) {
            line(Figures.whole(rows) + " of " + Figures.whole(of) + " rows are there already");
        }
    }

    @Override
    public synchronized void sent(String table, long rows) {
        state.sent(table, rows);
        if (bars != null) {
            bars.show(state, nanos.getAsLong(), false);
        }
    }

    @Override
    public synchronized void committed(String table, long rows, long of) {
        reached(table, rows, of);
    }

    @Override
    public synchronized void passed(String table, long rows, long of) {
        reached(table, rows, of);
    }

    @Override
    public synchronized void compared(String table, long rows) {
        reached(table, rows, rows);
    }

    private void reached(String table, long rows, long of) {
        boolean again = state.isAt(table, rows);
        long now = nanos.getAsLong();
        state.reached(table, rows, of, now);
        if (bars != null) {
            bars.show(state, now, rows >= of);
        } else if (!again && (rows >= of || nextLine == 0 || now - nextLine >= 0)) {
            nextLine = now + LINE_NANOS;
            line(state.line(now));
        }
    }

    @Override
    public synchronized void step(String what) {
        state.step(what);
        if (bars != null) {
            bars.show(state, nanos.getAsLong(), true);
        } else {
            say(what);
        }
    }

    private void line(String text) {
        say(state.table() + ": " + text);
    }

    private void say(String line) {
        terminal.err().println(terminal.style().dim("storage: " + Printable.line(line)));
    }

    private synchronized void takeAway() {
        closed = true;
        if (bars != null) {
            bars.clear();
        }
    }

    @Override
    public void close() {
        boolean first;
        synchronized (this) {
            first = !closed;
        }
        takeAway();
        if (first && leaving != null) {
            try {
                Runtime.getRuntime().removeShutdownHook(leaving);
            } catch (IllegalStateException leavingAlready) {
                // The hook has taken the bars away, or is about to.
                return;
            }
        }
    }
}
