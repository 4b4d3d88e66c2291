package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * An empty file by which one process at a time holds what is named after it. The operating system
 * lets it go when the process ends, however that be. The file stays: removing it would let two
 * processes hold it, the one the old file and the other a new one.
 */
final class HeldFile implements AutoCloseable {

    private final FileChannel channel;

    private HeldFile(FileChannel channel) {
        this.channel = channel;
    }

    /**
     * @throws MigrationException when another process or thread holds it
     */
    static HeldFile take(Path file, String busy) throws IOException {
        FileChannel channel =
                FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        try {
            if (locked(channel) == null) {
                throw new MigrationException(ErrorCode.BUSY, busy);
            }
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
        return new HeldFile(channel);
    }

    private static @Nullable FileLock locked(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** Lets it go. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
