package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.testkit.history.Anomaly.Kind;
import io.twinstore.storage.testkit.history.Attempts.OfBatch;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Compares what was read with what stands there in the end, and both with real time.
 *
 * <p>Acknowledgements and reads tell since when something was there. Along the transcript, no
 * message can have been known before an earlier one was asked for, and no read may end before what
 * was known when it began.
 */
final class ReadCheck {

    private final SessionId session;
    private final Attempts attempts;
    private final FinalTranscript last;
    private final List<ReadOperation> reads;
    private final Findings findings;

    /** For each message that was read, the read that was over first. */
    private final Map<MessageIdentity, ReadOperation> firstReads = new HashMap<>();

    ReadCheck(
            SessionId session,
            Attempts attempts,
            FinalTranscript last,
            List<ReadOperation> reads,
            Findings findings) {
        this.session = session;
        this.attempts = attempts;
        this.last = last;
        this.reads = reads;
        this.findings = findings;
    }

    void run() {
        for (ReadOperation read : reads) {
            checkRun(read);
            read.seen().forEach(message -> checkMessage(read, message));
        }
        checkRealTime();
        checkFreshness();
    }

    /** Checks that what was shown follows what the reader had, without hole or repetition. */
    private void checkRun(ReadOperation read) {
        long before = read.after();
        for (Sighting message : read.seen()) {
            long previous = before;
            if (message.sequence() != before + 1) {
                Kind kind =
                        message.sequence() > before
                                ? Kind.SKIPPED
                                : message.sequence() == before ? Kind.DOUBLED : Kind.REORDERED;
                findings.add(
                        kind,
                        session,
                        () -> read + " shows " + message + " next after sequence " + previous);
            }
            before = message.sequence();
        }
    }

    private void checkMessage(ReadOperation read, Sighting message) {
        MessageIdentity identity = message.identity();
        OfBatch batch = identity == null ? null : attempts.at(identity);
        if (identity == null || batch == null || batch.earliest() > read.span().completed()) {
            findings.add(
                    Kind.INVENTED,
                    session,
                    () ->
                            read
                                    + " shows "
                                    + message
                                    + (batch == null
                                            ? ", which nobody appended here"
                                            : ", which was appended later: " + batch));
            return;
        }
        if (Objects.equals(last.at(message.sequence()), message)) {
            firstReads.merge(
                    identity, read, (a, b) -> a.span().completed() <= b.span().completed() ? a : b);
        } else {
            long stands = last.sequenceOf(identity);
            findings.add(
                    stands == 0 ? Kind.LOST : Kind.WRONG_SEQUENCE,
                    session,
                    () ->
                            read
                                    + " shows "
                                    + message
                                    + (stands == 0
                                            ? ", which is not there in the end: "
                                            : ", which in the end stands at " + stands + ": ")
                                    + batch);
        }
    }

    private void checkRealTime() {
        OfBatch newest = null;
        long begun = Long.MIN_VALUE;
        for (Sighting message : last.messages()) {
            MessageIdentity identity = message.identity();
            OfBatch batch = identity == null ? null : attempts.at(identity);
            if (identity == null || batch == null || batch.allFailed()) {
                continue;
            }
            ReadOperation read = firstReads.get(identity);
            long known =
                    Math.min(batch.latest(), read == null ? Span.NEVER : read.span().completed());
            if (newest != null && known < begun) {
                report(message, batch, newest, known == batch.latest() ? null : read);
            }
            if (batch.earliest() > begun) {
                begun = batch.earliest();
                newest = batch;
            }
        }
    }

    private void report(
            Sighting message, OfBatch batch, OfBatch earlier, @Nullable ReadOperation read) {
        findings.add(
                Kind.REORDERED,
                session,
                () ->
                        message
                                + " stands behind "
                                + earlier.batch()
                                + ", which was first asked for when it was there already: "
                                + batch
                                + (read == null ? "" : "; " + read)
                                + "; "
                                + earlier);
    }

    private void checkFreshness() {
        Known known = new Known();
        for (OfBatch batch : attempts.batches()) {
            for (AppendOperation attempt : batch.acknowledged()) {
                known.add(attempt.span().completed(), attempt.outcome().last(), attempt);
            }
        }
        reads.forEach(read -> known.add(read.span().completed(), read.last(), read));
        known.sort();
        for (ReadOperation read : reads) {
            Known.Fact fact = known.before(read.span().invoked());
            if (read.toEnd() && fact != null && fact.sequence() > read.last()) {
                findings.add(
                        Kind.STALE,
                        session,
                        () -> read + " misses what was known when it began: " + fact.source());
            }
        }
    }
}
