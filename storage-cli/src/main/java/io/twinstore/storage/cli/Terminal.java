package io.twinstore.storage.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What surrounds a command: its environment, what it reads, and where it prints. Tests bring their
 * own.
 *
 * <p>Everything is written as UTF-8. Standard output is buffered until the command ends or asks for
 * a flush; standard error is not.
 */
final class Terminal {

    private static final int DEFAULT_WIDTH = 100;

    private final Map<String, String> environment;
    private final InputStream in;
    private final RecordingOutput output;
    private final PrintStream out;
    private final PrintStream err;
    private final boolean interactive;
    private final ZoneId zone;

    Terminal(
            Map<String, String> environment,
            InputStream in,
            OutputStream out,
            OutputStream err,
            boolean interactive,
            ZoneId zone) {
        this.environment = Map.copyOf(environment);
        this.in = in;
        this.output = new RecordingOutput(out);
        this.out =
                new PrintStream(
                        new BufferedOutputStream(output, 1 << 14), false, StandardCharsets.UTF_8);
        this.err = new PrintStream(err, true, StandardCharsets.UTF_8);
        this.interactive = interactive;
        this.zone = zone;
    }

    /** Returns the terminal of this process. */
    static Terminal ofProcess() {
        return new Terminal(
                System.getenv(),
                new FileInputStream(FileDescriptor.in),
                new FileOutputStream(FileDescriptor.out),
                new FileOutputStream(FileDescriptor.err),
                isInteractive(),
                ZoneId.systemDefault());
    }

    Map<String, String> environment() {
        return environment;
    }

    /** Returns what was typed to run this command, ready to be typed again. */
    String command() {
        String typed = environment.getOrDefault("STORAGE_COMMAND", "");
        return typed.isBlank() ? "./storage" : Printable.line(typed);
    }

    InputStream in() {
        return in;
    }

    PrintStream out() {
        return out;
    }

    PrintStream err() {
        return err;
    }

    ZoneId zone() {
        return zone;
    }

    /** Returns whether a person, rather than a pipe or a file, reads what is printed. */
    boolean interactive() {
        return interactive;
    }

    /**
     * Returns colours for a person at a terminal who did not decline them (https://no-color.org).
     */
    Style style() {
        boolean declined =
                !environment.getOrDefault("NO_COLOR", "").isEmpty()
                        || environment.getOrDefault("TERM", "").equals("dumb");
        return new Style(interactive && !declined);
    }

    /** Returns how many columns to fill, 40 to 200. */
    int width() {
        String columns = environment.getOrDefault("COLUMNS", "");
        boolean usable = columns.length() <= 4 && columns.matches("[0-9]+");
        return usable ? Math.min(200, Math.max(40, Integer.parseInt(columns))) : DEFAULT_WIDTH;
    }

    /** Returns whether traces are wanted, as {@code STORAGE_DEBUG} says. */
    boolean debug() {
        String value = environment.getOrDefault("STORAGE_DEBUG", "");
        return !value.isEmpty() && !value.equals("0") && !value.equalsIgnoreCase("false");
    }

    /** Returns whether printing more is pointless, since nobody takes it. */
    boolean outputLost() {
        return output.failed();
    }

    /** Writes out what is buffered, and returns what went wrong with standard output, or null. */
    @Nullable String finish() {
        out.flush();
        err.flush();
        return output.fault();
    }

    /** A console exists when both ends are a terminal; from JDK 22 on it must also be asked. */
    @SuppressWarnings(
            "SystemConsoleNull") // Null on older JDKs, which is why it is looked at first.
    private static boolean isInteractive() {
        java.io.Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) java.io.Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException beforeJdk22) {
            return true;
        }
    }
}
