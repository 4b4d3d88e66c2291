package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import java.util.Map;
import java.util.concurrent.Flow;

/** Publishes the events of a tail to one subscriber, as the rules of reactive streams ask. */
final class SingleTailPublisher implements TailPublisher {

    private final Tail tail;
    private final TailProgress progress;

    SingleTailPublisher(Tail tail) {
        this.tail = tail;
        this.progress = new TailProgress(tail);
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TailEvent> subscriber) {
        requireNonNull(subscriber, "subscriber");
        if (TailOwners.take(tail)) {
            TailSubscription.begin(tail, progress, subscriber);
        } else {
            // A subscriber must be subscribed before it can be told of an error.
            subscriber.onSubscribe(Nothing.TO_REQUEST);
            subscriber.onError(TailOwners.taken());
        }
    }

    @Override
    public Map<SessionId, Long> positions() {
        return progress.positions();
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
