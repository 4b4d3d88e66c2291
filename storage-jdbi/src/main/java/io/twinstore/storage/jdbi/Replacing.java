package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.Replaced;
import io.twinstore.storage.SessionId;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.result.ResultIterator;
import org.jspecify.annotations.Nullable;

/**
 * Replaces transcripts.
 *
 * <p>What the given transcript is compared with is what it replaces, under the head lock. Since a
 * message never changes, most of the comparison is made before the lock is taken; what remains is
 * whatever was written in between. The comparison reads message by message and ends at the first
 * difference; what is written goes in parts, so neither needs memory for a second transcript.
 */
final class Replacing {

    private static final int MAX_MESSAGES = 100_000;
    private static final long MAX_BYTES = 256_000_000;
    private static final int PART_MESSAGES = 5_000;
    private static final long PART_BYTES = 16_000_000;
    private static final Duration ACTIVITY_GRAIN = Duration.ofMinutes(1);

    private final Handles handles;
    private final StoreTools tools;
    private final Access access;

    Replacing(Handles handles, StoreTools tools, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.access = access;
    }

    Replaced replace(SessionId id, List<NewMessage> transcript, AppendOptions options) {
        List<NewMessage> given = checked(transcript);
        String key = options.idempotencyKey();
        byte[] digest = key == null ? new byte[0] : Appending.digest(given);
        Comparison before = beforeLocking(id, given);
        Replaced done =
                handles.write(
                        handle -> {
                            HeadRow head =
                                    Appending.present(
                                            access.lockHead(handle, id, ParticipantRole.EDITOR),
                                            id);
                            Optional<AppendRow> earlier =
                                    key == null
                                            ? Optional.empty()
                                            : tools.messages(handle).findAppend(id, key);
                            if (earlier.isPresent()) {
                                earlier.get().refuseOther(true, digest);
                                return replay(earlier.get());
                            }
                            Appending.refuse(head, id, options);
                            Instant now = tools.clock().now();
                            Comparison compared = compare(handle, id, head, before, given);
                            Replaced replaced = write(handle, id, head, compared, given, now);
                            if (key != null) {
                                note(handle, key, digest, head, replaced, now);
                            }
                            return replaced;
                        });
        tell(done);
        return done;
    }

    private void tell(Replaced done) {
        if (done.newGeneration() && !done.replayed()) {
            handles.tell(Notice.replaced(done.sessionId(), done.lastSequence()));
        } else if (!done.replayed() && done.firstSequence() <= done.lastSequence()) {
            handles.tell(Notice.appended(done.sessionId(), done.lastSequence()));
        }
    }

    private static List<NewMessage> checked(List<NewMessage> transcript) {
        if (transcript.size() > MAX_MESSAGES) {
            throw new InvalidValueException(
                    "replace.transcript",
                    "at most " + MAX_MESSAGES + " messages",
                    Integer.toString(transcript.size()));
        }
        List<NewMessage> copy = List.copyOf(transcript);
        long bytes = copy.stream().mapToLong(m -> m.body().utf8Length()).sum();
        if (bytes > MAX_BYTES) {
            throw new InvalidValueException(
                    "replace.transcript",
                    "at most " + MAX_BYTES + " bytes together",
                    Long.toString(bytes));
        }
        return copy;
    }

    private static Replaced replay(AppendRow earlier) {
        long before = known(earlier.baseBefore());
        long after = known(earlier.baseAfter());
        return new Replaced(
                earlier.sessionId(),
                after,
                earlier.firstSeq(),
                earlier.lastSeq(),
                before != after,
                true);
    }

    private static long known(@Nullable Long base) {
        if (base == null) {
            throw new IllegalStateException("The row is one of an append.");
        }
        return base;
    }

    private void note(
            Handle handle,
            String key,
            byte[] digest,
            HeadRow before,
            Replaced replaced,
            Instant now) {
        tools.messages(handle)
                .insertAppend(
                        new AppendRow(
                                replaced.sessionId(),
                                key,
                                replaced.firstSequence(),
                                replaced.lastSequence(),
                                digest,
                                before.baseSeq(),
                                replaced.baseSequence(),
                                now));
    }

    private Replaced write(
            Handle handle,
            SessionId id,
            HeadRow head,
            Comparison compared,
            List<NewMessage> given,
            Instant now)
            throws SQLException {
        boolean goesOn = !compared.differs();
        int kept = goesOn ? compared.same() : 0;
        if (!goesOn) {
            tools.sessions(handle).startGeneration(id);
            tools.sessions(handle).moveActivity(id, now, now.minus(ACTIVITY_GRAIN));
        }
        for (int from = kept; from < given.size(); ) {
            int to = partEnd(given, from);
            append(handle, id, given.subList(from, to), now);
            from = to;
        }
        return new Replaced(
                id,
                goesOn ? head.baseSeq() : head.lastSeq(),
                head.lastSeq() + 1,
                head.lastSeq() + given.size() - kept,
                !goesOn,
                false);
    }

    /**
     * How far a stored transcript is how the given one begins.
     *
     * @param incarnation of the session that has it
     * @param base after which sequence the stored one begins
     * @param same how many of its messages mean the same as those given
     * @param differs whether the next one does not
     */
    private record Comparison(long incarnation, long base, int same, boolean differs) {

        /** Nothing was compared: no session has this incarnation. */
        static final Comparison NONE = new Comparison(-1, 0, 0, false);

        static Comparison of(HeadRow head) {
            return new Comparison(head.incarnation(), head.baseSeq(), 0, false);
        }

        /** Whether it is of the transcript that the head has: a purged session may come again. */
        boolean isOf(HeadRow head) {
            return incarnation == head.incarnation() && base == head.baseSeq();
        }

        Comparison upTo(int end, boolean differs) {
            return new Comparison(incarnation, base, end, differs);
        }
    }

    /** Compares while others write; inside a transaction that is left to the lock. */
    private Comparison beforeLocking(SessionId id, List<NewMessage> given) {
        if (!handles.standAlone()) {
            return Comparison.NONE;
        }
        return handles.stream(
                handle -> {
                    @Nullable HeadRow head =
                            access.allows(handle, id, ParticipantRole.EDITOR)
                                    ? tools.sessions(handle).findHead(id)
                                    : null;
                    return head == null
                            ? Comparison.NONE
                            : compare(handle, id, head, Comparison.NONE, given);
                });
    }

    /** Goes on from an earlier comparison where the transcript is still the same generation. */
    private Comparison compare(
            Handle handle, SessionId id, HeadRow head, Comparison earlier, List<NewMessage> given) {
        Comparison known = earlier.isOf(head) ? earlier : Comparison.of(head);
        int same = known.same();
        if (known.differs() || head.messageCount() > given.size()) {
            return known.upTo(same, true);
        }
        try (ResultIterator<MessageRow> rows =
                tools.messages(handle).following(id, known.base() + same).iterator()) {
            while (rows.hasNext()) {
                Json stored = rows.next().body();
                if (same == given.size() || !stored.sameMeaning(given.get(same).body())) {
                    return known.upTo(same, true);
                }
                same++;
            }
        }
        return known.upTo(same, false);
    }

    private static int partEnd(List<NewMessage> given, int from) {
        int to = from;
        long bytes = 0;
        while (to < given.size() && to - from < PART_MESSAGES && bytes < PART_BYTES) {
            bytes += given.get(to).body().utf8Length();
            to++;
        }
        return to;
    }

    private void append(Handle handle, SessionId id, List<NewMessage> part, Instant now)
            throws SQLException {
        List<AppendRequest.Line> lines = part.stream().map(AppendRequest.Line::of).toList();
        tools.adapter()
                .appends()
                .within(handle, new AppendRequest(id, lines, null, null, now))
                .orElseThrow(() -> new NotFoundException("session", id.value()));
    }
}
