package io.twinstore.storage;

import java.time.Instant;

/**
 * A setting that a host keeps in the storage, as it stood when it was read.
 *
 * @param key its name, 1 to 255 characters, compared by code point
 * @param value any JSON, {@code null} included; kept by meaning
 * @param scope what it belongs to, such as {@link SettingsStore#GLOBAL}
 * @param updatedAt when value or scope was last set; never goes back
 */
public record StoredSetting(String key, Json value, String scope, Instant updatedAt) {}
