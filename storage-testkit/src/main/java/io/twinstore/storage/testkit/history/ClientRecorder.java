package io.twinstore.storage.testkit.history;

import static io.twinstore.storage.testkit.history.LogFormat.WORD;

import io.twinstore.storage.SessionId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Notes what one client does. For one thread, which does one thing at a time.
 *
 * <p>A note costs some writes to memory. Where the recording is in a folder they reach its file
 * even if the process is killed at once; they are not forced to the disk, so a crash of the machine
 * may lose them.
 */
public final class ClientRecorder {

    private final int client;
    private final Map<SessionId, Integer> sessions;
    private final SharedCounter clock;
    private final Supplier<ByteBuffer> chunks;
    private @Nullable ByteBuffer chunk;
    private int end;
    private int append = -1;

    ClientRecorder(
            int client,
            Map<SessionId, Integer> sessions,
            SharedCounter clock,
            Supplier<ByteBuffer> chunks) {
        this.client = client;
        this.sessions = sessions;
        this.clock = clock;
        this.chunks = chunks;
    }

    /** Returns the client's number. */
    public int client() {
        return client;
    }

    /**
     * Notes that an append begins: to be called before it, and {@link #appended} after it.
     *
     * @param expected the last sequence that it asks for, or {@link AppendOperation#ANY}
     */
    public void appending(SessionId session, Batch batch, boolean keyed, long expected) {
        if (append >= 0) {
            throw new IllegalStateException("Client " + client + " is appending already.");
        }
        int words = LogFormat.APPEND_WORDS;
        ByteBuffer memory = room(words);
        int at = end;
        put(memory, at, 2, LogFormat.pair(number(session), batch.client()));
        put(memory, at, 3, batch.number());
        put(memory, at, 4, expected);
        put(memory, at, 1, clock.next());
        WORD.setRelease(memory, at, LogFormat.head(LogFormat.APPEND, keyed, batch.count()));
        append = at;
        end += words * Long.BYTES;
    }

    /** Notes what came of the append that began last. */
    public void appended(AppendOutcome outcome) {
        ByteBuffer memory = chunk;
        if (append < 0 || memory == null) {
            throw new IllegalStateException("Client " + client + " is not appending.");
        }
        put(memory, append, 5, outcome.first());
        put(memory, append, 6, outcome.last());
        WORD.setRelease(memory, append + 7 * Long.BYTES, LogFormat.outcome(outcome, clock.next()));
        append = -1;
    }

    /** Returns an instant to pass to {@link #read}: to be called before a read begins. */
    public long reading() {
        return clock.next();
    }

    /**
     * Notes what a read returned, or a tail; reads that fail need no note.
     *
     * @param invoked what {@link #reading} returned
     * @param after the sequence after which it read
     * @param toEnd whether nothing more was there when the call was made
     */
    public void read(
            SessionId session, long invoked, long after, List<Sighting> seen, boolean toEnd) {
        long completed = clock.next();
        int from = 0;
        long reached = after;
        do {
            int to = Math.min(seen.size(), from + LogFormat.MOST_SIGHTINGS);
            List<Sighting> part = seen.subList(from, to);
            write(session, new Span(invoked, completed), reached, part, toEnd && to == seen.size());
            reached = part.isEmpty() ? reached : part.get(part.size() - 1).sequence();
            from = to;
        } while (from < seen.size());
    }

    private void write(
            SessionId session, Span span, long after, List<Sighting> seen, boolean toEnd) {
        long head = LogFormat.head(LogFormat.READ, toEnd, seen.size());
        int words = LogFormat.words(head);
        ByteBuffer memory = room(words);
        put(memory, end, 1, span.invoked());
        put(memory, end, 2, span.completed());
        put(memory, end, 3, number(session));
        put(memory, end, 4, after);
        int word = LogFormat.READ_WORDS;
        for (Sighting sighting : seen) {
            MessageIdentity identity = sighting.identity();
            put(memory, end, word++, sighting.sequence());
            put(memory, end, word++, identity == null ? LogFormat.NOBODY : identity.packed());
        }
        WORD.setRelease(memory, end, head);
        end += words * Long.BYTES;
    }

    private static void put(ByteBuffer memory, int at, int word, long value) {
        WORD.set(memory, at + word * Long.BYTES, value);
    }

    private int number(SessionId session) {
        Integer number = sessions.get(session);
        if (number == null) {
            throw new IllegalArgumentException(
                    "The recording knows no session " + session.value() + ".");
        }
        return number;
    }

    /** Returns the chunk to write this many words to. */
    private ByteBuffer room(int words) {
        ByteBuffer memory = chunk;
        if (memory == null || end + words * Long.BYTES > LogFormat.CHUNK) {
            memory = chunks.get();
            chunk = memory;
            end = 0;
        }
        return memory;
    }
}
