package io.twinstore.storage;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Which sessions to list or count; every condition must hold.
 *
 * @param owner whose sessions, by first owner, or null for anyone's
 * @param participant who takes part, in any role, or null for anyone
 * @param config which config, or null for any
 * @param app which application created them, or null for any
 * @param status which status, or null for any
 * @param createdFrom created at this instant or later, or null
 * @param createdBefore created before this instant, or null
 * @param updatedFrom updated at this instant or later, or null
 * @param updatedBefore updated before this instant, or null
 * @param metadata an object that the metadata must contain, in the sense of PostgreSQL's
 *     {@code @>}, or null
 * @param permissions an object that the permissions of a participant must contain, in the same
 *     sense, or null: of {@code participant} where that is given, otherwise of anyone who takes
 *     part
 * @param visibility live ones by default
 */
public record SessionFilter(
        @Nullable UserId owner,
        @Nullable UserId participant,
        @Nullable ConfigId config,
        @Nullable AppId app,
        @Nullable SessionStatus status,
        @Nullable Instant createdFrom,
        @Nullable Instant createdBefore,
        @Nullable Instant updatedFrom,
        @Nullable Instant updatedBefore,
        @Nullable Json metadata,
        @Nullable Json permissions,
        Visibility visibility) {

    /** Returns the filter that lets every live session through. */
    public static SessionFilter all() {
        return builder().build();
    }

    /** Starts a filter that lets every live session through. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts from this filter. */
    public Builder toBuilder() {
        Builder builder = new Builder();
        builder.owner = owner;
        builder.participant = participant;
        builder.config = config;
        builder.app = app;
        builder.status = status;
        builder.createdFrom = createdFrom;
        builder.createdBefore = createdBefore;
        builder.updatedFrom = updatedFrom;
        builder.updatedBefore = updatedBefore;
        builder.metadata = metadata;
        builder.permissions = permissions;
        builder.visibility = visibility;
        return builder;
    }

    /** Collects the conditions of a {@link SessionFilter}. */
    public static final class Builder {
        private @Nullable UserId owner;
        private @Nullable UserId participant;
        private @Nullable ConfigId config;
        private @Nullable AppId app;
        private @Nullable SessionStatus status;
        private @Nullable Instant createdFrom;
        private @Nullable Instant createdBefore;
        private @Nullable Instant updatedFrom;
        private @Nullable Instant updatedBefore;
        private @Nullable Json metadata;
        private @Nullable Json permissions;
        private Visibility visibility = Visibility.LIVE;

        private Builder() {}

        /** Only sessions whose first owner is this user. */
        public Builder owner(UserId value) {
            owner = value;
            return this;
        }

        /** Only sessions in which this user takes part, in any role. */
        public Builder participant(UserId value) {
            participant = value;
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

        /** Only sessions created at {@code from} or later and before {@code before}. */
        public Builder created(@Nullable Instant from, @Nullable Instant before) {
            createdFrom = from;
            createdBefore = before;
            return this;
        }

        /** Only sessions updated at {@code from} or later and before {@code before}. */
        public Builder updated(@Nullable Instant from, @Nullable Instant before) {
            updatedFrom = from;
            updatedBefore = before;
            return this;
        }

        /** Only sessions whose metadata contains this object. */
        public Builder metadata(Json value) {
            metadata = value;
            return this;
        }

        /**
         * Only sessions in which somebody takes part whose permissions contain this object; the
         * {@link #participant}, where one is given.
         */
        public Builder permissions(Json value) {
            permissions = value;
            return this;
        }

        /** Live sessions, deleted ones or both. */
        public Builder visibility(Visibility value) {
            visibility = value;
            return this;
        }

        /** Returns the filter. */
        public SessionFilter build() {
            return new SessionFilter(
                    owner,
                    participant,
                    config,
                    app,
                    status,
                    createdFrom,
                    createdBefore,
                    updatedFrom,
                    updatedBefore,
                    metadata,
                    permissions,
                    visibility);
        }
    }
}
