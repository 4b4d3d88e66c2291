package io.twinstore.storage;

import java.util.Optional;

/**
 * Keeps bundle configurations.
 *
 * <p>Thread-safe. Each call is atomic; what one call returned is visible to every call that starts
 * after it, in this process and in others.
 */
public interface ConfigStore {

    /**
     * Creates a config.
     *
     * @throws InvalidValueException when a value is out of bounds or the content is not well-formed
     *     YAML
     * @throws AlreadyExistsException when the id is taken, be it by a deleted config
     */
    Config create(NewConfig config);

    /** Returns the config, or nothing when there is none or it is deleted. */
    Optional<Config> find(ConfigId id);

    /**
     * Returns the config.
     *
     * @throws NotFoundException when there is none or it is deleted
     */
    default Config get(ConfigId id) {
        return find(id).orElseThrow(() -> new NotFoundException("config", id.value()));
    }

    /** Returns a page of configs, the one updated last first; ties are broken by id, descending. */
    Page<Config> list(ConfigFilter filter, PageRequest page);

    /** Returns how many configs the filter lets through. */
    long count(ConfigFilter filter);

    /**
     * Changes what the update names, and nothing else, and returns the config as it is now.
     *
     * <p>Of concurrent updates that expect the same version exactly one succeeds. An update that
     * names nothing still counts as a change.
     *
     * @throws NotFoundException when there is no such live config
     * @throws ConflictException when its version is not the expected one
     * @throws InvalidValueException when a value is out of bounds
     */
    Config update(ConfigId id, ConfigUpdate update);

    /**
     * Deletes the config softly: it and its sessions are hidden and refuse changes until {@link
     * #restore}.
     *
     * @return whether it was live until now
     */
    boolean delete(ConfigId id);

    /**
     * Undoes {@link #delete}; sessions that were deleted themselves stay deleted.
     *
     * @return whether it was deleted until now
     * @throws NotFoundException when there is no such config, deleted or not
     */
    boolean restore(ConfigId id);

    /**
     * Removes the config for good, deleted or not, with its sessions, their messages and their
     * participants.
     *
     * @return whether there was anything to remove
     */
    boolean purge(ConfigId id);
}
