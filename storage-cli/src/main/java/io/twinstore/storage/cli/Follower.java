package io.twinstore.storage.cli;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.Json;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A second process that follows a session with {@code storage tail}, as another terminal would. */
final class Follower implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final CompletableFuture<Boolean> following = new CompletableFuture<>();
    private final CompletableFuture<List<Sighting>> seen = new CompletableFuture<>();

    /**
     * A message that the other process told of.
     *
     * @param sequence its sequence
     * @param nanos when, by this process's clock
     */
    record Sighting(long sequence, long nanos) {}

    private Follower(Process process) {
        this.process = process;
    }

    /** Starts following; returns once the other process does. */
    static Follower of(Terminal terminal, SessionId session, long messages) {
        ProcessBuilder builder = new ProcessBuilder(command(terminal, session, messages));
        builder.environment().clear();
        builder.environment().putAll(terminal.environment());
        try {
            Follower follower = new Follower(builder.start());
            Thread reader = new Thread(follower::read, "follower");
            reader.setDaemon(true);
            reader.start();
            follower.await(follower.following);
            return follower;
        } catch (IOException e) {
            throw new StorageException(
                    ErrorCode.INTERNAL, "A second process cannot be started: " + e.getMessage(), e);
        }
    }

    private static List<String> command(Terminal terminal, SessionId session, long messages) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xlog:disable"));
        command.add("--enable-native-access=ALL-UNNAMED");
        String archive = terminal.environment().getOrDefault("STORAGE_ARCHIVE", "");
        if (!archive.isEmpty()) {
            command.add("-XX:SharedArchiveFile=" + archive);
        }
        String temporary = System.getProperty("org.sqlite.tmpdir");
        if (temporary != null) {
            command.add("-Dorg.sqlite.tmpdir=" + temporary);
        }
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(StorageCommand.class.getName());
        command.addAll(List.of("tail", session.value(), "--from", "1"));
        command.addAll(List.of("--count", Long.toString(messages)));
        command.addAll(List.of("--json", "--brief", "--until-eof"));
        return command;
    }

    private void read() {
        List<Sighting> sightings = new ArrayList<>();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                long now = System.nanoTime();
                if (!following.complete(true)) {
                    Json.of(line)
                            .at("/sequence")
                            .map(sequence -> new Sighting(Long.parseLong(sequence.text()), now))
                            .ifPresent(sightings::add);
                }
            }
            following.complete(false);
            seen.complete(sightings);
        } catch (IOException e) {
            following.completeExceptionally(e);
            seen.completeExceptionally(e);
        }
    }

    /** Waits until the other process has told of every message, and returns what it told. */
    List<Sighting> sightings() {
        return await(seen);
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            T value = answer.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
            if (Boolean.FALSE.equals(value)) {
                throw failed("ended: " + errors());
            }
            return value;
        } catch (TimeoutException e) {
            throw failed("did not see every message within " + PATIENCE.toSeconds() + " s.");
        } catch (ExecutionException e) {
            throw failed("cannot be read: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw failed("was interrupted.");
        }
    }

    private String errors() {
        try {
            return new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static StorageException failed(String what) {
        return new StorageException(
                ErrorCode.INTERNAL, "The process that follows the session " + what);
    }

    /** Ends the other process, should it still be there. */
    @Override
    public void close() {
        process.destroy();
    }
}
