package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.repeatsAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.sortsByUnits;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.Visibility;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link SessionOrderClauses} and {@link SessionListClauses} check. */
final class SessionListSaboteurs {

    private SessionListSaboteurs() {}

    private static Saboteur filtering(
            String clause, String deed, UnaryOperator<SessionFilter> how) {
        return sessions(clause, "list", deed, given(SessionFilter.class, how));
    }

    private static Saboteur ignoring(String clause, String condition) {
        return filtering(
                clause,
                "ignores the condition " + condition,
                filter -> (SessionFilter) with(filter, condition, null));
    }

    private static Saboteur shifting(String clause, String deed, String condition) {
        return filtering(
                clause,
                deed,
                filter ->
                        (SessionFilter)
                                withEach(filter, condition, SessionListSaboteurs::oneLater));
    }

    private static @Nullable Object oneLater(@Nullable Object instant) {
        return instant instanceof Instant at ? at.plus(1, ChronoUnit.MICROS) : null;
    }

    static List<Saboteur> all() {
        return List.of(
                sessions(
                        "SES-LIST-001",
                        "list",
                        "lists the least active first",
                        rearranging(Deeds::reversed)),
                sessions(
                        "SES-LIST-002",
                        "list",
                        "compares UTF-16 units",
                        sortsByUnits(session -> ((Session) session).id().value())),
                sessions(
                        "SES-LIST-003",
                        "list",
                        "loses an item between pages",
                        losesAtPageBorders()),
                sessions("SES-LIST-003", "list", "repeats an item", repeatsAtPageBorders()),
                sessions(
                        "SES-LIST-004",
                        "list",
                        "repeats an item where one was active meanwhile",
                        repeatsAtPageBorders()),
                filtering(
                        "SES-LIST-005",
                        "takes any participant for the owner",
                        f ->
                                (SessionFilter)
                                        with(with(f, "participant", f.owner()), "owner", null)),
                filtering(
                        "SES-LIST-006",
                        "takes the owner alone for a participant",
                        f ->
                                (SessionFilter)
                                        with(
                                                with(f, "owner", f.participant()),
                                                "participant",
                                                null)),
                ignoring("SES-LIST-006", "participant"),
                ignoring("SES-LIST-007", "config"),
                ignoring("SES-LIST-008", "app"),
                ignoring("SES-LIST-009", "status"),
                sessions(
                        "SES-LIST-009",
                        "count",
                        "counts whatever the status",
                        given(SessionFilter.class, f -> (SessionFilter) with(f, "status", null))),
                shifting("SES-LIST-010", "leaves the start of a range out", "createdFrom"),
                shifting("SES-LIST-010", "takes the end of a range in", "createdBefore"),
                shifting("SES-LIST-011", "leaves the start of a range out", "updatedFrom"),
                shifting("SES-LIST-011", "takes the end of a range in", "updatedBefore"),
                ignoring("SES-LIST-012", "metadata"),
                filtering(
                        "SES-LIST-013",
                        "never shows what is deleted",
                        f -> f.toBuilder().visibility(Visibility.LIVE).build()),
                filtering(
                        "SES-LIST-013",
                        "shows what is deleted",
                        f -> f.toBuilder().visibility(Visibility.ANY).build()),
                filtering(
                        "SES-LIST-014",
                        "shows sessions under a deleted config",
                        f -> f.toBuilder().visibility(Visibility.ANY).build()),
                ignoring("SES-LIST-015", "status"));
    }
}
