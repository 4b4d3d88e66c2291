package io.twinstore.storage.spi;

import io.twinstore.storage.Json;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import java.util.TreeMap;

/**
 * Digests of what documents mean, for adapters: two documents have the same digest exactly if
 * {@link Json#sameMeaning} holds (as far as SHA-256 has no collisions). An adapter may store
 * digests: their form is fixed.
 *
 * <p>Digested is the document in a canonical form, each value behind a letter for its kind: z, t
 * and f for null, true and false; n, the exact number and a semicolon; s, the number of UTF-16 code
 * units in four bytes and the units in two bytes each; an array's elements between brackets; an
 * object's members between braces, in the order of their names by code unit, each as the name like
 * a string and the 32 bytes of its value's own digest. The document is read as a stream; held in
 * memory are the members of the objects that are open, by name and digest.
 */
public final class JsonMeaning {

    private static final int BUFFER = 256;

    private final MessageDigest sha;
    private final byte[] buffer = new byte[BUFFER];
    private int filled;

    private JsonMeaning() {
        try {
            sha = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** The SHA-256 digest of the document's meaning: 32 bytes. */
    public static byte[] digest(Json json) {
        JsonReader reader = JsonReader.of(json);
        reader.next();
        return digest(reader);
    }

    private static byte[] digest(JsonReader reader) {
        JsonMeaning meaning = new JsonMeaning();
        meaning.value(reader);
        meaning.flush();
        return meaning.sha.digest();
    }

    private void value(JsonReader reader) {
        switch (reader.token()) {
            case START_OBJECT -> object(reader);
            case START_ARRAY -> array(reader);
            case STRING -> string(reader.string());
            case TRUE -> put('t');
            case FALSE -> put('f');
            case NULL -> put('z');
            default -> number(reader.source());
        }
    }

    private void object(JsonReader reader) {
        Map<String, byte[]> members = new TreeMap<>();
        while (reader.next() != JsonReader.Token.END_OBJECT) {
            String name = reader.string();
            reader.next();
            members.put(name, digest(reader));
        }
        put('{');
        members.forEach(
                (name, value) -> {
                    string(name);
                    for (byte b : value) {
                        put(b);
                    }
                });
        put('}');
    }

    private void array(JsonReader reader) {
        put('[');
        while (reader.next() != JsonReader.Token.END_ARRAY) {
            value(reader);
        }
        put(']');
    }

    private void string(String units) {
        put('s');
        for (int shift = 24; shift >= 0; shift -= 8) {
            put(units.length() >> shift);
        }
        for (int i = 0; i < units.length(); i++) {
            put(units.charAt(i) >> 8);
            put(units.charAt(i));
        }
    }

    private void number(String text) {
        put('n');
        for (byte b : JsonNumber.of(text).canonical().getBytes(StandardCharsets.US_ASCII)) {
            put(b);
        }
        put(';');
    }

    private void put(int b) {
        if (filled == BUFFER) {
            flush();
        }
        buffer[filled++] = (byte) b;
    }

    private void flush() {
        sha.update(buffer, 0, filled);
        filled = 0;
    }
}
