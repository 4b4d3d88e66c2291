package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which messages to search; every condition must hold. Messages of deleted sessions, and of earlier
 * generations of a transcript, are in no scope.
 *
 * @param participant only sessions in which this user takes part, in any role: what the user may
 *     see; or null for anyone's
 * @param session which session, or null for any
 * @param config sessions on which config, or null for any
 * @param app sessions that which application created, or null for any
 * @param status sessions in which status, or null for any
 * @param from messages appended at this instant or later, or null
 * @param before messages appended before this instant, or null
 */
public record SearchScope(
        @Nullable UserId participant,
        @Nullable SessionId session,
        @Nullable ConfigId config,
        @Nullable AppId app,
        @Nullable SessionStatus status,
        @Nullable Instant from,
        @Nullable Instant before) {

    /** Returns the scope of all messages. */
    public static SearchScope all() {
        return builder().build();
    }

    /** Returns the scope of what a user may see. */
    public static SearchScope of(UserId participant) {
        return builder().participant(participant).build();
    }

    /** Returns the scope of one session. */
    public static SearchScope of(SessionId session) {
        return builder().session(session).build();
    }

    /** Starts a scope of all messages. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts from this scope. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.participant = participant;
        builder.session = session;
        builder.config = config;
        builder.app = app;
        builder.status = status;
        builder.from = from;
        builder.before = before;
        return builder;
    }

    /** Collects the conditions of a {@link SearchScope}. */
    public static final class Builder {
        private @Nullable UserId participant;
        private @Nullable SessionId session;
        private @Nullable ConfigId config;
        private @Nullable AppId app;
        private @Nullable SessionStatus status;
        private @Nullable Instant from;
        private @Nullable Instant before;

        private Builder() {}

        /** Only sessions in which this user takes part, in any role. */
        public Builder participant(UserId value) {
            participant = value;
            return this;
        }

        /** Only this session. */
        public Builder session(SessionId value) {
            session = value;
            return this;
        }

        /** Only sessions on this config. */
        public Builder config(ConfigId value) {
            config = value;
            return this;
        }

        /** Only sessions that this application created. */
        public Builder app(AppId value) {
            app = value;
            return this;
        }

        /** Only sessions in this status. */
        public Builder status(SessionStatus value) {
            status = value;
            return this;
        }

        /** Only messages appended at {@code start} or later and before {@code end}. */
        public Builder created(@Nullable Instant start, @Nullable Instant end) {
            from = start;
            before = end;
            return this;
        }

        /** Makes the scope. */
        public SearchScope build() {
            return new SearchScope(participant, session, config, app, status, from, before);
        }
    }
}
