package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;

/** A history of one session, written by hand. */
final class HandMade {

    static final SessionId SESSION = SessionId.of("session");

    private final List<AppendOperation> appends = new ArrayList<>();
    private final List<ReadOperation> reads = new ArrayList<>();
    private final List<Sighting> transcript = new ArrayList<>();

    /** Returns an identity written as {@code client/number}. */
    static MessageIdentity id(String text) {
        String[] parts = text.split("/", 2);
        return new MessageIdentity(Integer.parseInt(parts[0]), Long.parseLong(parts[1]));
    }

    private static Batch batch(String first, int count) {
        return new Batch(id(first).client(), id(first).number(), count);
    }

    /** One attempt to append, with everything that can be said of it. */
    HandMade attempt(
            String first, int count, boolean keyed, long expected, Span span, AppendOutcome what) {
        Batch batch = batch(first, count);
        appends.add(
                new AppendOperation(batch.client(), SESSION, batch, keyed, expected, span, what));
        return this;
    }

    /** A plain append that was acknowledged. */
    HandMade ok(String first, int count, long from, long to, long sequence) {
        return plain(
                first, count, from, to, AppendOutcome.ok(sequence, sequence + count - 1, false));
    }

    HandMade plain(String first, int count, long from, long to, AppendOutcome outcome) {
        return attempt(first, count, false, AppendOperation.ANY, new Span(from, to), outcome);
    }

    HandMade failed(String first, int count, long from, long to) {
        return plain(first, count, from, to, AppendOutcome.failed());
    }

    HandMade unknown(String first, int count, long from, long to) {
        return plain(first, count, from, to, AppendOutcome.unknown());
    }

    HandMade killed(String first, int count, long from) {
        return unknown(first, count, from, Span.NEVER);
    }

    HandMade keyed(String first, int count, long from, long to, AppendOutcome outcome) {
        return attempt(first, count, true, AppendOperation.ANY, new Span(from, to), outcome);
    }

    /** An append that asked for the last sequence and was acknowledged. */
    HandMade expecting(long expected, String first, long from, long to, long sequence) {
        return attempt(
                first,
                1,
                false,
                expected,
                new Span(from, to),
                AppendOutcome.ok(sequence, sequence, false));
    }

    /** A read to the end that saw these, the first at {@code after + 1}. */
    HandMade read(long from, long to, long after, String... messages) {
        return read(from, to, after, after + 1, true, messages);
    }

    /** A full page, or what a tail said. */
    HandMade page(long from, long to, long after, long first, String... messages) {
        return read(from, to, after, first, false, messages);
    }

    private HandMade read(
            long from, long to, long after, long first, boolean toEnd, String... messages) {
        reads.add(
                new ReadOperation(
                        99, SESSION, after, run(first, messages), toEnd, new Span(from, to)));
        return this;
    }

    private static List<Sighting> run(long first, String... messages) {
        return LongStream.range(0, messages.length)
                .mapToObj(i -> new Sighting(first + i, known(messages[(int) i])))
                .toList();
    }

    private static @Nullable MessageIdentity known(String text) {
        return text.equals("?") ? null : id(text);
    }

    /** Adds messages to what stands there in the end; "?" is one that no client made. */
    HandMade stands(String... messages) {
        return standsFrom(
                transcript.isEmpty() ? 1 : transcript.get(transcript.size() - 1).sequence() + 1,
                messages);
    }

    HandMade standsFrom(long first, String... messages) {
        transcript.addAll(run(first, messages));
        return this;
    }

    HistoryReport check() {
        return HistoryChecker.check(
                new History(appends, reads), Map.of(SESSION, List.copyOf(transcript)));
    }
}
