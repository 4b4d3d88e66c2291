package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.tails;
import static io.twinstore.storage.testkit.TailEventSaboteurs.hiding;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Tail;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.TransactionException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link TailClauses}, {@link TailEndClauses} and {@link TailWakingClauses} check. */
final class TailSaboteurs {

    private TailSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(beginnings(), messages(), places(), ends(), wakes())
                .flatMap(List::stream)
                .toList();
    }

    /** Never hands anything out: as if no wake-up and no heartbeat came. */
    static Interceptor deaf() {
        return claims(Optional.empty());
    }

    /** Throws the message with every such number away. */
    static Interceptor skipping(int every) {
        AtomicInteger count = new AtomicInteger();
        return call -> {
            Object event = call.proceed();
            return isMessage(event) && count.incrementAndGet() % every == 0
                    ? call.proceedAt(0, Duration.ZERO)
                    : event;
        };
    }

    /** Hands the message with every such number out again. */
    static Interceptor doubling(int every) {
        AtomicInteger count = new AtomicInteger();
        AtomicReference<@Nullable Object> kept = new AtomicReference<>();
        return call -> {
            Object again = kept.getAndSet(null);
            if (again != null) {
                return again;
            }
            Object event = call.proceed();
            if (isMessage(event) && count.incrementAndGet() % every == 0) {
                kept.set(event);
            }
            return event;
        };
    }

    /** Hands the message with every such number out after the next one. */
    private static Interceptor reordering(int every) {
        AtomicInteger count = new AtomicInteger();
        AtomicReference<@Nullable Object> kept = new AtomicReference<>();
        return call -> {
            Object held = kept.getAndSet(null);
            if (held != null) {
                return held;
            }
            Object event = call.proceed();
            if (isMessage(event) && count.incrementAndGet() % every == 0) {
                Object next = call.proceedAt(0, Duration.ZERO);
                if (isMessage(next)) {
                    kept.set(event);
                    return next;
                }
            }
            return event;
        };
    }

    static boolean isMessage(@Nullable Object event) {
        return event instanceof Optional<?> found
                && found.filter(TailEvent.MessageAppended.class::isInstance).isPresent();
    }

    /** Hands events out changed. */
    static Interceptor changing(UnaryOperator<Object> change) {
        return Deeds.changing(change);
    }

    private static Object otherBody(Object event) {
        return event instanceof TailEvent.MessageAppended appended
                ? new TailEvent.MessageAppended(
                        (Message) with(appended.message(), "body", Json.of("{}")))
                : event;
    }

    /** Has something written before the first look of each tail. */
    private static Interceptor inventing() {
        return call -> {
            Object event = call.proceed();
            return event instanceof Optional<?> found && found.isEmpty()
                    ? Optional.of(
                            new TailEvent.StatusChanged(
                                    ((Tail) call.target()).positions().keySet().iterator().next(),
                                    SessionStatus.ACTIVE))
                    : event;
        };
    }

    private static List<Saboteur> beginnings() {
        return List.of(
                sessions("TAIL-FROM-001", "tail", "begins one late", shifted(1)),
                sessions("TAIL-FROM-001", "tail", "begins one early", shifted(-1)),
                tails("TAIL-FROM-001", "next", "invents events", inventing()),
                tails("TAIL-FROM-001", "next", "changes bodies", changing(m -> otherBody(m))),
                sessions(
                        "TAIL-FROM-002",
                        "tail",
                        "reports a missing session as a fault of the database",
                        misreports(NotFoundException.class)),
                sessions(
                        "TAIL-FROM-003",
                        "tail",
                        "takes a negative sequence for the beginning",
                        insteadOf(InvalidValueException.class, call -> call.proceedAt(1, 0L))),
                sessions(
                        "TAIL-FROM-003",
                        "tail",
                        "waits for a sequence that was never there",
                        insteadOf(ConflictException.class, call -> call.proceedAt(1, 0L))));
    }

    private static Interceptor shifted(long by) {
        return call -> {
            long after = call.arg(Long.class) + by;
            try {
                return call.proceedAt(1, after);
            } catch (ConflictException | InvalidValueException e) {
                return call.proceed();
            }
        };
    }

    private static List<Saboteur> messages() {
        return List.of(
                tails("TAIL-LIVE-001", "next", "never wakes", deaf()),
                tails("TAIL-LIVE-001", "next", "hands messages out twice", doubling(1)),
                tails("TAIL-LIVE-002", "next", "skips a message", skipping(97)),
                tails("TAIL-LIVE-002", "next", "hands a message out twice", doubling(97)),
                tails("TAIL-LIVE-002", "next", "turns messages around", reordering(31)),
                tails("TAIL-LIVE-003", "next", "takes a replay for an append", doubling(4)),
                tails("TAIL-LIVE-003", "next", "skips what was not plain", skipping(2)),
                tails("TAIL-LIVE-004", "next", "hands out what was rolled back", inventing()),
                tails("TAIL-LIVE-005", "next", "does not see what hosts commit", deaf()),
                tails("TAIL-LIVE-005", "next", "does not wait for the host", inventing()),
                tails("TAIL-LIVE-006", "next", "loses messages at page borders", skipping(101)));
    }

    private static List<Saboteur> places() {
        return List.of(
                tails(
                        "TAIL-POSITION-001",
                        "positions",
                        "does not know where it is",
                        claims(Map.of())),
                tails("TAIL-POSITION-001", "next", "skips one when it is opened anew", skipping(2)),
                tails(
                        "TAIL-POSITION-002",
                        "next",
                        "shares its place with other tails",
                        skipping(3)),
                sessions(
                        "TAIL-BOUND-001",
                        "tail",
                        "lets a transaction tail",
                        insteadOf(TransactionException.class, claims(null))),
                sessions(
                        "TAIL-BOUND-001",
                        "tailAll",
                        "lets a transaction tail all",
                        insteadOf(TransactionException.class, claims(null))));
    }

    private static List<Saboteur> ends() {
        return List.of(
                tails("TAIL-CLOSE-001", "close", "cannot be closed", claims(null)),
                tails("TAIL-CLOSE-002", "next", "forgets to end with its storage", hanging()),
                tails("TAIL-CLOSE-003", "next", "loses what comes after an interrupt", skipping(1)),
                tails("TAIL-CLOSE-003", "next", "swallows interrupts", swallowing()),
                tails(
                        "TAIL-CLOSE-004",
                        "next",
                        "waits inside a transaction",
                        insteadOf(TransactionException.class, deaf())),
                tails("TAIL-CLOSE-005", "isClosed", "never says that it is closed", claims(false)),
                tails(
                        "TAIL-CLOSE-005",
                        "next",
                        "takes any number of threads",
                        insteadOf(IllegalStateException.class, deaf())));
    }

    private static List<Saboteur> wakes() {
        return List.of(
                tails("TAIL-WAKE-001", "next", "waits for its heartbeat", deaf()),
                tails(
                        "TAIL-WAKE-001",
                        "next",
                        "is not woken by a deletion",
                        hiding(TailEvent.SessionDeleted.class)),
                tails("TAIL-WAKE-002", "next", "waits for its heartbeat", deaf()),
                tails(
                        "TAIL-WAKE-002",
                        "next",
                        "is not woken by a status",
                        hiding(TailEvent.StatusChanged.class)),
                tails("TAIL-WAKE-003", "next", "does not hear of a host's commit", deaf()),
                tails(
                        "TAIL-WAKE-004",
                        "next",
                        "is not woken by a new participant",
                        hiding(TailEvent.ParticipantAdded.class)));
    }

    private static Interceptor hanging() {
        return insteadOf(StorageClosedException.class, deaf());
    }

    private static Interceptor swallowing() {
        return insteadOf(InterruptedException.class, deaf());
    }
}
