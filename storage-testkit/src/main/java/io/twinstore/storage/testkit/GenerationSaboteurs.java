package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.tails;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.Transcript;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Breaks what {@link GenerationClauses}, {@link ReplacingClauses} and {@link ReplacingRaceClauses}
 * check.
 */
final class GenerationSaboteurs {

    private GenerationSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(appended(), anew(), reading(), conditions(), followed())
                .flatMap(List::stream)
                .toList();
    }

    private static Saboteur replacing(String clause, String deed, Interceptor how) {
        return sessions(clause, "replaceTranscript", deed, how);
    }

    private static List<Saboteur> appended() {
        return List.of(
                replacing("GEN-APPEND-001", "begins anew always", GenerationSaboteurs::beginAnew),
                replacing("GEN-APPEND-001", "appends all of it", GenerationSaboteurs::appendAll),
                replacing("GEN-APPEND-002", "compares texts", GenerationSaboteurs::compareTexts),
                replacing("GEN-APPEND-003", "writes it again", GenerationSaboteurs::beginAnew),
                replacing(
                        "GEN-APPEND-003",
                        "takes it for a change",
                        call -> {
                            call.sessions().update(id(call), SessionUpdate.nothing());
                            return call.proceed();
                        }),
                replacing(
                        "GEN-APPEND-004",
                        "takes the first for another",
                        answers("newGeneration", true)));
    }

    private static List<Saboteur> anew() {
        return List.of(
                replacing("GEN-NEW-001", "appends what is longer", GenerationSaboteurs::appendRest),
                sessions("GEN-NEW-001", "find", "hides the base", answers("baseSequence", 0L)),
                replacing("GEN-NEW-002", "keeps the longer one", GenerationSaboteurs::appendRest),
                replacing(
                        "GEN-NEW-003",
                        "leaves the old one where none is given",
                        call -> transcript(call).isEmpty() ? pretended(call) : call.proceed()),
                sessions(
                        "GEN-NEW-003",
                        "find",
                        "takes emptying for no activity",
                        answers("lastActivityAt", START)),
                replacing(
                        "GEN-NEW-004",
                        "compares the first hundred",
                        call -> transcript(call).size() > 100 ? pretended(call) : call.proceed()),
                replacing(
                        "GEN-NEW-005",
                        "compares with every message there was",
                        GenerationSaboteurs::compareWithAll),
                replacing(
                        "GEN-NEW-006",
                        "cuts what one append does not take",
                        AppendSaboteurs.part(m -> m.subList(0, Math.min(m.size(), 10_000)))));
    }

    private static List<Saboteur> reading() {
        return List.of(
                sessions("GEN-READ-001", "transcript", "reads them all", readingAll()),
                sessions(
                        "GEN-READ-001",
                        "streamTranscript",
                        "reads them all",
                        GenerationSaboteurs::streamAll),
                sessions(
                        "GEN-READ-001", "lastMessages", "reads them all", call -> everything(call)),
                sessions(
                        "GEN-READ-002",
                        "messages",
                        "hides earlier ones",
                        GenerationSaboteurs::hideEarlier),
                sessions("GEN-LIFE-001", "purge", "only says that it purges", claims(true)),
                sessions("GEN-LIFE-001", "transcript", "reads them all", readingAll()),
                sessions("GEN-RACE-001", "transcript", "reads them all", readingAll()));
    }

    private static List<Saboteur> conditions() {
        return List.of(
                asking("GEN-EXPECT-001", "expects nothing", AppendSaboteurs::expectingNothing),
                asking("GEN-EXPECT-002", "ignores the token", FencingSaboteurs::withoutFence),
                asking("GEN-KEY-001", "applies it again", ReplaySaboteurs::withoutKey),
                replacing("GEN-KEY-001", "hides that it replays", answers("replayed", false)),
                asking("GEN-KEY-002", "forgets the key", ReplaySaboteurs::withoutKey),
                replacing(
                        "GEN-KEY-003",
                        "takes any key for a replay",
                        insteadOf(ConflictException.class, GenerationSaboteurs::pretended)),
                sessions(
                        "GEN-KEY-003",
                        "append",
                        "takes a replacement for an append",
                        insteadOf(ConflictException.class, AppendSaboteurs::pretended)),
                replacing(
                        "GEN-ORDER-001",
                        "looks at the fence before the key",
                        FencingSaboteurs.fenceFirst()),
                replacing(
                        "GEN-SIZE-001",
                        "takes any number",
                        insteadOf(InvalidValueException.class, GenerationSaboteurs::pretended)),
                replacing("GEN-TXN-001", "only says so", GenerationSaboteurs::pretended),
                replacing("GEN-TXN-002", "only says so", GenerationSaboteurs::pretended),
                replacing("GEN-RACE-002", "misnumbers", answers("firstSequence", 1L)),
                replacing("GEN-RACE-003", "adds what is longer", GenerationSaboteurs::appendRest),
                replacing("GEN-RACE-004", "adds what is longer", GenerationSaboteurs::appendRest));
    }

    private static List<Saboteur> followed() {
        Interceptor hiding = TailEventSaboteurs.hiding(TailEvent.TranscriptReplaced.class);
        return List.of(
                tails("TAIL-REPLACE-001", "next", "does not tell a replacement", hiding),
                tails(
                        "TAIL-REPLACE-001",
                        "next",
                        "tells a replacement after the new message",
                        TailEventSaboteurs.late(TailEvent.TranscriptReplaced.class)),
                tails("TAIL-REPLACE-002", "next", "looks at messages alone", hiding),
                replacing("TAIL-REPLACE-003", "begins anew always", GenerationSaboteurs::beginAnew),
                tails("TAIL-REPLACE-004", "next", "does not tell a replacement", hiding),
                sessions(
                        "TAIL-REPLACE-004",
                        "tail",
                        "begins at the current transcript",
                        call -> {
                            long base = call.sessions().get(id(call)).baseSequence();
                            long after = call.arg(Long.class);
                            return call.sessions().tail(id(call), Math.max(base, after));
                        }));
    }

    private static Saboteur asking(String clause, String deed, UnaryOperator<AppendOptions> how) {
        return replacing(clause, deed, given(AppendOptions.class, how));
    }

    private static SessionId id(Call call) {
        return call.arg(SessionId.class);
    }

    private static List<NewMessage> transcript(Call call) {
        return ((List<?>) call.arg(List.class)).stream().map(NewMessage.class::cast).toList();
    }

    /** Answers like a replacement by what is there already. */
    private static Object pretended(Call call) {
        Session session = call.sessions().find(id(call)).orElse(null);
        long last = session == null ? 0 : session.lastSequence();
        long base = session == null ? 0 : session.baseSequence();
        return new Replaced(id(call), base, last + 1, last, false, false);
    }

    private static @Nullable Object beginAnew(Call call) throws Throwable {
        call.sessions().replaceTranscript(id(call), List.of(), AppendOptions.plain());
        return call.proceed();
    }

    private static Object appendAll(Call call) {
        call.sessions().append(id(call), transcript(call), AppendOptions.plain());
        return pretended(call);
    }

    private static Object appendRest(Call call) {
        List<NewMessage> given = transcript(call);
        int there = call.sessions().transcript(id(call)).messages().size();
        if (there < given.size()) {
            call.sessions()
                    .append(id(call), given.subList(there, given.size()), AppendOptions.plain());
        }
        return pretended(call);
    }

    private static List<String> texts(Stream<Message> messages) {
        return messages.map(m -> m.body().text()).toList();
    }

    private static List<String> givenTexts(Call call) {
        return transcript(call).stream().map(m -> m.body().text()).toList();
    }

    private static boolean begins(List<String> whole, List<String> part) {
        return part.size() <= whole.size() && whole.subList(0, part.size()).equals(part);
    }

    private static @Nullable Object compareTexts(Call call) throws Throwable {
        var stored = texts(call.sessions().transcript(id(call)).messages().stream());
        return begins(givenTexts(call), stored) ? call.proceed() : beginAnew(call);
    }

    private static @Nullable Object compareWithAll(Call call) throws Throwable {
        return begins(texts(everything(call).stream()), givenTexts(call))
                ? pretended(call)
                : call.proceed();
    }

    private static List<Message> everything(Call call) {
        return call.sessions()
                .messages(id(call), MessageRange.all(), PageRequest.ofSize(1000))
                .items();
    }

    private static Interceptor readingAll() {
        return call -> new Transcript(id(call), everything(call));
    }

    private static @Nullable Object streamAll(Call call) {
        Consumer<Object> consumer = consumer(call);
        everything(call).forEach(consumer);
        return null;
    }

    @SuppressWarnings("unchecked") // the operation's second argument, which takes messages
    private static Consumer<Object> consumer(Call call) {
        return (Consumer<Object>) call.arg(Consumer.class);
    }

    private static Object hideEarlier(Call call) throws Throwable {
        Page<?> page = call.proceedToPage();
        long base = call.sessions().get(id(call)).baseSequence();
        return new Page<Object>(
                page.items().stream()
                        .<Object>map(m -> m)
                        .filter(m -> ((Message) m).sequence() > base)
                        .toList(),
                page.nextCursor());
    }
}
