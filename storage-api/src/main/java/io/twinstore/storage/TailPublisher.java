package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;

/** Publishes the events of a tail to one subscriber, as the rules of reactive streams ask. */
final class TailPublisher implements Flow.Publisher<TailEvent> {

    private final Tail tail;
    private final AtomicBoolean taken = new AtomicBoolean();

    TailPublisher(Tail tail) {
        this.tail = tail;
    }

    @Override
    public void subscribe(Flow.Subscriber<? super TailEvent> subscriber) {
        requireNonNull(subscriber, "subscriber");
        if (taken.compareAndSet(false, true)) {
            TailSubscription.begin(tail, subscriber);
        } else {
            subscriber.onSubscribe(Refused.INSTANCE);
            subscriber.onError(
                    new IllegalStateException("A tail's publisher takes one subscriber, once."));
        }
    }

    /** What a second subscriber gets before it is refused. */
    private enum Refused implements Flow.Subscription {
        INSTANCE;

        @Override
        public void request(long n) {
            // There will be nothing.
        }

        @Override
        public void cancel() {
            // There was nothing.
        }
    }
}
