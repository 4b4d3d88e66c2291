package io.twinstore.storage.integration.histories;

import io.twinstore.storage.PostgresOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * A PostgreSQL server of its own, with fsync on, that can be killed with all its processes and
 * started again on the same data and port. For one thread.
 */
public final class KillableServer implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(20);
    private static final int ATTEMPTS = 5;

    private final Path data;
    private final Path log;
    private final int port;
    private EmbeddedPostgres server;

    /**
     * Starts a server.
     *
     * @param folder an empty folder for its data
     */
    public KillableServer(Path folder) throws IOException {
        data = folder.resolve("data");
        log = folder.resolve("server.log");
        port = freePort();
        server = started();
    }

    /**
     * Returns a port that is free and that no client is given for its own end: one that tries to
     * reach a server that is down may be given the server's.
     */
    private static int freePort() throws IOException {
        Random random = new Random();
        while (true) {
            int candidate = 20_000 + random.nextInt(10_000);
            try (ServerSocket free =
                    new ServerSocket(candidate, 1, InetAddress.getLoopbackAddress())) {
                return free.getLocalPort();
            } catch (BindException e) {
                // Somebody has it; there are others.
            }
        }
    }

    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                // After a crash it syncs its whole folder first, which a busy disk makes long.
                .setPGStartupWait(STARTUP)
                .setOutputRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setErrorRedirector(ProcessBuilder.Redirect.appendTo(log.toFile()))
                .setServerConfig("max_connections", "100")
                // The library passes -F, which comes before this and is undone by it.
                .setServerConfig("fsync", "on")
                .setServerConfig("synchronous_commit", "on")
                // The lock of a socket in the file system would outlive the server.
                .setServerConfig("unix_socket_directories", "")
                .start();
    }

    /** Returns how to connect to the server. */
    public PostgresOptions options() {
        return PostgresOptions.builder()
                .host("127.0.0.1")
                .port(port)
                .database("postgres")
                .user("postgres")
                .build();
    }

    /** Kills the server with SIGKILL, first the process that would start others. */
    public void kill() throws IOException {
        Path pidFile = data.resolve("postmaster.pid");
        long pid = Long.parseLong(Files.readAllLines(pidFile).get(0).strip());
        ProcessHandle first = ProcessHandle.of(pid).orElseThrow();
        List<ProcessHandle> all = new ArrayList<>(List.of(first));
        all.addAll(first.descendants().toList());
        all.forEach(ProcessHandle::destroyForcibly);
        all.forEach(process -> process.onExit().orTimeout(10, TimeUnit.SECONDS).join());
        // Its number may belong to another process by now, which a new server would mistake for it.
        Files.delete(pidFile);
    }

    /** Starts the server again after {@link #kill}; it recovers what was committed. */
    public void restart() throws IOException {
        server.close();
        for (int attempt = 1; ; attempt++) {
            try {
                server = started();
                return;
            } catch (IOException e) {
                // A process that the killed one had just started may still hold its memory.
                if (attempt == ATTEMPTS) {
                    throw new IOException("The server does not start; see " + log + ".", e);
                }
                // The library still holds this file's lock, of the server that did not start.
                Files.deleteIfExists(data.resolve("epg-lock"));
            }
        }
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
