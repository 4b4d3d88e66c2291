package io.twinstore.storage.cli;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/**
 * Passes a stream on to a parser and keeps the stretch that the parser is working on, so that its
 * exact bytes can be had afterwards.
 */
final class SourceWindow extends FilterInputStream {

    private final int limit;
    private byte[] kept = new byte[1 << 14];
    private long start;
    private int length;

    /**
     * @param limit how many bytes to keep at most
     */
    SourceWindow(InputStream in, int limit) {
        super(in);
        this.limit = limit;
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int wanted) throws IOException {
        int count = in.read(bytes, offset, wanted);
        if (count > 0) {
            keep(bytes, offset, count);
        }
        return count;
    }

    /** Forgets everything before this offset from the start of the stream. */
    void discardBefore(long offset) {
        int gone = Math.toIntExact(offset - start);
        System.arraycopy(kept, gone, kept, 0, length - gone);
        start = offset;
        length -= gone;
    }

    /** Returns the bytes from one offset to another, the second excluded. */
    byte[] slice(long from, long to) {
        return Arrays.copyOfRange(kept, Math.toIntExact(from - start), Math.toIntExact(to - start));
    }

    /** Returns everything that was read and not forgotten. */
    byte[] rest() {
        return Arrays.copyOf(kept, length);
    }

    private void keep(byte[] bytes, int offset, int count) throws IOException {
        if (length + count > limit) {
            throw new FullException();
        }
        if (length + count > kept.length) {
            long doubled = Math.min(limit, kept.length * 2L);
            kept = Arrays.copyOf(kept, (int) Math.max(length + count, doubled));
        }
        System.arraycopy(bytes, offset, kept, length, count);
        length += count;
    }

    /** The parser would need more of the source at once than the window keeps. */
    static final class FullException extends IOException {

        private static final long serialVersionUID = 1L;
    }
}
