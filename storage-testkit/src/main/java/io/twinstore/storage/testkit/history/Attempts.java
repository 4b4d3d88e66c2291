package io.twinstore.storage.testkit.history;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The appends to one session, those of the same batch together. */
final class Attempts {

    private final Map<Batch, OfBatch> byBatch;
    private final Map<MessageIdentity, OfBatch> byMessage = new HashMap<>();

    private Attempts(Map<Batch, OfBatch> byBatch) {
        this.byBatch = byBatch;
        for (OfBatch attempts : byBatch.values()) {
            for (int i = 0; i < attempts.batch().count(); i++) {
                if (byMessage.put(attempts.batch().identity(i), attempts) != null) {
                    throw new IllegalArgumentException(
                            "Two batches share message " + attempts.batch().identity(i) + ".");
                }
            }
        }
    }

    static Attempts of(List<AppendOperation> appends) {
        Map<Batch, OfBatch> byBatch = new LinkedHashMap<>();
        for (AppendOperation append : appends) {
            byBatch.computeIfAbsent(append.batch(), OfBatch::new).attempts.add(append);
        }
        return new Attempts(byBatch);
    }

    Collection<OfBatch> batches() {
        return byBatch.values();
    }

    /** Returns the attempts at this message, or null when nobody tried to append it here. */
    @Nullable OfBatch at(MessageIdentity message) {
        return byMessage.get(message);
    }

    /** The attempts at one batch. */
    static final class OfBatch {

        private final Batch batch;
        private final List<AppendOperation> attempts = new ArrayList<>(1);

        private OfBatch(Batch batch) {
            this.batch = batch;
        }

        Batch batch() {
            return batch;
        }

        List<AppendOperation> all() {
            return attempts;
        }

        List<AppendOperation> acknowledged() {
            return attempts.stream().filter(attempt -> attempt.outcome().isOk()).toList();
        }

        boolean isAcknowledged() {
            return attempts.stream().anyMatch(attempt -> attempt.outcome().isOk());
        }

        /** Returns the attempt that says that it wrote it, or else those that may have. */
        List<AppendOperation> writers() {
            List<AppendOperation> certain =
                    acknowledged().stream().filter(a -> !a.outcome().replayed()).toList();
            return certain.isEmpty()
                    ? attempts.stream()
                            .filter(a -> a.outcome().kind() == AppendOutcome.Kind.UNKNOWN)
                            .toList()
                    : certain;
        }

        /** Returns whether no attempt can have written anything. */
        boolean allFailed() {
            return attempts.stream().noneMatch(AppendOperation::mayHaveApplied);
        }

        /** Returns since when it may have been there. */
        long earliest() {
            long earliest = Span.NEVER;
            for (AppendOperation attempt : attempts) {
                if (attempt.mayHaveApplied()) {
                    earliest = Math.min(earliest, attempt.span().invoked());
                }
            }
            return earliest;
        }

        /** Returns since when it was acknowledged, or {@link Span#NEVER}. */
        long latest() {
            long latest = Span.NEVER;
            for (AppendOperation attempt : attempts) {
                latest = Math.min(latest, attempt.acknowledgedAt());
            }
            return latest;
        }

        @Override
        public String toString() {
            return attempts.stream()
                    .map(AppendOperation::toString)
                    .collect(Collectors.joining("; "));
        }
    }
}
