package io.twinstore.storage.testkit.history;

import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Which message of a history one is: the body carries it, and follows from it to the last byte, so
 * that a message that nobody appended, or that was changed, shows.
 *
 * @param client the client that made the message, 0 to 8,388,607
 * @param number the message's place among those of its client, 0 to 2^40 - 1
 */
public record MessageIdentity(int client, long number) {

    static final int MAX_CLIENT = (1 << 23) - 1;
    private static final int NUMBER_BITS = 40;
    static final long MAX_NUMBER = (1L << NUMBER_BITS) - 1;

    private static final String BEFORE_CLIENT = "{\"role\":\"user\",\"client\":";
    private static final String BEFORE_NUMBER = ",\"number\":";
    private static final String BEFORE_TEXT = ",\"content\":\"";

    private static final int SHORTEST = 20;
    private static final int LENGTHS = 1 << 9;
    private static final int PLACES = 1 << 12;
    private static final String TEXT = text();

    /**
     * @throws IllegalArgumentException when client or number are out of range
     */
    public MessageIdentity {
        if (client < 0 || client > MAX_CLIENT || number < 0 || number > MAX_NUMBER) {
            throw new IllegalArgumentException("No message is " + client + "/" + number + ".");
        }
    }

    private static String text() {
        Random random = new Random(17);
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < PLACES + SHORTEST + LENGTHS; i++) {
            text.append(random.nextInt(6) == 0 ? ' ' : (char) ('a' + random.nextInt(26)));
        }
        return text.toString();
    }

    /** Returns the message, about 80 to 600 bytes of JSON. */
    public NewMessage message() {
        return NewMessage.of(body());
    }

    /** Returns the message's JSON text. */
    public String body() {
        long mixed = (packed() + 1) * 0x9E3779B97F4A7C15L;
        int from = (int) (mixed >>> 52) & (PLACES - 1);
        int length = SHORTEST + ((int) (mixed >>> 40) & (LENGTHS - 1));
        return new StringBuilder(length + 80)
                .append(BEFORE_CLIENT)
                .append(client)
                .append(BEFORE_NUMBER)
                .append(number)
                .append(BEFORE_TEXT)
                .append(TEXT, from, from + length)
                .append("\"}")
                .toString();
    }

    /** Returns which message this body is, or null when it is none, or not unchanged. */
    public static @Nullable MessageIdentity of(Json body) {
        String text = body.text();
        int comma = text.indexOf(BEFORE_NUMBER);
        int end = text.indexOf(BEFORE_TEXT);
        if (!text.startsWith(BEFORE_CLIENT) || comma < 0 || end < comma) {
            return null;
        }
        try {
            MessageIdentity told =
                    new MessageIdentity(
                            Integer.parseInt(text, BEFORE_CLIENT.length(), comma, 10),
                            Long.parseLong(text, comma + BEFORE_NUMBER.length(), end, 10));
            return told.body().equals(text) ? told : null;
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Returns the identity as one number, 0 or more. */
    long packed() {
        return (long) client << NUMBER_BITS | number;
    }

    static MessageIdentity unpacked(long packed) {
        return new MessageIdentity((int) (packed >>> NUMBER_BITS), packed & MAX_NUMBER);
    }

    @Override
    public String toString() {
        return client + "/" + number;
    }
}
