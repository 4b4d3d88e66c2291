package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * A partial change of an application; what is not named stays as it is.
 *
 * @param name the new name, or null to leave it
 * @param settings the new settings, all of them, or null to leave them
 * @param settingsPatch an RFC 7396 merge patch for the settings, applied after {@code settings}, or
 *     null
 * @param expectedVersion the version that the application must have, or null for any
 */
public record ApplicationUpdate(
        @Nullable String name,
        @Nullable Json settings,
        @Nullable Json settingsPatch,
        @Nullable Long expectedVersion) {

    /** Starts an update that changes nothing yet. */
    public static ApplicationUpdate nothing() {
        return new ApplicationUpdate(null, null, null, null);
    }

    /** Changes the name. */
    public ApplicationUpdate name(String value) {
        return new ApplicationUpdate(value, settings, settingsPatch, expectedVersion);
    }

    /** Replaces all settings by this object. */
    public ApplicationUpdate settings(Json value) {
        return new ApplicationUpdate(name, value, settingsPatch, expectedVersion);
    }

    /**
     * Merges this patch into the settings: members are set, and removed where the patch says null.
     */
    public ApplicationUpdate mergeSettings(Json patch) {
        return new ApplicationUpdate(name, settings, patch, expectedVersion);
    }

    /** Makes the update a {@link ConflictException} unless the application has this version. */
    public ApplicationUpdate expectVersion(long version) {
        return new ApplicationUpdate(name, settings, settingsPatch, version);
    }
}
