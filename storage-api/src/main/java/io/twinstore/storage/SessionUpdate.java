package io.twinstore.storage;

import org.jspecify.annotations.Nullable;

/**
 * A partial change of a session; what is not named stays as it is.
 *
 * @param status the new status, or null to leave it
 * @param metadata the new metadata, all of it, or null to leave it
 * @param metadataPatch an RFC 7396 merge patch for the metadata, applied after {@code metadata}, or
 *     null
 * @param owner the new first owner, who becomes a participant with that role, or null to leave it;
 *     earlier owners stay participants with theirs
 * @param expectedVersion the version that the session must have, or null for any
 */
public record SessionUpdate(
        @Nullable SessionStatus status,
        @Nullable Json metadata,
        @Nullable Json metadataPatch,
        @Nullable UserId owner,
        @Nullable Long expectedVersion) {

    /** Starts an update that changes nothing yet. */
    public static SessionUpdate nothing() {
        return new SessionUpdate(null, null, null, null, null);
    }

    /** Changes the status. */
    public SessionUpdate status(SessionStatus value) {
        return new SessionUpdate(value, metadata, metadataPatch, owner, expectedVersion);
    }

    /** Replaces all metadata by this object. */
    public SessionUpdate metadata(Json value) {
        return new SessionUpdate(status, value, metadataPatch, owner, expectedVersion);
    }

    /**
     * Merges this patch into the metadata: members are set, and removed where the patch says null.
     */
    public SessionUpdate mergeMetadata(Json patch) {
        return new SessionUpdate(status, metadata, patch, owner, expectedVersion);
    }

    /** Makes this user the first owner. */
    public SessionUpdate owner(UserId value) {
        return new SessionUpdate(status, metadata, metadataPatch, value, expectedVersion);
    }

    /** Makes the update a {@link ConflictException} unless the session still has this version. */
    public SessionUpdate expectVersion(long version) {
        return new SessionUpdate(status, metadata, metadataPatch, owner, version);
    }
}
