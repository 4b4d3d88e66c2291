package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.JsonKind;
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
        return body.at("/role")
                .filter(role -> role.kind() == JsonKind.STRING)
                .map(role -> (String) role.toJava())
                .filter(MessageRole::storable)
                .orElse(null);
    }

    private static boolean storable(String role) {
        return role.length() <= MAX
                && role.codePoints()
                        .noneMatch(c -> c == 0 || Character.getType(c) == Character.SURROGATE);
    }
}
