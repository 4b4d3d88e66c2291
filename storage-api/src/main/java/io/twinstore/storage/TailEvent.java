package io.twinstore.storage;

import java.util.Optional;

/**
 * What a {@link Tail} hands out.
 *
 * <p>Messages are exact: each one once, in order, without a gap. The other events tell what is so
 * now, found by comparing what the tail saw last with what is there: several changes between two
 * looks may be one event, or none where they undid each other, and what happened while nobody
 * tailed is not repeated. They come after every message that was there before the change; only what
 * takes the session, or the user, out of sight, and back, is told at once.
 *
 * <p>Later versions may add kinds of events: pass over those that you do not know.
 */
public interface TailEvent {

    /** Returns the session that it happened in. */
    SessionId sessionId();

    /** Returns what happened, such as {@code message_appended}; a name for good. */
    String action();

    /** Returns the participant that it is about, if it is about one. */
    default Optional<UserId> userId() {
        return Optional.empty();
    }

    /** A message was appended. */
    record MessageAppended(Message message) implements TailEvent {

        @Override
        public SessionId sessionId() {
            return message.sessionId();
        }

        @Override
        public String action() {
            return "message_appended";
        }
    }

    /**
     * Another transcript took the place of the old one. All messages of the old one come before
     * this event, and those of the new one follow it.
     *
     * @param baseSequence the last sequence of the old transcript
     */
    record TranscriptReplaced(SessionId sessionId, long baseSequence) implements TailEvent {

        @Override
        public String action() {
            return "transcript_replaced";
        }
    }

    /**
     * The session's status is another one.
     *
     * @param status what it is now
     */
    record StatusChanged(SessionId sessionId, SessionStatus status) implements TailEvent {

        @Override
        public String action() {
            return "status_changed";
        }
    }

    /**
     * Somebody takes part who did not. A tail of all sessions of a user tells it of that user when
     * it comes to a session, before the session's messages.
     */
    record ParticipantAdded(SessionId sessionId, UserId user, ParticipantRole role)
            implements TailEvent {

        @Override
        public String action() {
            return "participant_added";
        }

        @Override
        public Optional<UserId> userId() {
            return Optional.of(user);
        }
    }

    /**
     * Somebody no longer takes part. A tail of all sessions of that user tells it at once and hands
     * out nothing of the session afterwards, messages from before the removal included, until the
     * user takes part again.
     */
    record ParticipantRemoved(SessionId sessionId, UserId user) implements TailEvent {

        @Override
        public String action() {
            return "participant_removed";
        }

        @Override
        public Optional<UserId> userId() {
            return Optional.of(user);
        }
    }

    /**
     * A participant has another role.
     *
     * @param role what it is now
     */
    record ParticipantRoleChanged(SessionId sessionId, UserId user, ParticipantRole role)
            implements TailEvent {

        @Override
        public String action() {
            return "participant_role_changed";
        }

        @Override
        public Optional<UserId> userId() {
            return Optional.of(user);
        }
    }

    /** The session was deleted, or its config was; what it holds is handed out once it is back. */
    record SessionDeleted(SessionId sessionId) implements TailEvent {

        @Override
        public String action() {
            return "session_deleted";
        }
    }

    /** The session is back. */
    record SessionRestored(SessionId sessionId) implements TailEvent {

        @Override
        public String action() {
            return "session_restored";
        }
    }

    /**
     * The session is gone for good: the last event of it. Another session that is made under its id
     * is not this one; a tail of all sessions of a user comes to it as to any other.
     */
    record SessionPurged(SessionId sessionId) implements TailEvent {

        @Override
        public String action() {
            return "session_purged";
        }
    }
}
