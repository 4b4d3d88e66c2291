package io.twinstore.storage.jdbi;

import io.twinstore.storage.Json;
import io.twinstore.storage.StoredSetting;
import java.time.Instant;

/** A row of {@code settings}. */
public record SettingRow(String settingKey, Json value, String scope, Instant updatedAt) {

    StoredSetting toSetting() {
        return new StoredSetting(settingKey, value, scope, updatedAt);
    }
}
