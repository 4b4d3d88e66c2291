package io.twinstore.storage.jdbi;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;

/**
 * Writes and reads cursors: version, digest of the query, and the sort key of the last item, all as
 * text.
 *
 * <p>The digest binds a cursor to its list and filter, and shows damage; it is no secret and no
 * proof of origin, since a cursor grants nothing that the query does not.
 */
final class Cursors {

    private static final byte VERSION = 1;
    private static final int DIGEST_BYTES = 12;
    private static final String BOUND = "a cursor that this list handed out, for the same query";

    private final String query;

    /**
     * @param query says which list and filter, in a form that is the same in every adapter
     */
    Cursors(String query) {
        this.query = query;
    }

    Cursor write(String... key) {
        byte[] fields = String.join("\0", key).getBytes(StandardCharsets.UTF_8);
        ByteBuffer buffer = ByteBuffer.allocate(1 + DIGEST_BYTES + fields.length);
        buffer.put(VERSION).put(digest(fields)).put(fields);
        return Cursor.of(Base64.getUrlEncoder().withoutPadding().encodeToString(buffer.array()));
    }

    /**
     * Returns the sort key that {@link #write} was given.
     *
     * @throws InvalidValueException when the cursor is malformed, damaged, or of another list or
     *     filter
     */
    Key read(Cursor cursor) {
        byte[] bytes = decode(cursor);
        if (bytes.length <= DIGEST_BYTES || bytes[0] != VERSION) {
            throw refused(cursor);
        }
        byte[] fields = Arrays.copyOfRange(bytes, 1 + DIGEST_BYTES, bytes.length);
        if (!Arrays.equals(digest(fields), Arrays.copyOfRange(bytes, 1, 1 + DIGEST_BYTES))) {
            throw refused(cursor);
        }
        return new Key(cursor, List.of(new String(fields, StandardCharsets.UTF_8).split("\0", -1)));
    }

    /**
     * The sort key of the last item before the page. Whoever forged one gets the error of a
     * malformed cursor.
     */
    record Key(Cursor cursor, List<String> fields) {

        String text(int field) {
            if (field >= fields.size()) {
                throw refused(cursor);
            }
            return fields.get(field);
        }

        Instant time(int field) {
            try {
                return MicroClock.bound(Instant.parse(text(field)));
            } catch (DateTimeParseException e) {
                throw refused(cursor);
            }
        }

        long number(int field) {
            try {
                return Long.parseLong(text(field));
            } catch (NumberFormatException e) {
                throw refused(cursor);
            }
        }
    }

    private static byte[] decode(Cursor cursor) {
        try {
            return Base64.getUrlDecoder().decode(cursor.token());
        } catch (IllegalArgumentException e) {
            throw refused(cursor);
        }
    }

    private static InvalidValueException refused(Cursor cursor) {
        return new InvalidValueException("cursor", BOUND, cursor.token());
    }

    private byte[] digest(byte[] fields) {
        try {
            MessageDigest sha = MessageDigest.getInstance("SHA-256");
            sha.update(query.getBytes(StandardCharsets.UTF_8));
            sha.update((byte) 0);
            return Arrays.copyOf(sha.digest(fields), DIGEST_BYTES);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
