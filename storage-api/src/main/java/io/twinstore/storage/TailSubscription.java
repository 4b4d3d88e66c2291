package io.twinstore.storage;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Reads a tail event by event as they are requested, on a thread of its own. It does not look for
 * an event before there is a request for it, so nothing is kept for a subscriber that takes its
 * time.
 */
final class TailSubscription implements Flow.Subscription {

    /** How long it waits for an event; any length would do, since closing the tail wakes it. */
    private static final Duration TURN = Duration.ofMinutes(1);

    /** How often it looks, without a request, whether the tail was closed. */
    private static final long CLOSED_CHECK = TimeUnit.SECONDS.toMillis(1);

    private final Tail tail;
    private final TailProgress progress;
    private long requested;
    private boolean cancelled;
    private @Nullable IllegalArgumentException badRequest;

    private TailSubscription(Tail tail, TailProgress progress) {
        this.tail = tail;
        this.progress = progress;
    }

    static void begin(
            Tail tail, TailProgress progress, Flow.Subscriber<? super TailEvent> subscriber) {
        TailSubscription subscription = new TailSubscription(tail, progress);
        try {
            subscriber.onSubscribe(subscription);
        } catch (Throwable e) {
            tail.close();
            throw e;
        }
        Thread thread = new Thread(() -> subscription.run(subscriber), "twinstore-tail-publisher");
        thread.setDaemon(true);
        try {
            thread.start();
        } catch (Error e) {
            tail.close();
            subscriber.onError(e);
        }
    }

    @Override
    public synchronized void request(long n) {
        if (n <= 0) {
            badRequest =
                    new IllegalArgumentException(
                            "Request 1 event or more (reactive streams, rule 3.9); it was "
                                    + n
                                    + ".");
            tail.close();
        } else {
            requested = requested + n < 0 ? Long.MAX_VALUE : requested + n;
        }
        notifyAll();
    }

    @Override
    public synchronized void cancel() {
        cancelled = true;
        tail.close();
        notifyAll();
    }

    private void run(Flow.Subscriber<? super TailEvent> subscriber) {
        Throwable failure;
        try (tail) {
            failure = tell(subscriber);
        }
        end(subscriber, failure);
    }

    /** Tells events until there are no more, and returns what reading threw, or null. */
    private @Nullable Throwable tell(Flow.Subscriber<? super TailEvent> subscriber) {
        try {
            while (awaitRequest()) {
                Optional<TailEvent> event = tail.next(TURN);
                if (event.isPresent() && taken()) {
                    tell(subscriber, event.get());
                }
            }
            return null;
        } catch (SubscriberFault e) {
            throw e;
        } catch (StorageClosedException e) {
            return null;
        } catch (Throwable e) {
            return e;
        }
    }

    /** A subscriber that throws has cancelled (reactive streams, rule 2.13): it is told no more. */
    private void tell(Flow.Subscriber<? super TailEvent> subscriber, TailEvent event) {
        try {
            subscriber.onNext(event);
        } catch (Throwable e) {
            cancel();
            throw new SubscriberFault(e);
        }
        progress.note(event);
    }

    /** Ends the thread; its uncaught exception handler sees what the subscriber threw. */
    private static final class SubscriberFault extends RuntimeException {

        private static final long serialVersionUID = 1L;

        SubscriberFault(Throwable cause) {
            super("The subscriber of a tail threw, which cancels its subscription.", cause);
        }
    }

    /** Returns whether an event is requested; waits until one is or never will be. */
    private synchronized boolean awaitRequest() throws InterruptedException {
        while (requested == 0 && isOpen() && !tail.isClosed()) {
            wait(CLOSED_CHECK);
        }
        return requested > 0 && isOpen();
    }

    private synchronized boolean isOpen() {
        return !cancelled && badRequest == null;
    }

    /** Returns whether the event that was read is still wanted, and counts it. */
    private synchronized boolean taken() {
        if (requested < Long.MAX_VALUE) {
            requested--;
        }
        return isOpen();
    }

    private void end(Flow.Subscriber<? super TailEvent> subscriber, @Nullable Throwable failure) {
        Throwable error;
        synchronized (this) {
            if (cancelled) {
                return;
            }
            error = badRequest != null ? badRequest : failure;
        }
        if (error != null) {
            subscriber.onError(error);
        } else {
            subscriber.onComplete();
        }
    }
}
