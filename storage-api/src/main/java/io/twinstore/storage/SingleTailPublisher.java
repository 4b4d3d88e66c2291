package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.Flow;
import org.jspecify.annotations.Nullable;

/** Publishes the events of a tail to one subscriber, as the rules of reactive streams ask. */
final class SingleTailPublisher implements TailPublisher {

    private final Tail tail;
    private volatile @Nullable TailProgress progress;

    SingleTailPublisher(Tail tail) {
        this.tail = tail;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TailEvent> subscriber) {
        requireNonNull(subscriber, "subscriber");
        if (TailOwners.take(tail)) {
            TailProgress begun = new TailProgress(tail);
            progress = begun;
            TailSubscription.begin(tail, begun, subscriber);
        } else {
            // A subscriber must be subscribed before it can be told of an error.
            subscriber.onSubscribe(Nothing.TO_REQUEST);
            subscriber.onError(TailOwners.taken());
        }
    }

    @Override
    public Map<SessionId, Long> positions() {
        TailProgress begun = progress;
        return begun == null ? tail.positions() : begun.positions();
    }

    /** A subscription that never brings anything. */
    private enum Nothing implements Flow.Subscription {
        TO_REQUEST;

        @Override
        public void request(long n) {
            // It has ended.
        }

        @Override
        public void cancel() {
            // It has ended.
        }
    }
}
