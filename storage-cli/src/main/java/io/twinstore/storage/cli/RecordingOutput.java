package io.twinstore.storage.cli;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Remembers the first failure of a stream, which {@link java.io.PrintStream} would forget.
 *
 * <p>A reader that left early ({@code | head}) is no fault; a full disk is one. After a failure
 * nothing is passed on any more.
 */
final class RecordingOutput extends FilterOutputStream {

    private @Nullable IOException failure;

    RecordingOutput(OutputStream out) {
        super(out);
    }

    @Override
    public void write(int b) throws IOException {
        write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        attempt(() -> out.write(bytes, offset, length));
    }

    @Override
    public void flush() throws IOException {
        attempt(out::flush);
    }

    /** Returns whether something could not be written. */
    boolean failed() {
        return failure != null;
    }

    /** Returns what went wrong, or null when nothing did or the reader had merely seen enough. */
    @Nullable String fault() {
        String message = failure == null ? null : String.valueOf(failure.getMessage());
        return message == null || isClosedPipe(message) ? null : message;
    }

    private static boolean isClosedPipe(String message) {
        String lower = message.toLowerCase(Locale.ROOT);
        return lower.contains("broken pipe") || lower.contains("the pipe ");
    }

    private void attempt(Write write) throws IOException {
        if (failure != null) {
            throw failure;
        }
        try {
            write.run();
        } catch (IOException e) {
            failure = e;
            throw e;
        }
    }

    private interface Write {
        void run() throws IOException;
    }
}
