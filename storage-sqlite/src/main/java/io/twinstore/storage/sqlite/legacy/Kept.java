package io.twinstore.storage.sqlite.legacy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A row as this library keeps it, by column, and of a session also its messages. */
final class Kept {

    private final Map<String, @Nullable Object> values = new HashMap<>();
    private final List<String> messages = new ArrayList<>();

    void put(String column, @Nullable Object value) {
        values.put(column, value);
    }

    @Nullable Object get(String column) {
        return values.get(column);
    }

    @Nullable String find(String column) {
        return (String) values.get(column);
    }

    String text(String column) {
        return Objects.requireNonNull(find(column), column);
    }

    long number(String column) {
        return ((Number) Objects.requireNonNull(values.get(column), column)).longValue();
    }

    /** Returns the messages of the current transcript, which the caller may fill. */
    List<String> messages() {
        return messages;
    }
}
