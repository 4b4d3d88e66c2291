package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.storage;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage.ConnectionWork;
import io.twinstore.storage.Storage.TransactionWork;
import io.twinstore.storage.TransactionException;
import io.twinstore.storage.Transcript;
import io.twinstore.storage.UserId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks what {@link TransactionClauses}, {@link RetryClauses} and {@link ConnectionClauses} check.
 */
final class TransactionSaboteurs {

    private TransactionSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(own(), hosts()).flatMap(List::stream).toList();
    }

    private static List<Saboteur> own() {
        return List.of(
                storage(
                        "TXN-COMMIT-001",
                        "transaction",
                        "rolls back in silence",
                        TransactionSaboteurs::rollBack),
                storage(
                        "TXN-ROLLBACK-001",
                        "transaction",
                        "commits though the work throws",
                        TransactionSaboteurs::commitAndThrow),
                storage(
                        "TXN-ROLLBACK-001",
                        "transaction",
                        "wraps what the work throws",
                        insteadOf(
                                Exception.class,
                                call -> {
                                    throw new IllegalArgumentException("The transaction failed.");
                                })),
                storage(
                        "TXN-ROLLBACK-002",
                        "transaction",
                        "commits though the work throws",
                        TransactionSaboteurs::commitAndThrow),
                sessions(
                        "TXN-ERROR-001",
                        "create",
                        "leaves a participant where it refuses a session",
                        TransactionSaboteurs::addAndRefuse),
                sessions(
                        "TXN-SEE-001",
                        "transcript",
                        "does not read what it wrote",
                        call -> new Transcript(call.arg(SessionId.class), List.of())),
                sessions("TXN-SEE-002", "exists", "shows what is not committed", claims(true)),
                sessions(
                        "TXN-OUTER-001",
                        "find",
                        "reads past the transaction",
                        insteadOf(TransactionException.class, claims(Optional.empty()))),
                sessions(
                        "TXN-OUTER-002",
                        "append",
                        "takes messages after the transaction",
                        insteadOf(TransactionException.class, AppendSaboteurs::pretended)),
                sessions(
                        "TXN-RETRY-001",
                        "update",
                        "loses what collides",
                        skipsEveryOther(call -> call.sessions().get(call.arg(SessionId.class)))),
                sessions(
                        "TXN-RETRY-003",
                        "find",
                        "counts what was rolled back",
                        Deeds.answers("metadata", Json.of("{\"n\":1000}"))),
                storage(
                        "TXN-RETRY-002",
                        "transaction",
                        "tries everything twice",
                        insteadOf(ConflictException.class, Call::proceed)));
    }

    private static Object addAndRefuse(Call call) throws Throwable {
        try {
            return Objects.requireNonNull(call.proceed());
        } catch (AlreadyExistsException e) {
            NewSession session = call.arg(NewSession.class);
            UserId owner = Objects.requireNonNull(session.owner());
            SessionId id = Objects.requireNonNull(session.id());
            call.sessions().addParticipant(id, owner, ParticipantRole.EDITOR);
            throw e;
        }
    }

    private static TransactionWork<?, ?> work(Call call) {
        return call.arg(TransactionWork.class);
    }

    private static @Nullable Object rollBack(Call call) throws Throwable {
        AtomicReference<@Nullable Object> result = new AtomicReference<>();
        IllegalStateException signal = new IllegalStateException("Roll back.");
        TransactionWork<Object, Exception> undone =
                tx -> {
                    result.set(work(call).run(tx));
                    throw signal;
                };
        try {
            call.proceedAt(1, undone);
        } catch (IllegalStateException e) {
            if (e != signal) {
                throw e;
            }
        }
        return result.get();
    }

    private static @Nullable Object commitAndThrow(Call call) throws Throwable {
        AtomicReference<@Nullable Throwable> thrown = new AtomicReference<>();
        TransactionWork<@Nullable Object, Exception> kept =
                tx -> {
                    try {
                        return work(call).run(tx);
                    } catch (Throwable e) {
                        thrown.set(e);
                        return e;
                    }
                };
        Object result = call.proceedAt(1, kept);
        Throwable e = thrown.get();
        if (e != null) {
            throw e;
        }
        return result;
    }

    private static List<Saboteur> hosts() {
        return List.of(
                storage("TXN-ON-001", "on", "works beside the host's connection", Call::target),
                storage("TXN-ON-002", "on", "works beside the host's connection", Call::target),
                storage("TXN-ON-003", "on", "takes a connection with autocommit", Call::target),
                storage(
                        "TXN-ON-004",
                        "on",
                        "turns autocommit on",
                        call -> {
                            call.arg(Connection.class).setAutoCommit(true);
                            return call.target();
                        }),
                sessions(
                        "TXN-ON-005",
                        "create",
                        "leaves a participant where it refuses a session",
                        TransactionSaboteurs::addAndRefuse),
                storage("TXN-ON-007", "on", "takes any connection", Call::target),
                storage("TXN-ON-006", "on", "lies about what it can do", TransactionSaboteurs::lie),
                storage(
                        "TXN-WITH-001",
                        "withConnection",
                        "lends a connection without autocommit",
                        TransactionSaboteurs::lendWithoutAutocommit),
                storage(
                        "TXN-WITH-002",
                        "withConnection",
                        "commits what is left",
                        TransactionSaboteurs::commitWhatIsLeft),
                storage(
                        "TXN-WITH-003",
                        "withConnection",
                        "swallows what the work throws",
                        insteadOf(SQLException.class, claims(null))));
    }

    private static Object lie(Call call) throws Throwable {
        try {
            call.proceed();
        } catch (UnsupportedOperationException notDeclared) {
            return call.target();
        }
        throw new UnsupportedOperationException("Declared, but not there.");
    }

    private static ConnectionWork<?, ?> connectionWork(Call call) {
        return call.arg(ConnectionWork.class);
    }

    private static @Nullable Object lendWithoutAutocommit(Call call) throws Throwable {
        ConnectionWork<@Nullable Object, Exception> without =
                connection -> {
                    connection.setAutoCommit(false);
                    return connectionWork(call).run(connection);
                };
        return call.proceedAt(0, without);
    }

    private static @Nullable Object commitWhatIsLeft(Call call) throws Throwable {
        ConnectionWork<@Nullable Object, Exception> committing =
                connection -> {
                    Object result = connectionWork(call).run(connection);
                    if (!connection.getAutoCommit()) {
                        connection.commit();
                    }
                    return result;
                };
        return call.proceedAt(0, committing);
    }
}
