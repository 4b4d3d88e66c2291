package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.ConflictException.Reason;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionLease;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link FencingClauses} check. */
final class FencingSaboteurs {

    private FencingSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                appending("FEN-APPEND-001", "refuses every token", FencingSaboteurs::refuseTokens),
                appending(
                        "FEN-APPEND-001",
                        "does nothing where a token is given",
                        call -> hasToken(call) ? AppendSaboteurs.pretended(call) : call.proceed()),
                appending("FEN-APPEND-002", "ignores the token", unfenced()),
                appending(
                        "FEN-APPEND-002",
                        "ignores the token where a key is given",
                        given(AppendOptions.class, o -> isKeyed(o) ? withoutFence(o) : o)),
                appending(
                        "FEN-APPEND-002",
                        "reports a stale token as a fault of the database",
                        misreports(ConflictException.class)),
                appending("FEN-APPEND-003", "gives up what expired", FencingSaboteurs::giveUp),
                appending("FEN-APPEND-004", "lets the holder alone append", holderAlone()),
                appending("FEN-APPEND-005", "takes any higher token", FencingSaboteurs::higher),
                appending(
                        "FEN-ORDER-001",
                        "looks at the fence before the session",
                        insteadOf(NotFoundException.class, FencingSaboteurs::refuse)),
                appending("FEN-ORDER-002", "looks at the fence before the key", fenceFirst()),
                appending(
                        "FEN-ORDER-003",
                        "looks at the expectation before the fence",
                        insteadOf(ConflictException.class, FencingSaboteurs::refuseExpectation)),
                appending("FEN-TXN-001", "ignores the token", unfenced()),
                appending("FEN-TXN-002", "ignores the token", unfenced()),
                sessions(
                        "FEN-RACE-001",
                        "acquire",
                        "gives it to everyone",
                        insteadOf(ConflictException.class, LeaseSaboteurs::pretended)),
                appending("FEN-RACE-002", "ignores the token", unfenced()),
                appending("FEN-RACE-003", "ignores the token", unfenced()));
    }

    private static Saboteur appending(String clause, String deed, Interceptor how) {
        return sessions(clause, "append", deed, how);
    }

    /** Appends whatever the token is. */
    static Interceptor unfenced() {
        return given(AppendOptions.class, FencingSaboteurs::withoutFence);
    }

    static AppendOptions withoutFence(AppendOptions options) {
        return new AppendOptions(options.expectedLastSequence(), options.idempotencyKey(), null);
    }

    private static boolean isKeyed(AppendOptions options) {
        return options.idempotencyKey() != null;
    }

    private static boolean hasToken(Call call) {
        return call.arg(AppendOptions.class).fencingToken() != null;
    }

    private static long latest(Call call) {
        return call.sessions()
                .leaseOf(call.arg(SessionId.class))
                .map(SessionLease::token)
                .orElse(0L);
    }

    private static boolean isStale(Call call) {
        Long token = call.arg(AppendOptions.class).fencingToken();
        return token != null && token != latest(call);
    }

    private static Object refuse(Call call) {
        throw new ConflictException(
                Reason.FENCED,
                call.arg(SessionId.class).value(),
                String.valueOf(call.arg(AppendOptions.class).fencingToken()),
                Long.toString(latest(call)));
    }

    /** Looks at the fence before anything else. */
    static Interceptor fenceFirst() {
        return call -> isStale(call) ? refuse(call) : call.proceed();
    }

    private static @Nullable Object refuseTokens(Call call) throws Throwable {
        return hasToken(call) ? refuse(call) : call.proceed();
    }

    /** Lets somebody take a session whose lease has expired, before the holder appends. */
    private static @Nullable Object giveUp(Call call) throws Throwable {
        try {
            call.sessions().acquire(call.arg(SessionId.class), "somebody", Duration.ofMinutes(1));
        } catch (ConflictException e) {
            return call.proceed();
        }
        return call.proceed();
    }

    private static Interceptor holderAlone() {
        return call -> !hasToken(call) && latest(call) > 0 ? refuse(call) : call.proceed();
    }

    private static @Nullable Object higher(Call call) throws Throwable {
        AppendOptions options = call.arg(AppendOptions.class);
        Long token = options.fencingToken();
        return token != null && token > latest(call)
                ? call.proceedWith(withoutFence(options))
                : call.proceed();
    }

    private static @Nullable Object refuseExpectation(Call call) throws Throwable {
        Long expected = call.arg(AppendOptions.class).expectedLastSequence();
        if (expected == null) {
            return call.proceed();
        }
        throw new ConflictException(
                Reason.SEQUENCE, call.arg(SessionId.class).value(), expected.toString(), "0");
    }
}
