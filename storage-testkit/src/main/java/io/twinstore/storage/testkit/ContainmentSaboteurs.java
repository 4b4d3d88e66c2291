package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.SessionFilter;
import java.util.List;

/** Breaks what {@link ContainmentClauses} check. */
final class ContainmentSaboteurs {

    private ContainmentSaboteurs() {}

    private static Saboteur ignoring(String clause, String operation, String condition) {
        return sessions(
                clause,
                operation,
                "ignores the condition " + condition,
                given(
                        SessionFilter.class,
                        filter -> (SessionFilter) with(filter, condition, null)));
    }

    static List<Saboteur> all() {
        return List.of(
                ignoring("FND-CONTAIN-001", "list", "permissions"),
                ignoring("FND-CONTAIN-001", "count", "permissions"),
                ignoring("FND-CONTAIN-002", "list", "permissions"),
                ignoring("FND-CONTAIN-002", "list", "participant"),
                ignoring("FND-CONTAIN-003", "list", "permissions"),
                ignoring("FND-CONTAIN-003", "count", "permissions"));
    }
}
