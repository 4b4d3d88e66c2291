package io.twinstore.storage.cli;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads a JSON array element by element and hands out the source text of each, byte for byte.
 *
 * <p>The array may be of any length: memory holds one element at a time. What is wrong with it is
 * said with the number of the message, line and column.
 */
final class TranscriptReader implements Closeable {

    private static final int BLOCK = 1 << 16;

    private static final String HINT =
            "A transcript is a JSON array of messages in UTF-8, such as"
                    + " [{\"role\":\"user\",\"content\":\"Hello\"}].";

    // Bounds on names, strings and numbers are the library's to set, when it is handed the element.
    private static final JsonFactory JSON =
            JsonFactory.builder()
                    .streamReadConstraints(
                            StreamReadConstraints.builder()
                                    .maxNestingDepth(Json.MAX_DEPTH * 4)
                                    .maxNumberLength(Integer.MAX_VALUE)
                                    .maxStringLength(Integer.MAX_VALUE)
                                    .maxNameLength(Integer.MAX_VALUE)
                                    .build())
                    .build();

    private final String name;
    private final int longest;
    private final SourceWindow window;
    private final JsonParser parser;
    private long elements;
    private JsonLocation after;
    private boolean started;
    private boolean inElement;
    private boolean ended;

    /**
     * Starts reading; closing the reader closes the stream.
     *
     * @param name what to call the source in messages
     * @throws RefusedException when it does not start as a JSON array does
     */
    TranscriptReader(String name, InputStream in) throws IOException {
        this(name, in, Json.MAX_BYTES);
    }

    /**
     * Starts reading with another bound on the length of an element, so that tests can be small.
     */
    TranscriptReader(String name, InputStream in, int longest) throws IOException {
        this.name = name;
        this.longest = longest;
        this.window = new SourceWindow(inUtf8(in), longest + BLOCK);
        this.parser = JSON.createParser(window);
        after = parser.currentLocation();
        JsonToken first = token();
        if (first == null) {
            throw refused(" is empty.", null);
        }
        if (first != JsonToken.START_ARRAY) {
            throw refused(" is not a JSON array: it starts with " + described(first) + ".", null);
        }
        started = true;
    }

    /**
     * Returns the next element, or null after the last.
     *
     * @throws RefusedException when it is not JSON, or not JSON that can be kept
     */
    @Nullable Json next() throws IOException {
        after = parser.currentLocation();
        window.discardBefore(after.getByteOffset());
        JsonToken token = token();
        if (token == JsonToken.END_ARRAY) {
            ended = true;
            requireEnd();
            return null;
        }
        elements++;
        JsonLocation start = parser.currentTokenLocation();
        inElement = true;
        finishElement();
        inElement = false;
        long end = parser.currentLocation().getByteOffset();
        return element(window.slice(start.getByteOffset(), end), start);
    }

    /** Closes the source. */
    @Override
    public void close() throws IOException {
        parser.close();
    }

    private InputStream inUtf8(InputStream in) throws IOException {
        BufferedInputStream buffered = new BufferedInputStream(in, BLOCK);
        buffered.mark(4);
        byte[] head = buffered.readNBytes(4);
        buffered.reset();
        if (startsWith(head, 0xef, 0xbb, 0xbf)) {
            buffered.skipNBytes(3);
        } else if (startsWith(head, 0xfe, 0xff)
                || startsWith(head, 0xff, 0xfe)
                || new String(head, StandardCharsets.ISO_8859_1).indexOf('\0') >= 0) {
            throw refused(" is not text in UTF-8.", null);
        }
        return buffered;
    }

    private static boolean startsWith(byte[] head, int... start) {
        for (int i = 0; i < start.length; i++) {
            if (i >= head.length || (head[i] & 0xff) != start[i]) {
                return false;
            }
        }
        return true;
    }

    private @Nullable JsonToken token() throws IOException {
        try {
            return parser.nextToken();
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (SourceWindow.FullException e) {
            throw tooLong(elements + 1, e);
        }
    }

    /** Goes to the end of the element without keeping its values. */
    private void finishElement() throws IOException {
        try {
            parser.skipChildren();
            parser.finishToken();
        } catch (JsonProcessingException e) {
            throw broken(e);
        } catch (SourceWindow.FullException e) {
            throw tooLong(elements, e);
        }
    }

    private Json element(byte[] source, JsonLocation start) {
        try {
            return Json.of(
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(source)).toString());
        } catch (CharacterCodingException e) {
            throw refused(": message " + elements + at(start) + " is not text in UTF-8.", e);
        } catch (InvalidValueException e) {
            throw refused(": message " + elements + fault(source, start).refusal(e, 0), e);
        }
    }

    private void requireEnd() throws IOException {
        JsonToken extra = token();
        if (extra != null) {
            throw refused(
                    " goes on after the end of the array"
                            + at(parser.currentTokenLocation())
                            + ", with "
                            + described(extra)
                            + ".",
                    null);
        }
    }

    private RefusedException tooLong(long message, Exception cause) {
        return refused(
                ": message " + message + String.format(" is longer than %,d bytes.", longest),
                cause);
    }

    /** What the parser says is meant for programmers; the text itself tells what is wrong. */
    private RefusedException broken(JsonProcessingException e) {
        String message = String.valueOf(e.getOriginalMessage());
        if (message.contains("UTF-8")) {
            long broken = elements + (inElement ? 0 : 1);
            String which = broken == 0 ? "" : ": message " + broken;
            return refused(which + at(e.getLocation()) + " is not text in UTF-8.", e);
        }
        if (!started) {
            return refused(" is not a JSON array" + at(e.getLocation()) + ".", e);
        }
        return refused(
                fault(window.rest(), after).inOrAfter(inElement ? elements - 1 : elements, ended),
                e);
    }

    private static TranscriptFault fault(byte[] source, JsonLocation start) {
        String text = new String(source, StandardCharsets.UTF_8);
        return new TranscriptFault(text, start.getLineNr(), start.getColumnNr());
    }

    private RefusedException refused(String problem, @Nullable Throwable cause) {
        return new RefusedException(name + problem, HINT, cause);
    }

    private static String at(@Nullable JsonLocation location) {
        return location == null
                ? ""
                : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
    }

    private static String described(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "another array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            default -> "'" + token.asString() + "'";
        };
    }
}
