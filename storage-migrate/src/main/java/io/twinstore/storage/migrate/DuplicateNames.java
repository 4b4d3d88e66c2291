package io.twinstore.storage.migrate;

import io.twinstore.storage.Json;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds an object that has a name twice. Readers of JSON disagree on which of the two counts, so a
 * document that says what to do must not have any.
 */
final class DuplicateNames {

    private final String text;
    private int at;

    private DuplicateNames(String text) {
        this.text = text;
    }

    /** Returns such a name, or null where there is none. */
    static @Nullable String first(Json json) {
        return new DuplicateNames(json.text()).find();
    }

    private @Nullable String find() {
        Deque<Set<String>> open = new ArrayDeque<>();
        while (at < text.length()) {
            char c = text.charAt(at);
            switch (c) {
                case '{', '[' -> open.push(new HashSet<>());
                case '}', ']' -> open.pop();
                default -> {}
            }
            if (c != '"') {
                at++;
                continue;
            }
            String literal = string();
            if (isName()) {
                String name = String.valueOf(Json.of(literal).toJava());
                if (!open.element().add(name)) {
                    return name;
                }
            }
        }
        return null;
    }

    /** Returns the string that begins here, with its quotes, and goes past it. */
    private String string() {
        int from = at++;
        while (text.charAt(at) != '"') {
            at += text.charAt(at) == '\\' ? 2 : 1;
        }
        at++;
        return text.substring(from, at);
    }

    private boolean isName() {
        int next = at;
        while (next < text.length() && " \t\r\n".indexOf(text.charAt(next)) >= 0) {
            next++;
        }
        return next < text.length() && text.charAt(next) == ':';
    }
}
