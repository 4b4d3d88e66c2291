package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.tails;
import static io.twinstore.storage.testkit.TailSaboteurs.changing;
import static io.twinstore.storage.testkit.TailSaboteurs.deaf;
import static io.twinstore.storage.testkit.TailSaboteurs.doubling;
import static io.twinstore.storage.testkit.TailSaboteurs.isMessage;
import static io.twinstore.storage.testkit.TailSaboteurs.skipping;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link TailEventClauses} and {@link TailAllClauses} check. */
final class TailEventSaboteurs {

    private TailEventSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(events(), disappearances(), memberships(), ofAll())
                .flatMap(List::stream)
                .toList();
    }

    /** Throws events of this kind away. */
    static Interceptor hiding(Class<? extends TailEvent> kind) {
        return call -> {
            Object event = call.proceed();
            return isOf(kind, event) ? Optional.empty() : event;
        };
    }

    /** Hands events of this kind out before the message that came before them. */
    private static Interceptor early(Class<? extends TailEvent> kind) {
        AtomicReference<@Nullable Object> kept = new AtomicReference<>();
        return call -> {
            Object held = kept.getAndSet(null);
            Object event = held == null ? call.proceed() : held;
            if (isMessage(event)) {
                Object next = call.proceedAt(0, Duration.ZERO);
                boolean is = isOf(kind, next);
                kept.set(is ? event : isMessage(next) ? next : null);
                return is ? next : event;
            }
            return event;
        };
    }

    /** Hands events of this kind out after what came after them. */
    static Interceptor late(Class<? extends TailEvent> kind) {
        AtomicReference<@Nullable Object> kept = new AtomicReference<>();
        return call -> {
            Object held = kept.getAndSet(null);
            if (held != null) {
                return held;
            }
            Object event = call.proceed();
            if (isOf(kind, event)) {
                kept.set(event);
                return call.proceed();
            }
            return event;
        };
    }

    private static boolean isOf(Class<? extends TailEvent> kind, @Nullable Object event) {
        return event instanceof Optional<?> found && found.filter(kind::isInstance).isPresent();
    }

    private static List<Saboteur> events() {
        return List.of(
                tails("TAIL-EVENT-001", "next", "does not look at statuses", deaf()),
                tails(
                        "TAIL-EVENT-001",
                        "next",
                        "tells another status",
                        changing(
                                event ->
                                        event instanceof TailEvent.StatusChanged changed
                                                ? new TailEvent.StatusChanged(
                                                        changed.sessionId(), SessionStatus.ACTIVE)
                                                : event)),
                tails(
                        "TAIL-EVENT-002",
                        "next",
                        "tells a status as soon as it sees it",
                        early(TailEvent.StatusChanged.class)),
                tails(
                        "TAIL-EVENT-003",
                        "next",
                        "does not tell who comes",
                        hiding(TailEvent.ParticipantAdded.class)),
                tails(
                        "TAIL-EVENT-003",
                        "next",
                        "does not tell who goes",
                        hiding(TailEvent.ParticipantRemoved.class)),
                tails(
                        "TAIL-EVENT-003",
                        "next",
                        "tells another role",
                        changing(TailEventSaboteurs::asOwner)),
                tails("TAIL-EVENT-008", "next", "tells what was before", doubling(1)));
    }

    private static Object asOwner(Object event) {
        return event instanceof TailEvent.ParticipantRoleChanged changed
                ? new TailEvent.ParticipantRoleChanged(
                        changed.sessionId(), changed.user(), ParticipantRole.OWNER)
                : event;
    }

    private static List<Saboteur> disappearances() {
        return List.of(
                tails(
                        "TAIL-EVENT-004",
                        "next",
                        "does not tell a deletion",
                        hiding(TailEvent.SessionDeleted.class)),
                tails("TAIL-EVENT-004", "next", "loses what a deletion hid", skipping(1)),
                tails(
                        "TAIL-EVENT-005",
                        "next",
                        "does not look at configs",
                        hiding(TailEvent.SessionDeleted.class)),
                tails(
                        "TAIL-EVENT-006",
                        "next",
                        "does not tell a purge",
                        hiding(TailEvent.SessionPurged.class)),
                tails(
                        "TAIL-EVENT-006",
                        "next",
                        "waits for a session that is gone",
                        insteadOf(StorageClosedException.class, deaf())),
                tails(
                        "TAIL-EVENT-007",
                        "next",
                        "takes another session for the old one",
                        hiding(TailEvent.SessionPurged.class)));
    }

    private static List<Saboteur> memberships() {
        return List.of(
                sessions(
                        "TAIL-ALL-001",
                        "tailAll",
                        "begins at the beginning",
                        call ->
                                call.sessions()
                                        .tailAll(call.arg(UserId.class), arguedOr(call, Map.of()))),
                tails("TAIL-ALL-001", "next", "skips a message", skipping(1)),
                tails("TAIL-ALL-002", "next", "does not come to new sessions", deaf()),
                tails("TAIL-ALL-002", "next", "begins new sessions at their end", skipping(1)),
                tails(
                        "TAIL-ALL-003",
                        "next",
                        "does not tell that the user left",
                        hiding(TailEvent.ParticipantRemoved.class)),
                tails("TAIL-ALL-003", "next", "begins again when it comes back", doubling(1)));
    }

    private static Object leaked(Object event) {
        return event instanceof TailEvent.ParticipantRemoved removed
                ? new TailEvent.MessageAppended(
                        new Message(removed.sessionId(), 151, null, Json.of("1"), Instant.EPOCH))
                : event;
    }

    @SuppressWarnings("unchecked") // tailAll takes no other map
    private static Map<SessionId, Long> arguedOr(Call call, Map<SessionId, Long> none) {
        return call.arguments().size() == 2 ? (Map<SessionId, Long>) call.arg(Map.class) : none;
    }

    private static List<Saboteur> ofAll() {
        return List.of(
                sessions(
                        "TAIL-ALL-004",
                        "tailAll",
                        "forgets where it stood",
                        call -> call.sessions().tailAll(call.arg(UserId.class))),
                tails("TAIL-ALL-004", "positions", "does not say where it is", claims(Map.of())),
                sessions(
                        "TAIL-ALL-005",
                        "tailAll",
                        "forgets sessions that it does not follow yet",
                        call -> call.sessions().tailAll(call.arg(UserId.class), Map.of())),
                sessions(
                        "TAIL-ALL-006",
                        "tailAll",
                        "takes any sequence",
                        insteadOf(
                                InvalidValueException.class,
                                call -> call.sessions().tailAll(call.arg(UserId.class)))),
                sessions(
                        "TAIL-ALL-006",
                        "tailAll",
                        "waits for sequences that were never there",
                        insteadOf(
                                ConflictException.class,
                                call -> call.sessions().tailAll(call.arg(UserId.class)))),
                tails(
                        "TAIL-ALL-007",
                        "next",
                        "takes one session for the other",
                        hiding(TailEvent.SessionPurged.class)),
                tails("TAIL-ALL-008", "next", "skips a message", skipping(50)),
                tails("TAIL-ALL-008", "next", "hands a message out twice", doubling(50)),
                tails(
                        "TAIL-ALL-009",
                        "next",
                        "tells what came after the removal",
                        changing(TailEventSaboteurs::leaked)),
                tails(
                        "TAIL-ALL-009",
                        "next",
                        "does not tell that the user left",
                        hiding(TailEvent.ParticipantRemoved.class)),
                tails(
                        "TAIL-ALL-011",
                        "next",
                        "tells a deletion to a user who was removed before",
                        changing(
                                event ->
                                        event instanceof TailEvent.ParticipantRemoved removed
                                                ? new TailEvent.SessionDeleted(removed.sessionId())
                                                : event)),
                tails(
                        "TAIL-ALL-010",
                        "next",
                        "takes one session for the other",
                        hiding(TailEvent.SessionPurged.class)));
    }
}
