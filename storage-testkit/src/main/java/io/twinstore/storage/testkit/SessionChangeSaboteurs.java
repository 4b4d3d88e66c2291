package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.configs;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import io.twinstore.storage.Visibility;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks what {@link SessionChangeClauses} and {@link SessionLifeClauses} check, and the rest of
 * {@link SessionRaceClauses}.
 */
final class SessionChangeSaboteurs {

    private SessionChangeSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(updates(), touches(), lives()).flatMap(List::stream).toList();
    }

    private static Saboteur updating(String clause, String deed, UnaryOperator<SessionUpdate> how) {
        return sessions(clause, "update", deed, given(SessionUpdate.class, how));
    }

    private static SessionUpdate expectingNothing(SessionUpdate update) {
        return (SessionUpdate) with(update, "expectedVersion", null);
    }

    private static Object current(Call call) {
        return call.sessions().get(call.arg(SessionId.class));
    }

    private static List<Saboteur> updates() {
        return List.of(
                updating("SES-UPDATE-001", "resets metadata", u -> u.metadata(Json.emptyObject())),
                sessions("SES-UPDATE-002", "find", "never counts", answers("version", 1L)),
                sessions(
                        "SES-UPDATE-002",
                        "find",
                        "takes an update for no activity",
                        answers("lastActivityAt", START)),
                updating(
                        "SES-UPDATE-003",
                        "ignores the expected version",
                        SessionChangeSaboteurs::expectingNothing),
                sessions(
                        "SES-UPDATE-003",
                        "update",
                        "reports a conflict as a fault of the database",
                        misreports(ConflictException.class)),
                sessions(
                        "SES-UPDATE-004",
                        "update",
                        "does nothing where a version is expected",
                        call ->
                                call.arg(SessionUpdate.class).expectedVersion() == null
                                        ? call.proceed()
                                        : current(call)),
                updating(
                        "SES-UPDATE-005",
                        "merges where it should replace",
                        u -> new SessionUpdate(u.status(), null, u.metadata(), u.owner(), null)),
                updating(
                        "SES-UPDATE-006",
                        "replaces where it should merge",
                        u -> new SessionUpdate(u.status(), u.metadataPatch(), null, null, null)),
                updating(
                        "SES-UPDATE-007",
                        "forgets the patch where it replaces",
                        u -> (SessionUpdate) with(u, "metadataPatch", null)),
                sessions(
                        "SES-UPDATE-008",
                        "update",
                        "loses patches",
                        skipsEveryOther(SessionChangeSaboteurs::current)),
                sessions(
                        "SES-UPDATE-009",
                        "update",
                        "demotes the earlier owner",
                        SessionChangeSaboteurs::demoteEarlierOwner),
                sessions(
                        "SES-UPDATE-010",
                        "participants",
                        "forgets that the owner takes part",
                        claims(List.of())),
                sessions(
                        "SES-UPDATE-011",
                        "find",
                        "follows the clock back",
                        answers("updatedAt", START.minusSeconds(300))),
                updating(
                        "SES-UPDATE-012",
                        "lets every update win",
                        SessionChangeSaboteurs::expectingNothing),
                sessions(
                        "SES-UPDATE-013",
                        "update",
                        "loses updates",
                        skipsEveryOther(SessionChangeSaboteurs::current)),
                sessions(
                        "SES-UPDATE-014",
                        "update",
                        "changes the rest where metadata is bad",
                        SessionChangeSaboteurs::changeTheRest),
                sessions(
                        "SES-UPDATE-015",
                        "update",
                        "changes the rest where a patch is bad",
                        SessionChangeSaboteurs::changeTheRest),
                sessions(
                        "SES-UPDATE-015",
                        "update",
                        "skips a bad patch in silence",
                        insteadOf(InvalidValueException.class, SessionChangeSaboteurs::current)));
    }

    private static @Nullable Object demoteEarlierOwner(Call call) throws Throwable {
        SessionId id = call.arg(SessionId.class);
        UserId earlier = call.sessions().get(id).owner();
        Object updated = call.proceed();
        call.sessions().updateRole(id, Objects.requireNonNull(earlier), ParticipantRole.EDITOR);
        return updated;
    }

    private static @Nullable Object changeTheRest(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidValueException e) {
            SessionUpdate rest = SessionUpdate.nothing().status(SessionStatus.COMPLETED);
            call.sessions().update(call.arg(SessionId.class), rest);
            throw e;
        }
    }

    private static List<Saboteur> touches() {
        return List.of(
                sessions(
                        "SES-TOUCH-001",
                        "find",
                        "does not note when an application came",
                        answers("lastAccessedAt", null)),
                sessions(
                        "SES-TOUCH-001",
                        "touch",
                        "changes the status when touched",
                        call -> {
                            Object touched = call.proceed();
                            SessionUpdate update =
                                    SessionUpdate.nothing().status(SessionStatus.COMPLETED);
                            call.sessions().update(call.arg(SessionId.class), update);
                            return touched;
                        }),
                sessions(
                        "SES-TOUCH-002",
                        "touch",
                        "touches what is not there",
                        insteadOf(NotFoundException.class, claims(null))),
                sessions(
                        "SES-TOUCH-002",
                        "update",
                        "updates what is not there",
                        insteadOf(NotFoundException.class, claims(null))));
    }

    private static List<Saboteur> lives() {
        return List.of(
                sessions("SES-DELETE-001", "delete", "deletes again", doesAndClaims(true)),
                sessions("SES-DELETE-001", "delete", "only says that it deletes", claims(true)),
                sessions(
                        "SES-DELETE-002",
                        "append",
                        "takes messages for a deleted session",
                        insteadOf(
                                NotFoundException.class,
                                call -> new Appended(call.arg(SessionId.class), 3, 3, false))),
                sessions(
                        "SES-DELETE-002",
                        "participants",
                        "lists who took part in a deleted session",
                        insteadOf(NotFoundException.class, claims(List.of()))),
                configs("SES-DELETE-003", "delete", "only says that it deletes", claims(true)),
                sessions(
                        "SES-DELETE-003",
                        "exists",
                        "sees sessions under a deleted config",
                        claims(true)),
                sessions(
                        "SES-DELETE-004",
                        "delete",
                        "deletes the siblings",
                        call -> toSiblings(call, id -> call.sessions().delete(id))),
                sessions("SES-RESTORE-001", "restore", "restores again", doesAndClaims(true)),
                sessions(
                        "SES-RESTORE-001",
                        "append",
                        "counts from the start once restored",
                        call -> withEach(call.proceed(), "firstSequence", first -> 1L)),
                sessions(
                        "SES-RESTORE-002",
                        "restore",
                        "passes over an unknown id",
                        insteadOf(NotFoundException.class, claims(false))),
                sessions(
                        "SES-RESTORE-003",
                        "find",
                        "finds sessions under a deleted config",
                        SessionChangeSaboteurs::findHidden),
                sessions(
                        "SES-RESTORE-004",
                        "list",
                        "shows what was deleted itself",
                        given(
                                SessionFilter.class,
                                f -> f.toBuilder().visibility(Visibility.ANY).build())),
                sessions(
                        "SES-PURGE-001",
                        "purge",
                        "only deletes",
                        call -> call.sessions().delete(call.arg(SessionId.class))),
                sessions(
                        "SES-PURGE-002",
                        "append",
                        "goes on counting after a purge",
                        call -> withEach(call.proceed(), "firstSequence", first -> 3L)),
                sessions(
                        "SES-PURGE-003",
                        "purge",
                        "purges the siblings",
                        call -> toSiblings(call, id -> call.sessions().purge(id))),
                sessions("SES-PURGE-004", "count", "counts what is gone", claims(1L)),
                sessions(
                        "SES-PURGE-005",
                        "find",
                        "believes what it knew",
                        answers("lastActivityAt", START.minusSeconds(120))));
    }

    private interface Deed {
        boolean on(SessionId id);
    }

    private static Object toSiblings(Call call, Deed deed) {
        Session session = call.sessions().get(call.arg(SessionId.class));
        SessionFilter siblings = SessionFilter.builder().config(session.configId()).build();
        call.sessions()
                .list(siblings, PageRequest.first())
                .items()
                .forEach(sibling -> deed.on(sibling.id()));
        return true;
    }

    private static Object findHidden(Call call) {
        SessionFilter any = SessionFilter.builder().visibility(Visibility.ANY).build();
        SessionId id = call.arg(SessionId.class);
        return call.sessions().list(any, PageRequest.ofSize(1000)).items().stream()
                .filter(session -> session.id().equals(id))
                .findFirst();
    }
}
