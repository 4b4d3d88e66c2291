package io.twinstore.storage.cli;

import io.twinstore.storage.Json;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A conversation to append: a file of the user's, or the sample that comes with the command. */
final class TranscriptSource {

    private static final String SAMPLE = "sample-conversation.json";

    private final String name;
    private final @Nullable Path file;

    private TranscriptSource(String name, @Nullable Path file) {
        this.name = name;
        this.file = file;
    }

    /** Returns the sample conversation. */
    static TranscriptSource sample() {
        return new TranscriptSource("the sample conversation", null);
    }

    /** Returns the conversation in this file; nothing is opened yet. */
    static TranscriptSource file(Path file) {
        return new TranscriptSource(file.toString(), file);
    }

    /** Returns what to call it. */
    String name() {
        return name;
    }

    /**
     * Reads it from end to end without keeping anything.
     *
     * @throws RefusedException when it is not a JSON array of messages that can be kept
     */
    Summary check() {
        long[] sums = new long[3];
        forEach(
                message -> {
                    sums[0]++;
                    sums[1] += message.utf8Length();
                    sums[2] = Math.max(sums[2], message.utf8Length());
                });
        return new Summary(sums[0], sums[1], sums[2]);
    }

    /**
     * Hands over each message in order, one at a time.
     *
     * @throws RefusedException as {@link #check} does; what came before was handed over by then
     */
    void forEach(Consumer<Json> consumer) {
        try (InputStream in = open();
                TranscriptReader reader = new TranscriptReader(name, in)) {
            for (Json message = reader.next(); message != null; message = reader.next()) {
                consumer.accept(message);
            }
        } catch (AccessDeniedException e) {
            throw refused(
                    " cannot be read: permission denied.", "Looked for " + absolute() + ".", e);
        } catch (NoSuchFileException e) {
            throw refused(" does not exist.", "Looked for " + absolute() + ".", e);
        } catch (FileSystemException e) {
            String reason = Objects.toString(e.getReason(), "the system does not say why");
            throw refused(" cannot be read: " + reason + ".", "Looked for " + absolute() + ".", e);
        } catch (IOException e) {
            throw refused(" cannot be read: " + e.getMessage(), "Try another file.", e);
        }
    }

    private InputStream open() throws IOException {
        if (file == null) {
            return Objects.requireNonNull(
                    TranscriptSource.class.getResourceAsStream(SAMPLE), SAMPLE);
        }
        if (Files.isDirectory(file)) {
            throw refused(" is a directory.", "Name a JSON file in it.", null);
        }
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            throw refused(
                    " is not a regular file.",
                    "It is read twice, once to check it; save it to a file first.",
                    null);
        }
        return Files.newInputStream(file);
    }

    private String absolute() {
        return file == null ? name : file.toAbsolutePath().normalize().toString();
    }

    private RefusedException refused(String problem, String hint, @Nullable Throwable cause) {
        return new RefusedException(name + problem, hint, cause);
    }

    /**
     * What a check found.
     *
     * @param messages how many messages there are
     * @param bytes their length together, in bytes of UTF-8
     * @param longest the length of the longest
     */
    record Summary(long messages, long bytes, long longest) {}
}
