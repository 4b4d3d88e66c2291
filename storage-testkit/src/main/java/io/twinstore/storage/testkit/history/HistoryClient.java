package io.twinstore.storage.testkit.history;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Message;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageBusyException;
import io.twinstore.storage.StorageUnavailableException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One client of a history: appends messages of its own to a store, reads, and notes it all. For one
 * thread.
 */
public final class HistoryClient {

    private static final int PAGE = 1000;

    private final SessionStore store;
    private final ClientRecorder recorder;
    private long number;

    /** Makes a client whose messages count from 0. */
    public HistoryClient(SessionStore store, ClientRecorder recorder) {
        this.store = store;
        this.recorder = recorder;
    }

    /** Returns the client's next messages. */
    public Batch batch(int count) {
        Batch batch = new Batch(recorder.client(), number, count);
        number += count;
        return batch;
    }

    /** Appends this many new messages, asking for nothing; it is not tried again. */
    public AppendOutcome append(SessionId session, int count) {
        return attempt(session, batch(count), false, AppendOperation.ANY);
    }

    /** Appends this many new messages after this sequence alone. */
    public AppendOutcome appendAfter(SessionId session, int count, long expected) {
        return attempt(session, batch(count), false, expected);
    }

    /**
     * Tries once to append a batch, and returns what is known then.
     *
     * <p>Only errors that promise that nothing was written count as failures; after any other, the
     * batch may be there, or come.
     *
     * @param keyed whether under the batch's key
     * @param expected the last sequence to ask for, or {@link AppendOperation#ANY}
     */
    public AppendOutcome attempt(SessionId session, Batch batch, boolean keyed, long expected) {
        AppendOptions options =
                expected == AppendOperation.ANY
                        ? AppendOptions.plain()
                        : AppendOptions.expectSequence(expected);
        AppendOptions asked = keyed ? options.withKey(batch.key()) : options;
        var messages = batch.messages();
        recorder.appending(session, batch, keyed, expected);
        AppendOutcome outcome = AppendOutcome.unknown();
        try {
            outcome = AppendOutcome.of(store.append(session, messages, asked));
        } catch (RuntimeException e) {
            outcome = isDefinite(e) ? AppendOutcome.failed() : AppendOutcome.unknown();
        } finally {
            recorder.appended(outcome);
        }
        return outcome;
    }

    private static boolean isDefinite(RuntimeException e) {
        return e instanceof ConflictException
                || e instanceof NotFoundException
                || e instanceof InvalidValueException
                || e instanceof AccessDeniedException
                || e instanceof StorageBusyException
                || e instanceof StorageUnavailableException;
    }

    /**
     * Reads what follows this sequence, page by page to the end.
     *
     * @return the last sequence there is
     */
    public long read(SessionId session, long after) {
        long last = after;
        while (true) {
            long invoked = recorder.reading();
            List<Message> page =
                    store.messages(session, MessageRange.after(last), PageRequest.ofSize(PAGE))
                            .items();
            List<Sighting> seen = page.stream().map(Sighting::of).toList();
            recorder.read(session, invoked, last, seen, seen.size() < PAGE);
            if (seen.size() < PAGE) {
                return seen.isEmpty() ? last : seen.get(seen.size() - 1).sequence();
            }
            last = seen.get(seen.size() - 1).sequence();
        }
    }

    /** Reads whole transcripts, as the checker wants them in the end. */
    public static Map<SessionId, List<Sighting>> transcripts(
            SessionStore store, List<SessionId> sessions) {
        Map<SessionId, List<Sighting>> transcripts = new HashMap<>();
        for (SessionId session : sessions) {
            List<Sighting> seen = new ArrayList<>();
            store.streamTranscript(session, message -> seen.add(Sighting.of(message)));
            transcripts.put(session, seen);
        }
        return transcripts;
    }
}
