package io.twinstore.storage.cli;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.StorageException;
import java.io.PrintStream;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** Turns what went wrong into a line or two on standard error, and an exit code. */
final class ErrorReport {

    private static final String TRACE_HINT = "Run it again with --stacktrace to see where.";

    private final Terminal terminal;
    private final boolean trace;

    /**
     * @param trace whether to print the stack trace, too
     */
    ErrorReport(Terminal terminal, boolean trace) {
        this.terminal = terminal;
        this.trace = trace;
    }

    /** Reports the failure and returns the exit code that stands for it. */
    int report(Throwable failure) {
        // What was printed so far comes first, also where both streams end in one terminal.
        terminal.out().flush();
        int code = explain(failure);
        if (trace) {
            failure.printStackTrace(terminal.err());
        }
        return code;
    }

    /** Reports that standard output could not be written. */
    int lostOutput(String fault) {
        print("cannot write to standard output: " + fault, null);
        return ExitCode.UNEXPECTED;
    }

    private int explain(Throwable failure) {
        if (failure instanceof RefusedException refused) {
            print(text(refused), refused.hint());
            return ExitCode.REFUSED;
        }
        if (failure instanceof InterruptedAppendException interrupted) {
            print(text(interrupted.failure()), text(interrupted));
            return exitCode(interrupted.failure().code());
        }
        if (failure instanceof StorageException storage) {
            print(text(storage), hint(storage.code()));
            return exitCode(storage.code());
        }
        if (failure instanceof OutOfMemoryError) {
            print("out of memory.", "Give it more: JAVA_TOOL_OPTIONS=-Xmx4g");
            return ExitCode.UNEXPECTED;
        }
        // The message of an exception that nobody foresaw may hold anything, secrets included.
        print("unexpected fault: " + failure.getClass().getSimpleName() + ".", TRACE_HINT);
        return ExitCode.UNEXPECTED;
    }

    static int exitCode(ErrorCode code) {
        return switch (code) {
            case INVALID_OPTIONS -> ExitCode.OPTIONS;
            case UNAVAILABLE, BUSY, OUTCOME_UNKNOWN -> ExitCode.UNAVAILABLE;
            case SCHEMA -> ExitCode.SCHEMA;
            case NOT_FOUND, ALREADY_EXISTS, REFERENCE, CONFLICT, INVALID_VALUE, ACCESS_DENIED ->
                    ExitCode.REFUSED;
            case CLOSED, TRANSACTION, INTERNAL -> ExitCode.UNEXPECTED;
        };
    }

    private @Nullable String hint(ErrorCode code) {
        return switch (code) {
            case INVALID_OPTIONS ->
                    "The environment says which database to open; '"
                            + terminal.command()
                            + " --help' shows how.";
            case OUTCOME_UNKNOWN -> "'" + terminal.command() + " sessions' shows what is there.";
            case BUSY -> "Nothing was written; try again.";
            case NOT_FOUND -> "'" + terminal.command() + " sessions' lists what there is.";
            case INTERNAL, CLOSED, TRANSACTION -> TRACE_HINT;
            default -> null;
        };
    }

    private void print(String message, @Nullable String hint) {
        PrintStream err = terminal.err();
        Iterator<String> lines = message.lines().iterator();
        err.println(terminal.style().red("storage:") + " " + Printable.line(lines.next()));
        lines.forEachRemaining(line -> err.println("  " + Printable.line(line)));
        if (hint != null) {
            err.println("  " + Printable.line(hint));
        }
    }

    /** The library's advice on a lost reply is for a program; a person gets one to follow. */
    private static String text(Throwable failure) {
        if (failure instanceof OutcomeUnknownException) {
            return "The database was lost before it confirmed a change; it may have been made.";
        }
        String message = failure.getMessage();
        return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
    }
}
