package io.twinstore.storage.testkit.history;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.testkit.history.Anomaly.Kind;
import io.twinstore.storage.testkit.history.Attempts.OfBatch;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Compares the appends to a session with what stands in it in the end. */
final class AppendCheck {

    private final SessionId session;
    private final Attempts attempts;
    private final FinalTranscript last;
    private final Findings findings;

    AppendCheck(SessionId session, Attempts attempts, FinalTranscript last, Findings findings) {
        this.session = session;
        this.attempts = attempts;
        this.last = last;
        this.findings = findings;
    }

    void run() {
        checkMessages();
        attempts.batches().forEach(this::checkBatch);
    }

    private void checkMessages() {
        Set<MessageIdentity> seen = new HashSet<>();
        long before = 0;
        for (Sighting message : last.messages()) {
            checkSequence(before, message);
            before = message.sequence();
            MessageIdentity identity = message.identity();
            OfBatch batch = identity == null ? null : attempts.at(identity);
            if (identity == null || batch == null) {
                findings.add(Kind.INVENTED, session, () -> message + ": nobody appended this here");
            } else if (!seen.add(identity)) {
                long first = last.sequenceOf(identity);
                findings.add(
                        Kind.DOUBLED,
                        session,
                        () -> message + " stands at " + first + " already: " + batch);
            }
        }
    }

    private void checkSequence(long before, Sighting message) {
        if (message.sequence() <= before) {
            findings.add(
                    Kind.REORDERED,
                    session,
                    () -> "the transcript shows " + message + " after sequence " + before);
        } else if (message.sequence() > before + 1) {
            findings.add(
                    Kind.GAP,
                    session,
                    () -> "nothing stands between " + before + " and " + message);
        }
    }

    private void checkBatch(OfBatch batch) {
        int present = 0;
        for (int i = 0; i < batch.batch().count(); i++) {
            present += last.sequenceOf(batch.batch().identity(i)) > 0 ? 1 : 0;
        }
        if (present > 0 && batch.allFailed()) {
            findings.add(
                    Kind.ABORTED_BUT_VISIBLE,
                    session,
                    () -> where(batch.batch()) + ", and was not to be there: " + batch);
        }
        if (batch.isAcknowledged() && present < batch.batch().count()) {
            findings.add(
                    Kind.LOST, session, () -> where(batch.batch()) + ", but there was: " + batch);
        } else if (present > 0 && present < batch.batch().count()) {
            findings.add(Kind.TORN, session, () -> where(batch.batch()) + ": " + batch);
        }
        if (present == batch.batch().count() && checkInside(batch)) {
            batch.all().forEach(attempt -> checkPlace(batch, attempt));
            checkExpectation(batch);
        }
        checkAnswers(batch);
    }

    /** Says where the messages of a batch stand. */
    private String where(Batch batch) {
        StringBuilder text = new StringBuilder("of ").append(batch);
        for (int i = 0; i < batch.count(); i++) {
            MessageIdentity identity = batch.identity(i);
            long at = last.sequenceOf(identity);
            text.append(i == 0 ? " " : ", ").append(identity);
            text.append(at == 0 ? " is nowhere" : " stands at " + at);
        }
        return text.toString();
    }

    /** Checks that the messages of a batch follow each other. */
    private boolean checkInside(OfBatch batch) {
        long first = last.sequenceOf(batch.batch().identity(0));
        for (int i = 1; i < batch.batch().count(); i++) {
            if (last.sequenceOf(batch.batch().identity(i)) != first + i) {
                findings.add(
                        Kind.REORDERED,
                        session,
                        () -> where(batch.batch()) + ", and not in one run: " + batch);
                return false;
            }
        }
        return true;
    }

    private void checkPlace(OfBatch batch, AppendOperation attempt) {
        long first = last.sequenceOf(batch.batch().identity(0));
        AppendOutcome outcome = attempt.outcome();
        boolean elsewhere =
                outcome.isOk()
                        && (outcome.first() != first
                                || outcome.last() != first + batch.batch().count() - 1);
        if (elsewhere) {
            findings.add(
                    outcome.replayed() ? Kind.WRONG_REPLAY : Kind.WRONG_SEQUENCE,
                    session,
                    () -> where(batch.batch()) + ": " + attempt);
        }
    }

    /** Checks that the batch stands where whoever wrote it asked for. */
    private void checkExpectation(OfBatch batch) {
        long before = last.sequenceOf(batch.batch().identity(0)) - 1;
        List<AppendOperation> writers = batch.writers();
        boolean asked =
                writers.stream()
                        .anyMatch(
                                w -> w.expected() == AppendOperation.ANY || w.expected() == before);
        if (!writers.isEmpty() && !asked) {
            findings.add(
                    Kind.WRONG_SEQUENCE,
                    session,
                    () -> where(batch.batch()) + ", not where it was expected: " + batch);
        }
    }

    /** Checks that one attempt says that it wrote the batch, and the others that they did not. */
    private void checkAnswers(OfBatch batch) {
        List<AppendOperation> acknowledged = batch.acknowledged();
        long writers = acknowledged.stream().filter(a -> !a.outcome().replayed()).count();
        boolean nobodyWrote =
                writers == 0
                        && !acknowledged.isEmpty()
                        && batch.all().stream()
                                .allMatch(a -> a.outcome().kind() != AppendOutcome.Kind.UNKNOWN);
        if (writers > 1 || nobodyWrote) {
            findings.add(
                    Kind.WRONG_REPLAY,
                    session,
                    () -> writers + " attempts say that they wrote it: " + batch);
        }
    }
}
