package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.repeatsAtPageBorders;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Transcript;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link TranscriptClauses} check. */
final class TranscriptSaboteurs {

    private TranscriptSaboteurs() {}

    private static Saboteur ranging(String clause, String deed, UnaryOperator<MessageRange> how) {
        return sessions(clause, "messages", deed, given(MessageRange.class, how));
    }

    private static Saboteur whole(String clause, String deed, UnaryOperator<List<Message>> how) {
        return sessions(
                clause,
                "transcript",
                deed,
                Deeds.changing(
                        result -> {
                            Transcript whole = (Transcript) result;
                            return new Transcript(whole.sessionId(), how.apply(whole.messages()));
                        }));
    }

    static List<Saboteur> all() {
        return List.of(
                sessions(
                        "TRN-RANGE-001",
                        "messages",
                        "reads the newest first",
                        rearranging(Deeds::reversed)),
                ranging(
                        "TRN-RANGE-002",
                        "always reads the oldest first",
                        r -> new MessageRange(r.first(), r.last(), false)),
                ranging(
                        "TRN-RANGE-003",
                        "leaves the end of a range out",
                        r -> new MessageRange(r.first(), r.last() - 1, r.backward())),
                ranging(
                        "TRN-RANGE-003",
                        "leaves the start of a range out",
                        r -> new MessageRange(r.first() + 1, r.last(), r.backward())),
                ranging(
                        "TRN-RANGE-004",
                        "takes the sequence in after which it should read",
                        r -> new MessageRange(Math.max(1, r.first() - 1), r.last(), r.backward())),
                sessions(
                        "TRN-RANGE-005",
                        "messages",
                        "promises a page that is not there",
                        call -> new Page<>(call.proceedToPage().items(), Cursor.of("more"))),
                sessions(
                        "TRN-RANGE-006",
                        "messages",
                        "takes no session for an empty one",
                        insteadOf(NotFoundException.class, claims(new Page<>(List.of(), null)))),
                sessions(
                        "TRN-RANGE-006",
                        "lastMessages",
                        "takes no session for an empty one",
                        insteadOf(NotFoundException.class, claims(List.of()))),
                sessions(
                        "TRN-RANGE-006",
                        "transcript",
                        "reports no session as a fault of the database",
                        misreports(NotFoundException.class)),
                sessions(
                        "TRN-RANGE-006",
                        "streamTranscript",
                        "takes no session for an empty one",
                        insteadOf(NotFoundException.class, claims(null))),
                sessions(
                        "TRN-PAGE-001",
                        "messages",
                        "loses an item between pages",
                        losesAtPageBorders()),
                sessions("TRN-PAGE-001", "messages", "repeats an item", repeatsAtPageBorders()),
                sessions(
                        "TRN-PAGE-002",
                        "messages",
                        "loses an item between pages",
                        losesAtPageBorders()),
                sessions(
                        "TRN-PAGE-003",
                        "messages",
                        "repeats an item where some came meanwhile",
                        repeatsAtPageBorders()),
                sessions(
                        "TRN-LAST-001",
                        "lastMessages",
                        "returns the newest first",
                        rearranging(Deeds::reversed)),
                sessions(
                        "TRN-LAST-001",
                        "lastMessages",
                        "returns the first messages",
                        TranscriptSaboteurs::firstMessages),
                sessions(
                        "TRN-LAST-002",
                        "lastMessages",
                        "takes any number",
                        insteadOf(InvalidValueException.class, claims(List.of()))),
                whole("TRN-WHOLE-001", "loses the last message", m -> m.subList(0, m.size() - 1)),
                whole("TRN-WHOLE-001", "repeats a message", TranscriptSaboteurs::repeated),
                whole("TRN-WHOLE-002", "invents a message", TranscriptSaboteurs::invented),
                sessions(
                        "TRN-WHOLE-003",
                        "streamTranscript",
                        "loses a message of a long stream",
                        TranscriptSaboteurs::streamWithGap),
                sessions(
                        "TRN-STREAM-001",
                        "streamTranscript",
                        "shows what comes meanwhile",
                        TranscriptSaboteurs::streamOn),
                sessions(
                        "TRN-STREAM-002",
                        "streamTranscript",
                        "swallows what the consumer throws",
                        insteadOf(IllegalStateException.class, claims(null))));
    }

    private static Object firstMessages(Call call) {
        PageRequest page = PageRequest.ofSize(call.arg(Integer.class));
        return call.sessions()
                .messages(call.arg(SessionId.class), MessageRange.all(), page)
                .items();
    }

    private static List<Message> repeated(List<Message> messages) {
        List<Message> repeated = new ArrayList<>(messages);
        repeated.add(messages.get(0));
        return repeated;
    }

    private static List<Message> invented(List<Message> messages) {
        Message message =
                new Message(SessionId.of("x"), 1, null, Json.of("1"), ClauseContext.START);
        return messages.isEmpty() ? List.of(message) : messages;
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object streamWithGap(Call call) throws Throwable {
        Consumer<Message> consumer = call.arg(Consumer.class);
        Consumer<Message> skipping =
                message -> {
                    if (message.sequence() != 1_001) {
                        consumer.accept(message);
                    }
                };
        return call.proceedAt(1, skipping);
    }

    @SuppressWarnings("unchecked")
    private static @Nullable Object streamOn(Call call) {
        Consumer<Message> consumer = call.arg(Consumer.class);
        SessionId id = call.arg(SessionId.class);
        long last = 0;
        while (true) {
            List<Message> next =
                    call.sessions()
                            .messages(id, MessageRange.after(last), PageRequest.first())
                            .items();
            if (next.isEmpty()) {
                return null;
            }
            next.forEach(consumer);
            last = next.get(next.size() - 1).sequence();
        }
    }
}
