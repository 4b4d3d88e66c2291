package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A message to append.
 *
 * @param body any JSON; kept byte for byte
 */
public record NewMessage(Json body) {

    /**
     * Takes what is given as it is, null where that is not allowed apart.
     *
     * @throws NullPointerException for a null that has no meaning
     */
    public NewMessage {
        requireNonNull(body, "body");
    }

    /** Returns the message with this body. */
    public static NewMessage of(Json body) {
        return new NewMessage(body);
    }

    /** Returns the message with this JSON text as its body. */
    public static NewMessage of(String json) {
        return new NewMessage(Json.of(json));
    }

    /** Returns {@code {"role":"user","content":…}}. */
    public static NewMessage user(String content) {
        return plain("user", content);
    }

    /** Returns {@code {"role":"assistant","content":…}}. */
    public static NewMessage assistant(String content) {
        return plain("assistant", content);
    }

    /** Returns {@code {"role":"system","content":…}}. */
    public static NewMessage system(String content) {
        return plain("system", content);
    }

    private static NewMessage plain(String role, String content) {
        Map<String, @Nullable Object> body = new LinkedHashMap<>();
        body.put("role", role);
        body.put("content", content);
        return new NewMessage(Json.from(body));
    }
}
