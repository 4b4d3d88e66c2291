package io.twinstore.storage.integration.histories;

import io.twinstore.storage.PostgresOptions;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A PostgreSQL server of its own, with fsync on, that can be killed with all its processes and
 * started again on the same data and port. For one thread.
 */
public final class KillableServer implements AutoCloseable {

    private static final Duration STARTUP = Duration.ofSeconds(60);

    private final Path data;
    private final int port;
    private EmbeddedPostgres server;

    /**
     * Starts a server.
     *
     * @param folder an empty folder for its data
     */
    public KillableServer(Path folder) throws IOException {
        data = folder.resolve("data");
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        server = started();
    }

    private EmbeddedPostgres started() throws IOException {
        return EmbeddedPostgres.builder()
                .setDataDirectory(data)
                .setCleanDataDirectory(false)
                .setPort(port)
                // After a crash it syncs its whole folder first, which a busy disk makes long.
                .setPGStartupWait(STARTUP)
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
        // Nobody may have reaped them yet, which a new server would take for a running one.
        Files.delete(pidFile);
    }

    /** Starts the server again after {@link #kill}; it recovers what was committed. */
    public void restart() throws IOException {
        server.close();
        server = started();
    }

    @Override
    public void close() throws IOException {
        server.close();
    }
}
