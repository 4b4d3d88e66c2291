package io.twinstore.storage.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A counter that threads, and through a file processes of one machine, count together; a killed
 * process leaves it as it was.
 *
 * <p>As a clock it tells more than instants do: each number is handed out by one atomic addition to
 * one place in memory, so a call that took its last number before another took its first was over
 * before that one began, whatever the processes' own clocks say, and no two numbers tie.
 */
public final class SharedCounter {

    private static final VarHandle LONG =
            MethodHandles.byteBufferViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private final ByteBuffer memory;

    private SharedCounter(ByteBuffer memory) {
        this.memory = memory;
    }

    /** Returns a counter of this process that stands at 0. */
    public static SharedCounter inMemory() {
        return new SharedCounter(ByteBuffer.allocateDirect(Long.BYTES));
    }

    /** Returns the counter in this file, which is made where there is none and then stands at 0. */
    public static SharedCounter in(Path file) {
        try (FileChannel channel =
                FileChannel.open(
                        file,
                        StandardOpenOption.CREATE,
                        StandardOpenOption.READ,
                        StandardOpenOption.WRITE)) {
            return new SharedCounter(channel.map(FileChannel.MapMode.READ_WRITE, 0, Long.BYTES));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Counts one up and returns the number, which nobody else is given; the first is 1. */
    public long next() {
        return add(1);
    }

    /** Counts up by this much and returns where it stands then. */
    public long add(long by) {
        return (long) LONG.getAndAdd(memory, 0, by) + by;
    }

    /** Returns where it stands. */
    public long get() {
        return (long) LONG.getVolatile(memory, 0);
    }
}
