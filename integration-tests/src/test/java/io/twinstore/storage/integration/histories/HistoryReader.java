package io.twinstore.storage.integration.histories;

import io.twinstore.storage.SessionStore;
import java.time.Duration;

/** A client that tails the sessions of one user until the round is over for its process. */
final class HistoryReader implements Runnable {

    private static final Duration PATIENCE = Duration.ofMillis(100);

    private final SessionStore store;
    private final Round round;
    private final HistoryWriter.Place place;
    private volatile boolean finished;

    HistoryReader(SessionStore store, Round round, HistoryWriter.Place place) {
        this.store = store;
        this.round = round;
        this.place = place;
    }

    @Override
    public void run() {
        try (RecordedTail tail = Databases.tail(this::open)) {
            boolean more = true;
            while (more) {
                boolean last = finished;
                more = tail.next(PATIENCE).isPresent() || !last;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private RecordedTail open() {
        return new RecordedTail(
                store,
                round,
                round.reader(place.process()),
                place.process(),
                place.incarnation(),
                place.thread());
    }

    /** Lets it end once it has nothing more to tail. */
    void finish() {
        finished = true;
    }

    @Override
    public String toString() {
        return "reader " + place.client();
    }
}
