package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AppendSaboteurs.part;
import static io.twinstore.storage.testkit.AppendSaboteurs.pretended;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Message;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.SessionId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Breaks what {@link ReplayClauses}, {@link AppendRaceClauses} and {@link AppendEndClauses} check.
 */
final class ReplaySaboteurs {

    private ReplaySaboteurs() {}

    private static Saboteur asking(String clause, String deed, UnaryOperator<AppendOptions> how) {
        return sessions(clause, "append", deed, given(AppendOptions.class, how));
    }

    static AppendOptions withoutKey(AppendOptions options) {
        return new AppendOptions(options.expectedLastSequence(), null, options.fencingToken());
    }

    static List<Saboteur> all() {
        return List.of(
                asking("APP-KEY-001", "applies a replay again", ReplaySaboteurs::withoutKey),
                sessions(
                        "APP-KEY-001",
                        "append",
                        "does not say that it replays",
                        answers("replayed", false)),
                asking("APP-KEY-002", "compares texts", ReplaySaboteurs::withoutKey),
                sessions(
                        "APP-KEY-003",
                        "append",
                        "takes any content for a replay",
                        insteadOf(ConflictException.class, AppendSaboteurs::pretended)),
                sessions("APP-KEY-004", "append", "shares keys among sessions", sharingKeys()),
                asking("APP-KEY-005", "folds keys", ReplaySaboteurs::folded),
                sessions(
                        "APP-KEY-006", "append", "keeps the key of a failed append", keepingKeys()),
                sessions(
                        "APP-ORDER-001",
                        "append",
                        "replays before it looks for the session",
                        insteadOf(NotFoundException.class, AppendSaboteurs::pretended)),
                asking(
                        "APP-ORDER-002",
                        "forgets a replay where a sequence is expected",
                        o -> o.expectedLastSequence() == null ? o : AppendOptions.plain()),
                sessions(
                        "APP-ORDER-003",
                        "append",
                        "looks at the expectation before the key",
                        insteadOf(ConflictException.class, ReplaySaboteurs::refuseExpectation)),
                sessions("APP-RACE-001", "append", "loses one append in ten", losingOneInTen()),
                asking("APP-RACE-002", "applies both", ReplaySaboteurs::withoutKey),
                asking("APP-RACE-003", "lets every append win", AppendSaboteurs::expectingNothing),
                sessions(
                        "APP-RACE-004",
                        "append",
                        "does not keep a batch in order",
                        part(m -> Deeds.reversed(List.copyOf(m)))),
                sessions(
                        "APP-RACE-005",
                        "messages",
                        "shows a later message without an earlier one",
                        Deeds.rearranging(
                                items ->
                                        items.stream()
                                                .filter(m -> ((Message) m).sequence() != 7)
                                                .toList())),
                asking("APP-RACE-006", "applies both", ReplaySaboteurs::withoutKey),
                sessions("APP-END-001", "append", "loses appends", losingEveryOther()),
                sessions("APP-END-002", "append", "loses appends", losingEveryOther()),
                sessions("APP-END-003", "purge", "only says that it purges", Deeds.claims(true)));
    }

    private static Interceptor sharingKeys() {
        Map<String, Object> done = new ConcurrentHashMap<>();
        return call -> {
            String key = call.arg(AppendOptions.class).idempotencyKey();
            Object earlier = key == null ? null : done.get(key);
            if (earlier != null) {
                return earlier;
            }
            Object appended = call.proceed();
            if (key != null && appended != null) {
                done.put(key, appended);
            }
            return appended;
        };
    }

    private static AppendOptions folded(AppendOptions options) {
        String key = options.idempotencyKey();
        return key == null ? options : options.withKey(key.toLowerCase(Locale.ROOT).strip());
    }

    private static Interceptor keepingKeys() {
        Set<String> failed = ConcurrentHashMap.newKeySet();
        return call -> {
            String key = call.arg(AppendOptions.class).idempotencyKey();
            if (key != null && failed.contains(key)) {
                return pretended(call);
            }
            try {
                return call.proceed();
            } catch (ConflictException e) {
                failed.add(key == null ? "" : key);
                throw e;
            }
        };
    }

    private static @Nullable Object refuseExpectation(Call call) throws Throwable {
        Long expected = call.arg(AppendOptions.class).expectedLastSequence();
        if (expected == null) {
            return call.proceed();
        }
        String id = call.arg(SessionId.class).value();
        throw new ConflictException(
                ConflictException.Reason.SEQUENCE, id, expected.toString(), "2");
    }

    private static Interceptor losingEveryOther() {
        return Deeds.skipsEveryOther(AppendSaboteurs::pretended);
    }

    private static Interceptor losingOneInTen() {
        AtomicInteger calls = new AtomicInteger();
        return call -> calls.incrementAndGet() % 10 == 0 ? pretended(call) : call.proceed();
    }
}
