package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.io.IOException;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of a large cell, which stay in their database and are read piece by piece, as often as
 * they are asked for: however large a cell is, memory holds some megabytes of it. They can be read
 * as long as the connection is open and nothing else is read from it in the same moment.
 */
abstract class LargeBytes {

    /** A cell of more bytes is large. */
    static final int LARGE = 1 << 20;

    private final int length;
    private byte @Nullable [] sha256;

    LargeBytes(int length) {
        this.length = length;
    }

    /** What is done with each piece. */
    interface OnPiece {
        void take(byte[] piece) throws SQLException, IOException;
    }

    /** A database failed, or lost the cell, while its bytes were read. */
    static final class Unread extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Unread(Exception cause) {
            super(cause);
        }

        /** Throws why they could not be read. */
        Unread thrown() throws SQLException, IOException {
            if (getCause() instanceof SQLException sql) {
                throw sql;
            }
            if (getCause() instanceof IOException io) {
                throw io;
            }
            return this;
        }
    }

    int length() {
        return length;
    }

    /** Reads the bytes from one position to another, in order. */
    protected abstract void read(int from, int to, OnPiece work) throws SQLException, IOException;

    /**
     * Gives all bytes to the work, in order, and takes their digest meanwhile.
     *
     * @throws MigrationException when they are not there any more
     */
    void each(OnPiece work) throws SQLException, IOException {
        MessageDigest digest = sha256 == null ? CellList.sha256() : null;
        each(
                0,
                length,
                piece -> {
                    if (digest != null) {
                        digest.update(piece);
                    }
                    work.take(piece);
                });
        if (digest != null) {
            sha256 = digest.digest();
        }
    }

    private void each(int from, int to, OnPiece work) throws SQLException, IOException {
        int[] left = {to - from};
        read(
                from,
                to,
                piece -> {
                    left[0] -= piece.length;
                    work.take(piece);
                });
        if (left[0] != 0) {
            throw new MigrationException(
                    ErrorCode.CONFLICT,
                    "A row was changed while it was read. Stop the application that writes it, and"
                            + " do it again.");
        }
    }

    /**
     * Does the same where nothing else can be thrown.
     *
     * @throws Unread when they cannot be read
     */
    void eachOrUnread(OnPiece work) {
        try {
            each(work);
        } catch (SQLException | IOException e) {
            throw new Unread(e);
        }
    }

    /** Returns the digest of all bytes; reads them only the first time. */
    byte[] sha256() {
        if (sha256 == null) {
            eachOrUnread(piece -> {});
        }
        return sha256 == null ? new byte[0] : sha256;
    }

    /** Returns all bytes, for what cannot do with pieces of them. */
    byte[] whole() {
        byte[] whole = new byte[length];
        int[] at = {0};
        eachOrUnread(
                piece -> {
                    System.arraycopy(piece, 0, whole, at[0], piece.length);
                    at[0] += piece.length;
                });
        return whole;
    }

    /** Returns the first of them. */
    byte[] head(int bytes) throws SQLException, IOException {
        byte[][] head = {new byte[0]};
        each(0, Math.min(bytes, length), piece -> head[0] = joined(head[0], piece));
        return head[0];
    }

    static byte[] joined(byte[] one, byte[] other) {
        if (one.length == 0) {
            return other;
        }
        byte[] both = Arrays.copyOf(one, one.length + other.length);
        System.arraycopy(other, 0, both, one.length, other.length);
        return both;
    }

    /** Returns a part of these as bytes of their own. */
    LargeBytes part(int from, int to) {
        LargeBytes all = this;
        return new LargeBytes(to - from) {
            @Override
            protected void read(int partFrom, int partTo, OnPiece work)
                    throws SQLException, IOException {
                all.read(from + partFrom, from + partTo, work);
            }
        };
    }
}
