package io.twinstore.storage.jdbi;

import io.twinstore.storage.Message;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.TailEvent;
import io.twinstore.storage.UserId;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What a tail has told of one session, compared with what is there.
 *
 * <p>Messages are told from snapshots that hold the head as well, so the base that belongs to a
 * message is known when it is told. A changed status or roster waits until all messages are told
 * that its snapshot saw: who stops at a status has every message from before it. What is told is
 * noted after it was handed on, so that nothing is lost where that fails. For one thread at a time.
 */
final class FollowedSession {

    private final SessionId id;
    private final long incarnation;
    private long position;
    private long toldBase;
    private boolean toldDeleted;
    private long revision;
    private boolean doubted;
    private SessionStatus status;
    private Map<UserId, ParticipantRole> roles;

    /** What is told once its messages are, and what was read since; null where there is none. */
    private @Nullable Roster waiting;

    private @Nullable Roster newer;

    private FollowedSession(Roster from, long position, long toldBase) {
        this.id = from.head().sessionId();
        this.incarnation = from.head().incarnation();
        this.position = position;
        this.toldBase = toldBase;
        this.toldDeleted = from.head().deleted();
        this.revision = from.head().revision();
        this.status = from.status();
        this.roles = from.roles();
    }

    /**
     * Follows from after a sequence. A base at or after it is still to be told: who resumes there
     * may have gone before it was.
     */
    static FollowedSession after(Roster from, long position) {
        long base = from.head().baseSeq();
        return new FollowedSession(from, position, position > base ? base : 0);
    }

    /** Follows from the present end. */
    static FollowedSession fromEnd(Roster from) {
        return new FollowedSession(from, from.head().lastSeq(), from.head().baseSeq());
    }

    SessionId id() {
        return id;
    }

    long position() {
        return position;
    }

    boolean isIncarnation(TailHead head) {
        return head.incarnation() == incarnation;
    }

    /** Returns whether there is something to tell of this head. */
    boolean isBehind(TailHead head) {
        return head.deleted() != toldDeleted
                || (!head.deleted()
                        && (head.lastSeq() > position
                                || head.baseSeq() > toldBase
                                || waiting != null
                                || needsRoster(head)));
    }

    /**
     * Returns whether record or participants changed since they were read last. A roster that waits
     * does not count for more than that: a user who was removed since must not be told what came
     * after the removal, be it a deletion.
     */
    boolean needsRoster(TailHead head) {
        Roster latest = newer == null ? waiting : newer;
        return doubted || head.revision() != (latest == null ? revision : latest.head().revision());
    }

    /** Takes what was read of the record for outdated. */
    void doubtRoster() {
        doubted = true;
    }

    /**
     * Keeps a changed roster until the messages are told that came before it; one that waits
     * already is told first, or a session that changes all the time would never tell a change.
     */
    void await(Roster roster) {
        if (waiting == null) {
            waiting = roster;
        } else {
            newer = roster;
        }
        doubted = false;
    }

    /** Tells what a page shows. */
    void tell(List<TailRow> page, Consumer<TailEvent> events) {
        TailHead head = page.get(0).head();
        if (head.deleted() != toldDeleted) {
            events.accept(
                    head.deleted()
                            ? new TailEvent.SessionDeleted(id)
                            : new TailEvent.SessionRestored(id));
            toldDeleted = head.deleted();
        }
        if (!toldDeleted) {
            for (TailRow row : page) {
                Message message = row.message();
                if (message != null) {
                    tellDue(head, message.sequence() - 1, events);
                    events.accept(new TailEvent.MessageAppended(message));
                    position = message.sequence();
                }
            }
            tellDue(head, position, events);
        }
    }

    /** Tells what comes after the message with this sequence, or after an earlier one. */
    private void tellDue(TailHead head, long sequence, Consumer<TailEvent> events) {
        if (head.baseSeq() > toldBase && head.baseSeq() <= sequence) {
            events.accept(new TailEvent.TranscriptReplaced(id, head.baseSeq()));
            toldBase = head.baseSeq();
        }
        while (waiting != null && waiting.head().lastSeq() <= sequence) {
            tellChanges(waiting, events);
            waiting = newer;
            newer = null;
        }
    }

    private void tellChanges(Roster now, Consumer<TailEvent> events) {
        now.roles()
                .forEach(
                        (user, role) -> {
                            ParticipantRole old = roles.get(user);
                            if (old == null) {
                                events.accept(new TailEvent.ParticipantAdded(id, user, role));
                            } else if (old != role) {
                                events.accept(new TailEvent.ParticipantRoleChanged(id, user, role));
                            }
                        });
        roles.keySet().stream()
                .filter(user -> !now.roles().containsKey(user))
                .forEach(user -> events.accept(new TailEvent.ParticipantRemoved(id, user)));
        if (now.status() != status) {
            events.accept(new TailEvent.StatusChanged(id, now.status()));
        }
        revision = now.head().revision();
        roles = now.roles();
        status = now.status();
    }
}
