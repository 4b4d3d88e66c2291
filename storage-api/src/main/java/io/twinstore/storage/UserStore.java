package io.twinstore.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps who was seen, when, and through which application. Nobody has to be here to own sessions or
 * to take part in them.
 *
 * <p>Thread-safe. Each call is atomic; what one call returned is visible to every call that starts
 * after it, in this process and in others.
 */
public interface UserStore {

    /**
     * Notes that the person was seen now, by an application that does not say which one it is.
     *
     * @see #seen(UserId, AppId)
     */
    default void seen(UserId user) {
        seen(user, null);
    }

    /**
     * Notes that the person was seen now, and makes a record where there is none. The time of the
     * first call stays; that of the last never goes back, be it that clocks disagree. One statement
     * in one round trip, so that it can stand in every request.
     *
     * @param app the application that saw the person, or null to leave the one that is noted
     */
    void seen(UserId user, @Nullable AppId app);

    /** Returns the user, or nothing when the person was never seen. */
    Optional<User> find(UserId user);

    /**
     * Returns the user.
     *
     * @throws NotFoundException when the person was never seen
     */
    default User get(UserId user) {
        return find(user).orElseThrow(() -> new NotFoundException("user", user.value()));
    }

    /** Returns a page of users, the one seen last first; ties are broken by id, descending. */
    Page<User> list(UserFilter filter, PageRequest page);

    /** Returns how many users the filter lets through. */
    long count(UserFilter filter);

    /**
     * Replaces all metadata by this object.
     *
     * @return the user as it is now
     * @throws NotFoundException when the person was never seen
     * @throws InvalidValueException when it is not an object that can be indexed
     */
    User replaceMetadata(UserId user, Json metadata);

    /**
     * Merges an RFC 7396 patch into the metadata: members are set, and removed where the patch says
     * null. Concurrent patches lose nothing.
     *
     * @return the user as it is now
     * @throws NotFoundException when the person was never seen
     * @throws InvalidValueException when the patch, or what comes of it, is not an object that can
     *     be indexed
     */
    User mergeMetadata(UserId user, Json patch);
}
