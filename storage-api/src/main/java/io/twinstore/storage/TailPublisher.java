package io.twinstore.storage;

import java.util.Map;
import java.util.concurrent.Flow;

/**
 * The events of a tail for one subscriber; made by {@link Tail#publisher}. Thread-safe.
 *
 * <p>To go on after a cancellation or a failure, open a tail at {@link #positions}: the message
 * that was read but not handled comes first again.
 */
public interface TailPublisher extends Flow.Publisher<TailEvent> {

    /**
     * Begins to tell the subscriber. A second one, of this publisher or of another one of the same
     * tail, gets an {@link IllegalStateException} as its error.
     */
    @Override
    void subscribe(Flow.Subscriber<? super TailEvent> subscriber);

    /**
     * Returns for each session the sequence of the last message for which {@code onNext} returned
     * normally, or where the tail began.
     */
    Map<SessionId, Long> positions();
}
