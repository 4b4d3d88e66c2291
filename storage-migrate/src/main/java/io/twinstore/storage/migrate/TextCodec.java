package io.twinstore.storage.migrate;

import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Text as it is. What PostgreSQL's text cannot hold, NUL and bytes that are no UTF-8, is replaced
 * by U+FFFD; a number stands as its digits; a blob as nothing.
 */
enum TextCodec implements Codec {
    TEXT;

    private static final int CHUNK = 8192;

    @Override
    public String label() {
        return "text";
    }

    @Override
    public String type() {
        return "text collate \"C\"";
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        return switch (cell.kind()) {
            case TEXT -> holdable(cell.bytes());
            case INTEGER -> Long.toString(cell.asLong()).getBytes(StandardCharsets.US_ASCII);
            case REAL -> Double.toString(cell.asDouble()).getBytes(StandardCharsets.US_ASCII);
            default -> null;
        };
    }

    @Override
    public Cell read(byte[] field) {
        return Cell.of(Cell.Kind.TEXT, field);
    }

    private static byte[] holdable(byte[] text) {
        return isHoldable(text)
                ? text
                : new String(text, StandardCharsets.UTF_8)
                        .replace('\0', '\ufffd')
                        .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether these bytes are UTF-8 without NUL. */
    static boolean isHoldable(byte[] text) {
        int plain = 0;
        while (plain < text.length && text[plain] > 0) {
            plain++;
        }
        if (plain == text.length) {
            return true;
        }
        for (byte b : text) {
            if (b == 0) {
                return false;
            }
        }
        return isUtf8(ByteBuffer.wrap(text, plain, text.length - plain));
    }

    /** In pieces: the whole text as a string would take twice its room. */
    private static boolean isUtf8(ByteBuffer text) {
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        CharBuffer piece = CharBuffer.allocate(CHUNK);
        while (true) {
            CoderResult result = decoder.decode(text, piece.clear(), true);
            if (!result.isOverflow()) {
                return !result.isError();
            }
        }
    }
}
