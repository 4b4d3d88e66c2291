package io.twinstore.storage.migrate;

import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Text as it is. What PostgreSQL's text cannot hold, NUL and bytes that are no UTF-8, is replaced
 * by U+FFFD; a number stands as its digits; a blob as nothing.
 */
enum TextCodec implements Codec {
    TEXT;

    private static final int CHUNK = 8192;
    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long LOW_BITS = 0x0101010101010101L;
    private static final long HIGH_BITS = 0x8080808080808080L;

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

    @Override
    public String lengthSql(String column) {
        return "octet_length(" + column + ")";
    }

    @Override
    public String bytesSql(String column) {
        return "convert_to(" + column + ", 'UTF8')";
    }

    @Override
    public @Nullable LargeBytes writeLarge(Cell.Kind kind, LargeBytes cell)
            throws SQLException, IOException {
        return kind == Cell.Kind.TEXT ? HoldableText.of(cell) : null;
    }

    @Override
    public Cell readLarge(LargeBytes field) {
        return Cell.large(Cell.Kind.TEXT, field);
    }

    private static byte[] holdable(byte[] text) {
        return isHoldable(text)
                ? text
                : new String(text, StandardCharsets.UTF_8)
                        .replace('\0', '\ufffd')
                        .getBytes(StandardCharsets.UTF_8);
    }

    /** Returns whether a text is UTF-8 without NUL. */
    static boolean isHoldable(Cell text) {
        LargeBytes large = text.large();
        try {
            return large == null ? isHoldable(text.bytes()) : HoldableText.isHoldable(large);
        } catch (SQLException | IOException e) {
            throw new LargeBytes.Unread(e);
        }
    }

    /** Returns whether these bytes are. */
    static boolean isHoldable(byte[] text) {
        int plain = plainBytes(text);
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

    /** Returns how many bytes of ASCII, but NUL, it begins with; eight are looked at together. */
    private static int plainBytes(byte[] text) {
        int at = 0;
        while (at + Long.BYTES <= text.length) {
            long eight = (long) EIGHT.get(text, at);
            // The high bit of a byte is set by what is no ASCII, and by the borrow that NUL needs.
            if (((eight | eight - LOW_BITS) & HIGH_BITS) != 0) {
                break;
            }
            at += Long.BYTES;
        }
        while (at < text.length && text[at] > 0) {
            at++;
        }
        return at;
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
