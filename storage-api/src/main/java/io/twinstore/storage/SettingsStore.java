package io.twinstore.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Keeps settings of the host: any JSON under a key. The key alone names a setting; its scope says
 * what it belongs to, and lists can be limited to one.
 *
 * <p>A value is any JSON, {@code null} included, which is a value as any other: a setting of that
 * value is there. It is kept by meaning, as metadata is.
 *
 * <p>Thread-safe. Each call is atomic; what one call returned is visible to every call that starts
 * after it, in this process and in others. To change a value that depends on the one that is there,
 * use {@link #compareAndSet}: reading and then putting loses what others put meanwhile.
 */
public interface SettingsStore {

    /** The scope of settings that were given none. */
    String GLOBAL = "global";

    /**
     * Returns the setting, or nothing when there is none.
     *
     * @throws InvalidValueException when no setting can have such a key
     */
    Optional<StoredSetting> find(String key);

    /**
     * Returns the setting.
     *
     * @throws NotFoundException when there is none
     * @throws InvalidValueException when no setting can have such a key
     */
    default StoredSetting get(String key) {
        return find(key).orElseThrow(() -> new NotFoundException("setting", key));
    }

    /**
     * Sets the value, whatever there was. A new setting is {@link #GLOBAL}, one that was there
     * keeps its scope.
     *
     * @return the setting as it is now
     * @throws InvalidValueException when the key is not 1 to 255 characters of plain text or the
     *     value cannot be indexed; the message does not show the value
     */
    StoredSetting put(String key, Json value);

    /**
     * Sets value and scope, whatever there was.
     *
     * @return the setting as it is now
     * @throws InvalidValueException when key or scope are not 1 to 255 characters of plain text or
     *     the value cannot be indexed; the message does not show the value
     */
    StoredSetting put(String key, Json value, String scope);

    /**
     * Sets the value if the one that is there means the same as the expected one; the scope stays.
     * Of concurrent calls that expect the same value, and set others, exactly one succeeds.
     *
     * @param expected the value that must be there, or null for a setting that is not there yet;
     *     JSON's {@code null} is a value, and is expected as {@code Json.of("null")}
     * @return whether it was set
     * @throws InvalidValueException when the key is not 1 to 255 characters of plain text or the
     *     value cannot be indexed; the message does not show the value
     */
    boolean compareAndSet(String key, @Nullable Json expected, Json value);

    /**
     * Removes the setting.
     *
     * @return whether there was one
     * @throws InvalidValueException when no setting can have such a key
     */
    boolean delete(String key);

    /** Returns a page of all settings, by key in the order of code points. */
    Page<StoredSetting> all(PageRequest page);

    /**
     * Returns a page of the settings of exactly this scope, by key in the order of code points.
     *
     * @throws InvalidValueException when no setting can have such a scope
     */
    Page<StoredSetting> inScope(String scope, PageRequest page);
}
