package io.twinstore.storage;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Follows sessions live: whatever is committed by this process or another one comes out of {@link
 * #next}, messages each once, in order and without a gap.
 *
 * <p>Notices of the database only wake a tail. What it hands out it has read after the commit, so a
 * notice that is lost delays an event by a heartbeat ({@link StorageOptions#tailHeartbeat}) and
 * loses none. A tail survives a lost connection and a restart of the database. It holds no
 * connection while it waits, reads at most a page of about a hundred messages ahead, and reads
 * nothing while nobody asks for the next event.
 *
 * <p>One thread at a time may be in {@link #next}; every other method may be called by any thread.
 * Closing the storage ends its tails.
 */
public interface Tail extends AutoCloseable {

    /**
     * Returns the next event, or nothing when there is none within the time-out.
     *
     * <p>A time-out of zero looks once. A look at the database that is under way when the time-out
     * ends is awaited for up to a second more. While the database cannot be reached, the call goes
     * on trying and then returns nothing; {@link #trouble} says why.
     *
     * @param timeout how long to wait, from zero
     * @throws InterruptedException when the thread is interrupted while it waits; nothing is lost
     * @throws StorageClosedException when the tail or its storage is closed, also while the call
     *     waits, or when the only session of the tail was purged, or the user to whom its store is
     *     limited was removed from it, and that event was handed out
     * @throws ConflictException when the database has lost messages that were handed out
     * @throws TransactionException on a thread that is inside a transaction of the storage
     * @throws IllegalStateException when another thread is in this call
     */
    Optional<TailEvent> next(Duration timeout) throws InterruptedException;

    /**
     * Returns for each session the sequence of the last message that {@link #next} returned, or
     * where the tail began. A tail that is opened there goes on where this one stands.
     */
    Map<SessionId, Long> positions();

    /** Returns why the database cannot be reached at present, or nothing when all is well. */
    Optional<StorageException> trouble();

    /** Returns whether {@link #next} will hand out nothing more. */
    boolean isClosed();

    /**
     * Hands every event to a listener, on a daemon thread of its own, one at a time and in order.
     *
     * <p>The tail is the following's from here on: nobody else may call {@link #next}. It is closed
     * when the following ends, be it by {@link TailFollowing#close}, with the tail or its storage,
     * or because the listener throws. The event on which it throws counts as not handled; {@link
     * TailFollowing#positions} says where to go on.
     *
     * @throws IllegalStateException when the tail has a listener or a subscriber already
     */
    default TailFollowing follow(Consumer<? super TailEvent> listener) {
        return TailFollowing.begin(this, listener);
    }

    /**
     * Returns the events as a publisher for one subscriber, which may subscribe once.
     *
     * <p>It reads no event that was not requested, so a subscriber that stops requesting costs no
     * more than a thread that looks once a second whether the tail was closed. Signals come one at
     * a time, on a daemon thread of its own. Once somebody has subscribed the tail is the
     * publisher's, and it is closed when the subscriber cancels, or throws, which cancels, too.
     * When the tail is closed, or ends with its session or its storage, the subscriber is told that
     * it is complete; what else {@link #next} throws is its error. {@link TailPublisher#positions}
     * says where to go on.
     */
    default TailPublisher publisher() {
        return new SingleTailPublisher(this);
    }

    /** Ends the tail and wakes whoever waits in {@link #next}. Closing again does nothing. */
    @Override
    void close();
}
