package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What a tail follows, and for whom.
 *
 * @param only the one session that it follows, or null when it follows those of the user
 * @param user who must take part in what it follows, or null for anybody
 * @param app the application that must have created what it follows of the user, or null
 */
record TailScope(@Nullable SessionId only, @Nullable UserId user, @Nullable AppId app) {

    /** Returns the user all of whose sessions are followed, or null when it is one session. */
    @Nullable UserId follower() {
        return only == null ? user : null;
    }

    /** Returns whether the tail ends when this user is removed from a session. */
    boolean endsWithout(UserId removed) {
        return only != null && removed.equals(user);
    }
}
