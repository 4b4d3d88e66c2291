package io.twinstore.storage.testkit.history;

import static io.twinstore.storage.testkit.history.LogFormat.WORD;

import io.twinstore.storage.SessionId;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Reads the log of one client, chunk by chunk; it may be that of a client that goes on writing. */
final class LogReader {

    private final int client;
    private final List<SessionId> sessions;
    private final List<AppendOperation> appends;
    private final List<ReadOperation> reads;

    LogReader(
            int client,
            List<SessionId> sessions,
            List<AppendOperation> appends,
            List<ReadOperation> reads) {
        this.client = client;
        this.sessions = sessions;
        this.appends = appends;
        this.reads = reads;
    }

    void read(ByteBuffer chunk) {
        int at = 0;
        while (at + Long.BYTES <= chunk.capacity()) {
            long head = (long) WORD.getAcquire(chunk, at);
            if (head == 0) {
                return;
            }
            if (LogFormat.type(head) == LogFormat.APPEND) {
                appends.add(append(chunk, at, head));
            } else {
                reads.add(read(chunk, at, head));
            }
            at += LogFormat.words(head) * Long.BYTES;
        }
    }

    private AppendOperation append(ByteBuffer chunk, int at, long head) {
        long done = (long) WORD.getAcquire(chunk, at + 7 * Long.BYTES);
        long where = word(chunk, at, 2);
        AppendOutcome outcome = AppendOutcome.unknown();
        if (done != 0) {
            AppendOutcome.Kind kind = LogFormat.kind(done);
            outcome =
                    new AppendOutcome(
                            kind, word(chunk, at, 5), word(chunk, at, 6), (done & 1) != 0);
        }
        return new AppendOperation(
                client,
                sessions.get(LogFormat.high(where)),
                new Batch(LogFormat.low(where), word(chunk, at, 3), LogFormat.count(head)),
                LogFormat.flag(head),
                word(chunk, at, 4),
                new Span(word(chunk, at, 1), done == 0 ? Span.NEVER : done >>> 3),
                outcome);
    }

    private ReadOperation read(ByteBuffer chunk, int at, long head) {
        int count = LogFormat.count(head);
        List<Sighting> seen = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            long identity = word(chunk, at, LogFormat.READ_WORDS + 2 * i + 1);
            seen.add(
                    new Sighting(
                            word(chunk, at, LogFormat.READ_WORDS + 2 * i),
                            identity == LogFormat.NOBODY
                                    ? null
                                    : MessageIdentity.unpacked(identity)));
        }
        return new ReadOperation(
                client,
                sessions.get((int) word(chunk, at, 3)),
                word(chunk, at, 4),
                seen,
                LogFormat.flag(head),
                new Span(word(chunk, at, 1), word(chunk, at, 2)));
    }

    private static long word(ByteBuffer chunk, int at, int word) {
        return (long) WORD.get(chunk, at + word * Long.BYTES);
    }
}
