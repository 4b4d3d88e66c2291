package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.AppendSaboteurs.part;
import static io.twinstore.storage.testkit.AppendSaboteurs.pretended;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link HistoryClauses} check, mostly now and then, as real faults do. */
final class HistorySaboteurs {

    private static final int NOW_AND_THEN = 9;

    private HistorySaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(keeping(), once(), order(), failing(), reading())
                .flatMap(List::stream)
                .toList();
    }

    /** Does this to one call in nine. */
    private static Interceptor nowAndThen(Interceptor deed) {
        AtomicInteger calls = new AtomicInteger();
        return call ->
                calls.incrementAndGet() % NOW_AND_THEN == 0 ? deed.answer(call) : call.proceed();
    }

    private static Saboteur appending(String clause, String deed, Interceptor how) {
        return sessions(clause, "append", deed, how);
    }

    private static List<Saboteur> keeping() {
        return List.of(
                appending(
                        "HIS-KEEP-001",
                        "acknowledges now and then before it writes, and does not write",
                        nowAndThen(AppendSaboteurs::pretended)),
                appending(
                        "HIS-KEEP-001",
                        "loses the last message of a batch now and then",
                        nowAndThen(HistorySaboteurs::withoutLast)),
                appending(
                        "HIS-KEEP-001",
                        "changes a message now and then",
                        nowAndThen(HistorySaboteurs::changed)),
                appending(
                        "HIS-KEEP-001",
                        "writes a message of its own now and then",
                        nowAndThen(
                                call -> {
                                    call.sessions()
                                            .append(
                                                    call.arg(SessionId.class),
                                                    NewMessage.user("invented"));
                                    return call.proceed();
                                })),
                appending(
                        "HIS-KEEP-001",
                        "answers with other sequences now and then",
                        nowAndThen(
                                call ->
                                        withEach(
                                                call.proceed(),
                                                "firstSequence",
                                                first ->
                                                        (Long) Objects.requireNonNull(first)
                                                                + 1))));
    }

    private static @Nullable Object withoutLast(Call call) throws Throwable {
        List<?> messages = call.arg(List.class);
        return messages.size() == 1
                ? pretended(call)
                : part(m -> m.subList(0, m.size() - 1)).answer(call);
    }

    private static @Nullable Object changed(Call call) throws Throwable {
        return part(messages ->
                        messages.stream()
                                .map(m -> ((NewMessage) m).body().text())
                                .map(text -> NewMessage.of(text.replace('e', 'x')))
                                .toList())
                .answer(call);
    }

    private static List<Saboteur> once() {
        return List.of(
                appending(
                        "HIS-ONCE-001",
                        "applies retries",
                        call -> call.proceedWith(ReplaySaboteurs.withoutKey(options(call)))),
                appending(
                        "HIS-ONCE-001",
                        "tries again by itself now and then, though it was done",
                        nowAndThen(
                                call -> {
                                    call.proceedWith(AppendOptions.plain());
                                    return call.proceedWith(AppendOptions.plain());
                                })),
                appending(
                        "HIS-ONCE-001",
                        "answers a replay with other sequences",
                        call -> {
                            Object answer = call.proceed();
                            return isReplay(answer)
                                    ? withEach(
                                            answer,
                                            "lastSequence",
                                            last -> (Long) Objects.requireNonNull(last) + 1)
                                    : answer;
                        }),
                appending(
                        "HIS-ONCE-001",
                        "does not say that it replays",
                        call -> with(call.proceed(), "replayed", false)));
    }

    private static boolean isReplay(@Nullable Object answer) {
        return answer instanceof Appended appended && appended.replayed();
    }

    private static AppendOptions options(Call call) {
        return call.arg(AppendOptions.class);
    }

    private static List<Saboteur> order() {
        return List.of(
                appending(
                        "HIS-ORDER-001",
                        "turns a batch around now and then",
                        nowAndThen(part(m -> Deeds.reversed(List.copyOf(m))))),
                appending(
                        "HIS-ORDER-001",
                        "acknowledges an append and writes it behind the next",
                        late()),
                appending(
                        "HIS-ORDER-001",
                        "loses its connection in the middle of a batch and keeps what it has",
                        call -> {
                            if (call.arg(List.class).size() == 1) {
                                return call.proceed();
                            }
                            withoutLast(call);
                            throw new OutcomeUnknownException(null);
                        }));
    }

    /** Keeps back each thread's plain appends of one message until the thread appends again. */
    private static Interceptor late() {
        Map<Thread, Call> held = new ConcurrentHashMap<>();
        return call -> {
            boolean plain = options(call).equals(AppendOptions.plain());
            Call earlier = held.remove(Thread.currentThread());
            if (earlier == null && plain && call.arg(List.class).size() == 1) {
                held.put(Thread.currentThread(), call);
                return pretended(call);
            }
            try {
                return call.proceed();
            } finally {
                if (earlier != null) {
                    earlier.proceed();
                }
            }
        };
    }

    private static List<Saboteur> failing() {
        return List.of(
                appending(
                        "HIS-FAIL-001",
                        "writes and says that it was busy now and then",
                        nowAndThen(
                                call -> {
                                    call.proceedWith(AppendOptions.plain());
                                    throw new StorageBusyException("The database was busy.");
                                })),
                appending(
                        "HIS-FAIL-001",
                        "loses a reply and says that there is no database",
                        nowAndThen(
                                call -> {
                                    call.proceedWith(AppendOptions.plain());
                                    throw new StorageUnavailableException("No database.");
                                })),
                appending(
                        "HIS-FAIL-001",
                        "writes in spite of a conflict, and reports it",
                        insteadOf(
                                ConflictException.class,
                                call -> {
                                    call.proceedWith(AppendOptions.plain());
                                    throw new ConflictException(
                                            ConflictException.Reason.SEQUENCE,
                                            call.arg(SessionId.class).value(),
                                            "0",
                                            "1");
                                })));
    }

    private static List<Saboteur> reading() {
        return List.of(
                sessions(
                        "HIS-READ-001",
                        "messages",
                        "skips a message now and then",
                        nowAndThen(rearranging(HistorySaboteurs::withoutFirst))),
                sessions(
                        "HIS-READ-001",
                        "messages",
                        "does not see the last message yet",
                        rearranging(
                                items ->
                                        items.isEmpty()
                                                ? items
                                                : items.subList(0, items.size() - 1))),
                sessions(
                        "HIS-READ-001",
                        "messages",
                        "shows other bodies",
                        Deeds.changing(message -> with(message, "body", Json.of("\"another\"")))));
    }

    private static List<Object> withoutFirst(List<Object> items) {
        List<Object> rest = new ArrayList<>(items);
        if (rest.size() > 1 && rest.get(0) instanceof Message) {
            rest.remove(0);
        }
        return rest;
    }
}
