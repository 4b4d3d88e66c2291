package io.twinstore.storage.integration.histories;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A Java process of the same class path that is told what to do line by line, and answers so. */
final class ChildProcess implements AutoCloseable {

    private static final String END = "(it ended)";

    private final String name;
    private final Path errors;
    private final Process process;
    private final BlockingQueue<String> said = new LinkedBlockingQueue<>();

    /**
     * Starts the process.
     *
     * @param folder for what it writes to its standard error, and for libraries that a killed
     *     process leaves
     */
    ChildProcess(
            Path folder,
            String name,
            Map<String, String> environment,
            Class<?> main,
            List<?> arguments)
            throws IOException {
        this.name = name;
        this.errors = folder.resolve(name + ".err");
        List<String> command =
                new ArrayList<>(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx256m",
                                "-XX:+UseSerialGC",
                                // A process that is killed soon has no use for a better compiler.
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.sqlite.tmpdir=" + folder,
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                System.getProperty("java.class.path"),
                                main.getName()));
        arguments.forEach(argument -> command.add(argument.toString()));
        ProcessBuilder builder = new ProcessBuilder(command).redirectError(errors.toFile());
        builder.environment().putAll(environment);
        process = builder.start();
        Thread listener = new Thread(this::listen, "listen to " + name);
        listener.setDaemon(true);
        listener.start();
    }

    private void listen() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                said.add(line);
            }
        } catch (IOException e) {
            // Killed.
        }
        said.add(END);
    }

    /** Tells it a line. */
    void tell(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(trouble("does not listen"), e);
        }
    }

    /**
     * Returns what it says next, or null when it says nothing in this time.
     *
     * @throws IllegalStateException when it has ended though nobody killed it
     */
    @Nullable String hear(Duration patience) throws InterruptedException {
        String line = said.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (END.equals(line)) {
            throw new IllegalStateException(trouble("ended"));
        }
        return line;
    }

    /** Waits until it says this. */
    void await(String word, Duration patience) throws InterruptedException {
        String line = hear(patience);
        if (!word.equals(line)) {
            throw new IllegalStateException(
                    trouble("should have said '" + word + "' and said '" + line + "'"));
        }
    }

    /** Complains when it has failed. */
    void requireAlive() {
        if (!process.isAlive() && process.exitValue() != 0) {
            throw new IllegalStateException(trouble("failed"));
        }
    }

    private String trouble(String what) {
        try {
            return name + " " + what + ": " + Files.readString(errors).strip();
        } catch (IOException e) {
            return name + " " + what + "; " + e;
        }
    }

    /** Kills it with SIGKILL and waits until it is gone. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
