package io.twinstore.storage.jdbi;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.UserId;
import org.jspecify.annotations.Nullable;

/**
 * What tails are told of a change that was committed. It only says where to look.
 *
 * @param action what happened, as {@link io.twinstore.storage.TailEvent#action} names it
 * @param session the session it happened to, or null where it happened to all of a config
 * @param user the participant it is about, or null
 * @param config the config whose sessions it happened to, or null
 * @param lastSequence the last sequence of an append or a replacement, or 0
 */
public record Notice(
        String action,
        @Nullable SessionId session,
        @Nullable UserId user,
        @Nullable ConfigId config,
        long lastSequence) {

    private static final String APPENDED = "message_appended";

    /** Messages were appended. */
    public static Notice appended(SessionId session, long lastSequence) {
        return new Notice(APPENDED, session, null, null, lastSequence);
    }

    /** Another transcript was written, or the old one went on. */
    static Notice replaced(SessionId session, long lastSequence) {
        return new Notice("transcript_replaced", session, null, null, lastSequence);
    }

    /** Returns whether a later one of the same session makes this one needless. */
    public boolean isAppend() {
        return action.equals(APPENDED);
    }

    /** Something of the session changed. */
    static Notice of(String action, SessionId session) {
        return new Notice(action, session, null, null, 0);
    }

    /** A participant of the session changed. */
    static Notice of(String action, SessionId session, @Nullable UserId user) {
        return new Notice(action, session, user, null, 0);
    }

    /** All sessions of the config were hidden, shown or purged. */
    static Notice ofAll(String action, ConfigId config) {
        return new Notice(action, null, null, config, 0);
    }

    /** Nobody knows what changed. */
    public static Notice unknown() {
        return new Notice("", null, null, null, 0);
    }
}
