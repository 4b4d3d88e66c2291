package io.twinstore.storage.integration.histories;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.testkit.history.AppendOperation;
import io.twinstore.storage.testkit.history.AppendOutcome;
import io.twinstore.storage.testkit.history.Batch;
import io.twinstore.storage.testkit.history.HistoryClient;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * One client of a history: appends in every way until the round is over. Appends with a key are
 * repeated until their outcome is known, those of its killed predecessors first; others are left as
 * they are.
 */
final class HistoryWriter implements Runnable {

    private static final int BUSY_SESSIONS = 3;
    private static final long PAUSE = TimeUnit.MILLISECONDS.toNanos(5);

    private final Round round;
    private final Place place;
    private final AtomicLongArray known;
    private final SplittableRandom random;
    private final HistoryClient client;

    /**
     * Who the client is.
     *
     * @param process the process's number
     * @param incarnation how many of its predecessors were killed
     * @param thread the thread's number
     */
    record Place(int process, int incarnation, int thread) {

        int client() {
            return Round.client(process, incarnation, thread);
        }
    }

    /**
     * @param known the last sequence of each session that this process knows of
     */
    HistoryWriter(SessionStore store, Round round, Place place, AtomicLongArray known, long seed) {
        this.round = round;
        this.place = place;
        this.known = known;
        this.random = new SplittableRandom(seed * 1_000_003 + place.client());
        this.client = new HistoryClient(store, round.recording().client(place.client()));
    }

    @Override
    public void run() {
        resume();
        while (!round.isOver()) {
            step();
        }
    }

    /** Repeats what predecessors sent with a key and had no answer to. */
    private void resume() {
        Map<Batch, AppendOperation> open = new LinkedHashMap<>();
        List<Batch> closed = new ArrayList<>();
        for (int earlier = 0; earlier < place.incarnation(); earlier++) {
            int number = Round.client(place.process(), earlier, place.thread());
            for (AppendOperation append : round.recording().history(number).appends()) {
                open.put(append.batch(), append);
                if (append.outcome().isOk()) {
                    closed.add(append.batch());
                }
            }
        }
        closed.forEach(open::remove);
        open.values().stream()
                .filter(AppendOperation::keyed)
                .forEach(append -> untilKnown(append.session(), append.batch()));
    }

    private void step() {
        int which = random.nextInt(2) == 0 ? random.nextInt(busy()) : any();
        SessionId session = round.sessions().get(which);
        int way = random.nextInt(1000);
        if (way < 840) {
            noted(which, client.append(session, 1));
        } else if (way < 900) {
            noted(which, client.append(session, 2 + random.nextInt(4)));
        } else if (way < 950) {
            keyed(which, session);
        } else if (way < 995) {
            expecting(which, session);
        } else {
            read(which, session);
        }
    }

    private int busy() {
        return Math.min(BUSY_SESSIONS, round.sessions().size());
    }

    private int any() {
        return random.nextInt(round.sessions().size());
    }

    private void keyed(int which, SessionId session) {
        Batch batch = client.batch(1 + random.nextInt(3));
        noted(which, untilKnown(session, batch));
        if (random.nextInt(20) == 0) {
            // As by a caller that gave up waiting for the first answer.
            untilKnown(session, batch);
        }
    }

    private AppendOutcome untilKnown(SessionId session, Batch batch) {
        while (true) {
            AppendOutcome outcome = client.attempt(session, batch, true, AppendOperation.ANY);
            if (outcome.isOk()) {
                return outcome;
            }
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void expecting(int which, SessionId session) {
        AppendOutcome outcome = client.appendAfter(session, 1, known.get(which));
        if (outcome.isOk()) {
            noted(which, outcome);
        } else {
            read(which, session);
        }
    }

    private void read(int which, SessionId session) {
        try {
            long last = client.read(session, Math.max(0, known.get(which) - 5));
            known.accumulateAndGet(which, last, Math::max);
        } catch (StorageException e) {
            // Reads may fail while the database is away.
            LockSupport.parkNanos(PAUSE);
        }
    }

    private void noted(int which, AppendOutcome outcome) {
        if (!outcome.isOk()) {
            LockSupport.parkNanos(PAUSE);
            return;
        }
        known.accumulateAndGet(which, outcome.last(), Math::max);
        if (!outcome.replayed()) {
            round.progress().next();
        }
    }

    @Override
    public String toString() {
        return "writer " + place.client();
    }
}
