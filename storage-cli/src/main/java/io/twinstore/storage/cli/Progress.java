package io.twinstore.storage.cli;

import java.io.PrintStream;
import java.util.Locale;
import java.util.function.LongConsumer;

/**
 * Tells on standard error how far an append is: each message when asked to, otherwise a line that
 * moves, for a person only and only when it takes long enough to wonder.
 */
final class Progress implements LongConsumer {

    private static final long STEP_NANOS = 250_000_000;

    private final PrintStream err;
    private final boolean verbose;
    private final boolean moving;
    private final long total;
    private long next = System.nanoTime() + 4 * STEP_NANOS;
    private boolean shown;

    /**
     * @param total how many messages there are
     * @param verbose whether to name each message
     */
    Progress(Terminal terminal, long total, boolean verbose) {
        this.err = terminal.err();
        this.verbose = verbose;
        this.moving = terminal.interactive() && !verbose;
        this.total = total;
    }

    /** Takes note that messages up to this one are kept. */
    @Override
    public void accept(long sequence) {
        if (verbose) {
            err.println("kept message " + sequence);
        } else if (moving && System.nanoTime() - next >= 0) {
            err.printf(Locale.ROOT, "\r  %,d of %,d messages kept", sequence, total);
            err.flush();
            next = System.nanoTime() + STEP_NANOS;
            shown = true;
        }
    }

    /** Takes the moving line away. */
    void end() {
        if (shown) {
            err.print("\r\u001b[K");
            err.flush();
        }
    }
}
