package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Where clients note what they do: in memory, or in a folder that several processes of one machine
 * share, each client in a file of its own.
 *
 * <p>Thread-safe; each {@link ClientRecorder} is for one thread.
 */
public final class Recording {

    private static final String CLOCK = "clock";
    private static final String LOG = ".log";

    private final @Nullable Path folder;
    private final List<SessionId> sessions;
    private final Map<SessionId, Integer> numbers = new HashMap<>();
    private final Map<Integer, List<ByteBuffer>> logs = new ConcurrentHashMap<>();
    private final SharedCounter clock;

    private Recording(@Nullable Path folder, List<SessionId> sessions, SharedCounter clock) {
        this.folder = folder;
        this.sessions = List.copyOf(sessions);
        this.clock = clock;
        for (SessionId session : sessions) {
            numbers.put(session, numbers.size());
        }
    }

    /** Returns a recording of this process, of what happens to these sessions. */
    public static Recording inMemory(List<SessionId> sessions) {
        return new Recording(null, sessions, SharedCounter.inMemory());
    }

    /**
     * Returns the recording in this folder, which is there already.
     *
     * @param sessions the sessions, the same in the same order in every process
     */
    public static Recording in(Path folder, List<SessionId> sessions) {
        return new Recording(folder, sessions, SharedCounter.in(folder.resolve(CLOCK)));
    }

    /**
     * Returns where a new client notes what it does.
     *
     * @param client its number, which no other client of the recording has, of any process
     * @throws IllegalArgumentException when there is such a client already
     */
    public ClientRecorder client(int client) {
        List<ByteBuffer> chunks = new CopyOnWriteArrayList<>();
        if (logs.putIfAbsent(client, chunks) != null) {
            throw new IllegalArgumentException("There is a client " + client + " already.");
        }
        if (folder == null) {
            return new ClientRecorder(client, numbers, clock, () -> nextOf(chunks));
        }
        Path file = file(folder, client);
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException("Client " + client + " has no new file.", e);
        }
        return new ClientRecorder(client, numbers, clock, () -> nextOf(file));
    }

    private static Path file(Path folder, int client) {
        return folder.resolve(client + LOG);
    }

    private static ByteBuffer nextOf(List<ByteBuffer> chunks) {
        ByteBuffer chunk = ByteBuffer.allocateDirect(LogFormat.CHUNK);
        chunks.add(chunk);
        return chunk;
    }

    private static ByteBuffer nextOf(Path file) {
        try (FileChannel channel =
                FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
            return channel.map(FileChannel.MapMode.READ_WRITE, channel.size(), LogFormat.CHUNK);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Returns what all clients noted so far. */
    public History history() {
        List<AppendOperation> appends = new ArrayList<>();
        List<ReadOperation> reads = new ArrayList<>();
        if (folder == null) {
            logs.forEach(
                    (client, chunks) -> {
                        LogReader reader = new LogReader(client, sessions, appends, reads);
                        chunks.forEach(reader::read);
                    });
            return new History(appends, reads);
        }
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.filter(Recording::isLog).sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                int client = Integer.parseInt(name.substring(0, name.length() - LOG.length()));
                readFile(file, new LogReader(client, sessions, appends, reads));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new History(appends, reads);
    }

    /** Returns what this client noted so far, in this process or in another. */
    public History history(int client) {
        List<AppendOperation> appends = new ArrayList<>();
        List<ReadOperation> reads = new ArrayList<>();
        LogReader reader = new LogReader(client, sessions, appends, reads);
        if (folder == null) {
            logs.getOrDefault(client, List.of()).forEach(reader::read);
        } else if (Files.exists(file(folder, client))) {
            readFile(file(folder, client), reader);
        }
        return new History(appends, reads);
    }

    private static boolean isLog(Path file) {
        return file.toString().endsWith(LOG);
    }

    private static void readFile(Path file, LogReader reader) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            for (long at = 0; at < channel.size(); at += LogFormat.CHUNK) {
                reader.read(channel.map(FileChannel.MapMode.READ_ONLY, at, LogFormat.CHUNK));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
