package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.spi.JsonReader;
import io.twinstore.storage.spi.JsonReader.Token;
import org.jspecify.annotations.Nullable;

/** Finds the role of a message: the string at {@code /role} of its body. */
public final class MessageRole {

    private static final int MAX = 255;

    private MessageRole() {}

    /**
     * Returns the role, or null where the body has none that a text column can hold: no string,
     * longer than 255 characters, with NUL or an unpaired surrogate. The body keeps it in any case.
     */
    public static @Nullable String of(Json body) {
        JsonReader reader = JsonReader.of(body);
        String role = null;
        if (reader.next() == Token.START_OBJECT) {
            while (reader.next() != Token.END_OBJECT) {
                boolean wanted = reader.string().equals("role");
                boolean string = reader.next() == Token.STRING;
                if (wanted) {
                    // Of members with the same name the last one counts.
                    role = string ? reader.string() : null;
                }
                reader.skip();
            }
        }
        return role == null || !storable(role) ? null : role;
    }

    private static boolean storable(String role) {
        return role.length() <= MAX
                && role.codePoints()
                        .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
