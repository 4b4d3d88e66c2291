package io.twinstore.storage.jdbi;

import io.twinstore.storage.Visibility;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Collects the conditions of a filter, each a whole fragment of SQL with its named bindings. */
final class Conditions {

    private final List<String> fragments = new ArrayList<>();
    private final Map<String, Object> bindings = new LinkedHashMap<>();

    /** Adds a fixed condition. */
    Conditions and(String fragment) {
        fragments.add(fragment);
        return this;
    }

    /** Adds a condition on a value, or nothing where there is no value. */
    Conditions and(String fragment, String parameter, @Nullable Object value) {
        if (value != null) {
            fragments.add(fragment);
            bindings.put(parameter, value);
        }
        return this;
    }

    /** Adds a value for a condition that was added before. */
    Conditions bind(String parameter, Object value) {
        bindings.put(parameter, value);
        return this;
    }

    /** Adds what the visibility says, given what makes a record deleted. */
    Conditions visible(Visibility visibility, String deleted) {
        return switch (visibility) {
            case LIVE -> and("not (" + deleted + ")");
            case DELETED -> and("(" + deleted + ")");
            case ANY -> this;
        };
    }

    String where() {
        return fragments.isEmpty() ? "true" : String.join(" and ", fragments);
    }

    Map<String, Object> bindings() {
        return bindings;
    }
}
