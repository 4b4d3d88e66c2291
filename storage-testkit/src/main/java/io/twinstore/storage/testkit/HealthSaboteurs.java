package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.storage;

import io.twinstore.storage.Appended;
import io.twinstore.storage.IndexLag;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.TransactionException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Breaks what {@link HealthClauses} and {@link MetricsClauses} check. */
final class HealthSaboteurs {

    private HealthSaboteurs() {}

    /** Answers with the first lag there was for good. */
    private static Interceptor staysBehind() {
        AtomicReference<Object> first = new AtomicReference<>();
        return Deeds.changing(
                health ->
                        Deeds.withEach(
                                health,
                                "index",
                                index -> first.updateAndGet(old -> old == null ? index : old)));
    }

    static List<Saboteur> all() {
        return List.of(
                storage("HLT-UP-001", "health", "takes itself for down", answers("up", false)),
                storage(
                        "HLT-UP-001",
                        "health",
                        "knows of another schema",
                        answers("schemaVersion", "999-later")),
                storage(
                        "HLT-INDEX-001",
                        "health",
                        "takes its index for complete",
                        answers("index", new IndexLag(0, 0, null))),
                storage(
                        "HLT-INDEX-001",
                        "health",
                        "never takes its index for complete",
                        staysBehind()),
                storage(
                        "HLT-INDEX-002",
                        "health",
                        "looks at an index that is off",
                        answers("index", new IndexLag(0, 0, null))),
                storage(
                        "HLT-DOWN-001",
                        "health",
                        "takes itself for up whatever happens",
                        answers("up", true)),
                storage(
                        "HLT-CALL-001",
                        "health",
                        "takes any time to wait",
                        insteadOf(InvalidValueException.class, claims(null))),
                storage(
                        "HLT-CALL-002",
                        "health",
                        "answers when it is closed",
                        insteadOf(StorageClosedException.class, claims(null))),
                storage(
                        "HLT-CALL-002",
                        "health",
                        "answers in its own transaction",
                        insteadOf(TransactionException.class, claims(null))),
                sessions(
                        "MET-TOLD-001",
                        "find",
                        "answers past its meters",
                        claims(Optional.empty())),
                sessions(
                        "MET-TOLD-001",
                        "append",
                        "tells of a call twice",
                        call -> {
                            call.proceed();
                            return call.proceed();
                        }),
                sessions(
                        "MET-TOLD-002",
                        "touch",
                        "refuses past its meters",
                        call -> {
                            throw new NotFoundException(
                                    "session", call.arg(SessionId.class).value());
                        }),
                storage(
                        "MET-TOLD-003",
                        "transaction",
                        "tells of a transaction twice",
                        call -> {
                            call.proceed();
                            return call.proceed();
                        }),
                sessions(
                        "MET-TOLD-004",
                        "append",
                        "tells of half the appends",
                        Deeds.skipsEveryOther(
                                call -> new Appended(call.arg(SessionId.class), 1, 1, false))),
                sessions(
                        "MET-BROKEN-001",
                        "append",
                        "fails with its meter",
                        call -> {
                            call.proceed();
                            throw new IllegalStateException("a broken meter");
                        }),
                storage(
                        "MET-POOL-001",
                        "info",
                        "shows its meters another pool",
                        answers("pool", new StorageInfo.Pool(0, 0, 0, 9_999))));
    }
}
