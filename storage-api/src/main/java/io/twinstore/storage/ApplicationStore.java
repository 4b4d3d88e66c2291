package io.twinstore.storage;

import java.time.Duration;
import java.util.Optional;

/**
 * Keeps the applications that call the host, and tells which of them a call comes from by its API
 * key.
 *
 * <p>The library makes the keys, of 256 random bits, and hands each out once. It stores how a key
 * begins, by which it is found, and a hash of the whole. Neither key nor hash is ever in a log, a
 * message, a {@code toString} or any record but {@link IssuedKey}.
 *
 * <p>Thread-safe. Each call is atomic; what one call returned is visible to every call that starts
 * after it, in this process and in others.
 */
public interface ApplicationStore {

    /**
     * Creates an application, with a new key or with the hash of one that its owner has already.
     *
     * @throws InvalidValueException when a value is out of bounds, or the imported hash is none of
     *     bcrypt, which the message does not show
     * @throws AlreadyExistsException when the id is taken
     */
    IssuedKey create(NewApplication application);

    /** Returns the application, or nothing when there is none. */
    Optional<Application> find(AppId id);

    /**
     * Returns the application.
     *
     * @throws NotFoundException when there is none
     */
    default Application get(AppId id) {
        return find(id).orElseThrow(() -> new NotFoundException("application", id.value()));
    }

    /** Returns a page of applications, by id in the order of code points. */
    Page<Application> list(PageRequest page);

    /** Returns how many applications there are, inactive ones included. */
    long count();

    /**
     * Changes what the update names, and nothing else, and returns the application as it is now.
     *
     * <p>Of concurrent updates that expect the same version exactly one succeeds. An update that
     * names nothing still counts as a change.
     *
     * @throws NotFoundException when there is no such application
     * @throws ConflictException when its version is not the expected one
     * @throws InvalidValueException when a value is out of bounds
     */
    Application update(AppId id, ApplicationUpdate update);

    /**
     * Makes the application's keys good again.
     *
     * @return whether it was inactive until now
     * @throws NotFoundException when there is no such application
     */
    boolean activate(AppId id);

    /**
     * Makes every key of the application useless until it is activated again. Calls that were
     * authenticated before are the host's to end.
     *
     * @return whether it was active until now
     * @throws NotFoundException when there is no such application
     */
    boolean deactivate(AppId id);

    /**
     * Gives the application a new key. Those that it has stay good for the overlap, or for what is
     * left of an earlier one if that is less; with none, they are useless at once. The clock is
     * this storage's {@link StorageOptions}' own.
     *
     * @param overlap from zero to 365 days
     * @throws NotFoundException when there is no such application
     * @throws InvalidValueException when the overlap is out of bounds
     */
    IssuedKey rotateKey(AppId id, Duration overlap);

    /**
     * Removes the application with its keys for good; its id is free again. Sessions that name it
     * stay, and go on naming it: whoever may get the id again gets to see them by it. To only shut
     * an application out, {@linkplain #deactivate deactivate} it.
     *
     * @return whether there was one
     */
    boolean delete(AppId id);

    /**
     * Returns the application that the key belongs to: one look-up by how the key begins, and one
     * comparison that takes the same time wherever the two differ.
     *
     * <p>Nothing is returned for a key that is unknown, malformed, expired or of an inactive
     * application, with nothing to tell which, and after the same work.
     */
    Optional<Application> authenticate(Secret key);

    /**
     * Returns the application if the key is one of its own, be it one that was imported as a bcrypt
     * hash. The hash of an imported key of 20 characters to 72 bytes is replaced when the key is
     * first used, so that {@link #authenticate(Secret)} finds it from then on; a shorter one could
     * be guessed from a fast hash, and of a longer one bcrypt sees only the beginning: these stay
     * as they are.
     *
     * <p>A call that finds nothing takes as long as bcrypt of cost 12, a quarter of a second of one
     * processor or so, whether or not there is such an application: limit how often a stranger may
     * try.
     */
    Optional<Application> authenticate(AppId id, Secret key);
}
