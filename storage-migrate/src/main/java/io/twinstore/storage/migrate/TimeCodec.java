package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Text in one form of an instant as {@code timestamptz}: microseconds since the year 2000. */
record TimeCodec(TimeForm form) implements Codec {

    static final String PREFIX = "timestamptz:";

    private static final Instant EPOCH = Instant.parse("2000-01-01T00:00:00Z");
    private static final int LONGEST = 40;
    private static final long MICROS = 1_000_000;

    static TimeCodec of(String form) {
        for (TimeForm known : TimeForm.values()) {
            if (known.label().equals(form)) {
                return new TimeCodec(known);
            }
        }
        throw new InvalidValueException(
                "plan.codec", "timestamptz with one of " + TimeForm.names(), form);
    }

    @Override
    public String label() {
        return PREFIX + form.label();
    }

    @Override
    public String type() {
        return "timestamptz";
    }

    @Override
    public byte @Nullable [] write(Cell cell) {
        if (cell.kind() != Cell.Kind.TEXT || cell.length() > LONGEST) {
            return null;
        }
        Instant instant = form.parse(new String(cell.bytes(), StandardCharsets.UTF_8));
        return instant == null
                ? null
                : ByteBuffer.allocate(Long.BYTES).putLong(micros(instant)).array();
    }

    /** In nanoseconds it would overflow in the year 1708. */
    private static long micros(Instant instant) {
        long seconds = instant.getEpochSecond() - EPOCH.getEpochSecond();
        return seconds * MICROS + instant.getNano() / 1000;
    }

    /** Infinities of the target have no text in any form; they come back as PostgreSQL's words. */
    @Override
    public Cell read(byte[] field) {
        long micros = ByteBuffer.wrap(field).getLong();
        if (micros == Long.MAX_VALUE || micros == Long.MIN_VALUE) {
            return Cell.text(micros > 0 ? "infinity" : "-infinity");
        }
        Instant instant =
                EPOCH.plusSeconds(Math.floorDiv(micros, MICROS))
                        .plusNanos(Math.floorMod(micros, MICROS) * 1000);
        return Cell.text(form.print(instant));
    }
}
