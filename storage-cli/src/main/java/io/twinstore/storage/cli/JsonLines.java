package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * Reads messages from a stream of JSON lines (https://jsonlines.org), each as soon as its line is
 * there: whoever writes them may take all day. Blank lines are passed over.
 */
final class JsonLines {

    private static final String NAME = "Standard input";
    private static final String HINT =
            "Give one message in JSON on each line, such as"
                    + " {\"role\":\"user\",\"content\":\"Hello\"}.";

    private final InputStream in;
    private final int longest;
    private int line;

    JsonLines(InputStream in) {
        this(in, Json.MAX_BYTES);
    }

    /** Reads with another bound on the length of a line, so that tests can be small. */
    JsonLines(InputStream in, int longest) {
        this.in = new BufferedInputStream(in);
        this.longest = longest;
    }

    /**
     * Waits for the next message and returns it, or null at the end.
     *
     * @throws RefusedException when a line is no JSON that can be kept
     */
    @Nullable Json next() {
        byte[] bytes = nextLine();
        while (bytes != null) {
            String text = decoded(bytes);
            int start = beginning(text);
            if (start < text.length()) {
                return parsed(text, start);
            }
            bytes = nextLine();
        }
        return null;
    }

    private byte @Nullable [] nextLine() {
        try {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            int next = in.read();
            if (next < 0) {
                return null;
            }
            line++;
            while (next >= 0 && next != '\n') {
                if (bytes.size() == longest) {
                    throw refused(String.format(" is longer than %,d bytes.", longest), null);
                }
                bytes.write(next);
                next = in.read();
            }
            return bytes.toByteArray();
        } catch (IOException e) {
            throw new RefusedException(NAME + " cannot be read: " + e.getMessage(), HINT, e);
        }
    }

    private String decoded(byte[] bytes) {
        try {
            String text =
                    StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
            return line == 1 && text.startsWith("\ufeff") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw refused(" is not text in UTF-8.", e);
        }
    }

    /** Returns where the message starts: past what JSON allows around a document. */
    private static int beginning(String text) {
        int start = 0;
        while (start < text.length() && isSpace(text.charAt(start))) {
            start++;
        }
        return start;
    }

    private static boolean isSpace(char c) {
        return c == ' ' || c == '\t' || c == '\r';
    }

    private Json parsed(String text, int start) {
        int end = text.length();
        while (isSpace(text.charAt(end - 1))) {
            end--;
        }
        String message = text.substring(start, end);
        try {
            return Json.of(message);
        } catch (InvalidValueException e) {
            throw refused(new TranscriptFault(message, line, 1 + start).refusal(e, 0), e);
        }
    }

    private RefusedException refused(String problem, @Nullable Throwable cause) {
        return new RefusedException(NAME + ": line " + line + problem, HINT, cause);
    }
}
