package io.twinstore.storage.cli;

import io.twinstore.storage.migrate.MigrationListener;
import java.util.Locale;

/** Tells on standard error, a line for each commit and step, how a move goes on. */
final class MoveProgress implements MigrationListener {

    private final Terminal terminal;

    MoveProgress(Terminal terminal) {
        this.terminal = terminal;
    }

    @Override
    public void committed(String table, long rows, long of) {
        say(String.format(Locale.ROOT, "%s: %,d of %,d rows", table, rows, of));
    }

    @Override
    public void step(String what) {
        say(what);
    }

    @Override
    public void compared(String table, long rows) {
        say(String.format(Locale.ROOT, "%s: %,d rows compared", table, rows));
    }

    private void say(String line) {
        terminal.err().println(terminal.style().dim("storage: " + Printable.line(line)));
    }
}
