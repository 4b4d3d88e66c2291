package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.tails;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TransactionException;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link CleanupClauses} and {@link PurgingClauses} check. */
final class RetentionSaboteurs {

    private RetentionSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(cleanups(), more(), purges(), holds()).flatMap(List::stream).toList();
    }

    private static Saboteur cleanup(String number, String deed, Interceptor how) {
        return sessions("RET-CLEANUP-" + number, "cleanup", deed, how);
    }

    private static List<Session> sessionsOf(Call call, Visibility visibility) {
        SessionFilter filter = SessionFilter.builder().visibility(visibility).build();
        return call.sessions().list(filter, PageRequest.ofSize(1000)).items();
    }

    /** Does what it should, and then this to the sessions that are like that. */
    private static Interceptor doesAndThen(
            Visibility visibility, Predicate<Session> like, DeedOn deed) {
        return call -> {
            Object done = call.proceed();
            sessionsOf(call, visibility).stream()
                    .filter(like)
                    .forEach(session -> deed.on(call, session.id()));
            return done;
        };
    }

    private interface DeedOn {
        void on(Call call, SessionId id);
    }

    /**
     * Decides before it begins, and does this to what it decided on whatever has come meanwhile.
     */
    private static Interceptor decidesFirst(Predicate<Session> like, DeedOn deed) {
        return call -> {
            List<Session> found = sessionsOf(call, Visibility.LIVE).stream().filter(like).toList();
            Object done = call.proceed();
            found.forEach(session -> deed.on(call, session.id()));
            return done;
        };
    }

    private static void delete(Call call, SessionId id) {
        call.sessions().delete(id);
    }

    private static void purge(Call call, SessionId id) {
        call.sessions().purge(id);
    }

    private static Interceptor shorterBy(Duration time) {
        return given(Duration.class, age -> age.minus(time));
    }

    private static List<Saboteur> cleanups() {
        return List.of(
                cleanup("001", "only says that it cleans up", claims(2L)),
                cleanup("001", "does not count", doesAndClaims(0L)),
                cleanup("002", "deletes what is exactly as old", shorterBy(Aged.MICRO)),
                cleanup(
                        "003",
                        "goes by the last activity alone",
                        doesAndThen(
                                Visibility.LIVE,
                                s -> s.lastMessageAt() != null,
                                RetentionSaboteurs::delete)),
                sessions(
                        "RET-CLEANUP-004",
                        "touch",
                        "takes a touch for no activity",
                        call -> call.sessions().get(call.arg(SessionId.class))),
                sessions(
                        "RET-CLEANUP-004",
                        "update",
                        "takes an update for no activity",
                        call -> call.sessions().get(call.arg(SessionId.class))),
                cleanup("005", "purges", decidesFirst(s -> true, RetentionSaboteurs::purge)),
                cleanup(
                        "006",
                        "purges what was deleted before",
                        doesAndThen(Visibility.DELETED, s -> true, RetentionSaboteurs::purge)),
                sessions("RET-CLEANUP-007", "hold", "only says that it holds", claims(true)),
                sessions(
                        "RET-CLEANUP-007",
                        "releaseHold",
                        "only says that it releases",
                        claims(true)));
    }

    private static List<Saboteur> more() {
        return List.of(
                cleanup("008", "ends after a hundred", RetentionSaboteurs::aHundred),
                cleanup(
                        "009",
                        "does not look again",
                        decidesFirst(s -> s.messageCount() == 0, RetentionSaboteurs::delete)),
                cleanup("010", "does not count", doesAndClaims(-1L)),
                cleanup(
                        "011",
                        "passes over an age out of bounds",
                        insteadOf(InvalidValueException.class, claims(0L))),
                cleanup(
                        "012",
                        "knows no age of its options",
                        call -> call.arguments().isEmpty() ? 0L : call.proceed()),
                cleanup(
                        "013",
                        "does nothing in a transaction, in silence",
                        insteadOf(TransactionException.class, claims(0L))),
                tails(
                        "RET-CLEANUP-014",
                        "next",
                        "says nothing of what is cleaned up",
                        TailEventSaboteurs.hiding(TailEvent.SessionDeleted.class)),
                cleanup("015", "swallows an interrupt", RetentionSaboteurs::swallowInterrupt));
    }

    // That the interrupt is lost is the deed.
    @SuppressWarnings("ReturnValueIgnored")
    private static @Nullable Object swallowInterrupt(Call call) throws Throwable {
        Thread.interrupted();
        return call.proceed();
    }

    private static @Nullable Object aHundred(Call call) throws Throwable {
        List<SessionId> rest =
                sessionsOf(call, Visibility.LIVE).stream().skip(100).map(Session::id).toList();
        List<SessionId> held = rest.stream().filter(call.sessions()::hold).toList();
        try {
            return call.proceed();
        } finally {
            held.forEach(call.sessions()::releaseHold);
        }
    }

    private static Saboteur purgeDeleted(String number, String deed, Interceptor how) {
        return sessions("RET-PURGE-" + number, "purgeDeleted", deed, how);
    }

    private static List<Saboteur> purges() {
        return List.of(
                purgeDeleted("001", "purges what is exactly as old", shorterBy(Aged.MICRO)),
                purgeDeleted("001", "only says that it purges", claims(1L)),
                purgeDeleted(
                        "001",
                        "purges all that is deleted",
                        doesAndThen(Visibility.DELETED, s -> true, RetentionSaboteurs::purge)),
                purgeDeleted("002", "only says that it purges", claims(1L)),
                purgeDeleted("003", "knows nothing of configs", claims(0L)),
                purgeDeleted("003", "purges what is exactly as old", shorterBy(Aged.MICRO)),
                purgeDeleted(
                        "004",
                        "purges what was restored",
                        decidesFirst(s -> true, RetentionSaboteurs::purge)),
                sessions("RET-PURGE-005", "hold", "only says that it holds", claims(true)),
                purgeDeleted(
                        "006",
                        "passes over an age out of bounds",
                        insteadOf(InvalidValueException.class, claims(0L))),
                purgeDeleted(
                        "007",
                        "does nothing in a transaction, in silence",
                        insteadOf(TransactionException.class, claims(0L))),
                tails(
                        "RET-PURGE-008",
                        "next",
                        "says nothing of what is purged",
                        TailEventSaboteurs.hiding(TailEvent.SessionPurged.class)));
    }

    private static List<Saboteur> holds() {
        return List.of(
                sessions("RET-HOLD-001", "hold", "holds again", doesAndClaims(true)),
                sessions("RET-HOLD-001", "isHeld", "holds everything", claims(true)),
                sessions(
                        "RET-HOLD-002",
                        "hold",
                        "passes over an unknown id",
                        insteadOf(NotFoundException.class, claims(false))),
                sessions(
                        "RET-HOLD-003",
                        "hold",
                        "takes a hold for an update",
                        call -> {
                            call.sessions()
                                    .update(
                                            call.arg(SessionId.class),
                                            SessionUpdate.nothing().status(SessionStatus.ACTIVE));
                            return call.proceed();
                        }),
                sessions("RET-HOLD-003", "purge", "keeps what is held", claims(false)),
                sessions(
                        "RET-HOLD-004",
                        "release",
                        "releases the hold with the lease",
                        call -> {
                            call.sessions().releaseHold(call.arg(SessionLease.class).sessionId());
                            return call.proceed();
                        }),
                sessions("RET-COUNT-001", "countInactive", "counts every session", claims(8L)),
                sessions("RET-COUNT-001", "countPurgeable", "counts nothing", claims(0L)));
    }
}
