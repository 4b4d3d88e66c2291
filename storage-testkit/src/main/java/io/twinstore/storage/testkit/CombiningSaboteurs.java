package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AppendSaboteurs.pretended;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link CombiningClauses} and {@link WaitingClauses} check. */
final class CombiningSaboteurs {

    private CombiningSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                sessions(
                        "APP-SHARE-001",
                        "append",
                        "fails the next append together with one that finds no session",
                        failingTheNext(NotFoundException.class)),
                sessions(
                        "APP-SHARE-001",
                        "append",
                        "finds no session for nobody else either",
                        misreports(NotFoundException.class)),
                sessions(
                        "APP-SHARE-002",
                        "append",
                        "fails the next append together with one that it refuses",
                        failingTheNext(InvalidValueException.class)),
                sessions(
                        "APP-SHARE-003",
                        "append",
                        "hands callers each other's answers",
                        swapping()),
                sessions(
                        "APP-SHARE-003",
                        "append",
                        "tells everybody where the shared commit begins",
                        countingFromTheBatch()),
                sessions(
                        "APP-SHARE-004",
                        "append",
                        "acknowledges first and writes later",
                        holdingBack()),
                sessions(
                        "APP-SHARE-005",
                        "append",
                        "takes conditional appends along with the others",
                        given(AppendOptions.class, AppendSaboteurs::expectingNothing)),
                sessions(
                        "APP-SHARE-006",
                        "append",
                        "forgets that its caller was interrupted",
                        call -> {
                            Thread.interrupted();
                            return call.proceed();
                        }),
                sessions(
                        "APP-SHARE-006",
                        "append",
                        "acknowledges what it did not write when it is interrupted",
                        call ->
                                Thread.currentThread().isInterrupted()
                                        ? pretended(call)
                                        : call.proceed()),
                sessions(
                        "APP-SHARE-006",
                        "append",
                        "writes what it says that it gave up",
                        call -> {
                            // Taken off, or the honest storage may give up before it writes.
                            boolean interrupted = Thread.interrupted();
                            Object done = call.proceed();
                            if (interrupted) {
                                Thread.currentThread().interrupt();
                                throw new StorageBusyException("interrupted");
                            }
                            return done;
                        }),
                sessions(
                        "APP-SHARE-007",
                        "get",
                        "tells when the session was made",
                        answers("lastMessageAt", ClauseContext.START)),
                sessions(
                        "APP-WAIT-001",
                        "append",
                        "calls an interrupt a fault of the database",
                        misreports(StorageBusyException.class)),
                sessions(
                        "APP-WAIT-002",
                        "append",
                        "calls a full pool a fault of the database",
                        misreports(StorageBusyException.class)),
                Saboteur.storage(
                        "STO-CLOSE-004",
                        "close",
                        "does not tell those who wait that it closes",
                        Deeds.claims(null)));
    }

    /** An error of a thread's call. */
    private record Fault(Thread thread, StorageException error) {}

    /** Gives the error of one call to the next one of another thread, as if both were one batch. */
    private static Interceptor failingTheNext(Class<? extends StorageException> type) {
        AtomicReference<@Nullable Fault> shared = new AtomicReference<>();
        return call -> {
            Fault fault = shared.get();
            if (fault != null && fault.thread() != Thread.currentThread()) {
                shared.set(null);
                throw fault.error();
            }
            try {
                return call.proceed();
            } catch (StorageException e) {
                if (type.isInstance(e)) {
                    shared.set(new Fault(Thread.currentThread(), e));
                }
                throw e;
            }
        };
    }

    /** Gives each caller what the one before it was to be answered, in the same session. */
    private static Interceptor swapping() {
        Map<SessionId, Object> last = new ConcurrentHashMap<>();
        return call -> {
            Object own = call.proceed();
            Object earlier = own == null ? null : last.put(call.arg(SessionId.class), own);
            return earlier == null ? own : earlier;
        };
    }

    /** Answers every other call with a first sequence that is one too early. */
    private static Interceptor countingFromTheBatch() {
        AtomicInteger calls = new AtomicInteger();
        return call -> {
            Object own = call.proceed();
            boolean joined = calls.incrementAndGet() % 2 == 0;
            return withEach(
                    own,
                    "firstSequence",
                    first -> joined && first instanceof Long f && f > 1 ? f - 1 : first);
        };
    }

    /** Keeps the first messages that it is given until others were written. */
    private static Interceptor holdingBack() {
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<@Nullable Call> held = new AtomicReference<>();
        return call -> {
            int number = calls.incrementAndGet();
            if (number == 1) {
                held.set(call);
                return new Appended(call.arg(SessionId.class), 1, 1, false);
            }
            Object done = call.proceed();
            Call earlier = number > 100 ? held.getAndSet(null) : null;
            if (earlier != null) {
                earlier.proceed();
            }
            return done;
        };
    }
}
