package io.twinstore.storage.migrate;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.util.Arrays;

/**
 * A large text as PostgreSQL's text can hold it: U+FFFD in the place of NUL and of bytes that are
 * no UTF-8, replaced piece by piece.
 */
final class HoldableText extends LargeBytes {

    private static final char NUL_STANDS_AS = '\ufffd';
    private static final int CHUNK = 8192;

    private final LargeBytes text;

    private HoldableText(LargeBytes text, int length) {
        super(length);
        this.text = text;
    }

    /** Returns the text itself where it can be held. */
    static LargeBytes of(LargeBytes text) throws SQLException, IOException {
        if (isHoldable(text)) {
            return text;
        }
        long[] length = {0};
        new HoldableText(text, 0).replaced(piece -> length[0] += piece.length);
        return new HoldableText(text, Math.toIntExact(length[0]));
    }

    /** Returns whether it is UTF-8 without NUL. */
    static boolean isHoldable(LargeBytes text) throws SQLException, IOException {
        Decoding decoding = new Decoding(CodingErrorAction.REPORT);
        boolean[] holdable = {true};
        text.each(
                piece ->
                        holdable[0] =
                                holdable[0]
                                        && decoding.decode(piece, false, chars -> !hasNul(chars)));
        return holdable[0] && decoding.decode(new byte[0], true, chars -> true);
    }

    private static boolean hasNul(CharBuffer chars) {
        for (int i = 0; i < chars.length(); i++) {
            if (chars.get(i) == 0) {
                return true;
            }
        }
        return false;
    }

    /** Reads from the beginning always: where a piece of the original begins is not known. */
    @Override
    protected void read(int from, int to, OnPiece work) throws SQLException, IOException {
        int[] at = {0};
        replaced(
                piece -> {
                    int begin = Math.max(from - at[0], 0);
                    int end = Math.min(to - at[0], piece.length);
                    if (begin < end) {
                        work.take(Arrays.copyOfRange(piece, begin, end));
                    }
                    at[0] += piece.length;
                });
    }

    private void replaced(OnPiece work) throws SQLException, IOException {
        Decoding decoding = new Decoding(CodingErrorAction.REPLACE);
        text.each(piece -> decoding.decode(piece, false, chars -> taken(chars, work)));
        decoding.decode(new byte[0], true, chars -> taken(chars, work));
    }

    private static boolean taken(CharBuffer chars, OnPiece work) throws SQLException, IOException {
        ByteBuffer bytes =
                StandardCharsets.UTF_8.encode(
                        CharBuffer.wrap(chars.toString().replace('\0', NUL_STANDS_AS)));
        byte[] piece = new byte[bytes.remaining()];
        bytes.get(piece);
        work.take(piece);
        return true;
    }

    /** Decodes UTF-8 whose characters may lie across two pieces. */
    private static final class Decoding {

        private final CharsetDecoder decoder;
        private final CharBuffer chars = CharBuffer.allocate(CHUNK);
        private byte[] begun = new byte[0];

        Decoding(CodingErrorAction onError) {
            decoder =
                    StandardCharsets.UTF_8
                            .newDecoder()
                            .onMalformedInput(onError)
                            .onUnmappableCharacter(onError);
        }

        /** What is done with the characters; false ends it. */
        interface OnChars {
            boolean take(CharBuffer chars) throws SQLException, IOException;
        }

        /** Returns whether all is UTF-8, and was taken. */
        boolean decode(byte[] piece, boolean last, OnChars work) throws SQLException, IOException {
            ByteBuffer bytes = ByteBuffer.wrap(joined(begun, piece));
            while (true) {
                CoderResult result = decoder.decode(bytes, chars.clear(), last);
                if (result.isError() || (chars.position() > 0 && !work.take(chars.flip()))) {
                    return false;
                }
                if (result.isUnderflow()) {
                    begun = new byte[bytes.remaining()];
                    bytes.get(begun);
                    return true;
                }
            }
        }
    }
}
