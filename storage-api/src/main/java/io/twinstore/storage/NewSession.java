package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * A session to create.
 *
 * @param id its id, or null for one that the library makes
 * @param configId the live config that it runs on
 * @param owner who owns it and becomes its first participant, or null for nobody
 * @param app the application that creates it, or null
 * @param status where it starts, active by default
 * @param metadata a JSON object of up to 16 MB
 */
public record NewSession(
        @Nullable SessionId id,
        ConfigId configId,
        @Nullable UserId owner,
        @Nullable AppId app,
        SessionStatus status,
        Json metadata) {

    /**
     * Takes what is given as it is, null where that is not allowed apart.
     *
     * @throws NullPointerException for a null that has no meaning
     */
    public NewSession {
        requireNonNull(configId, "configId");
        requireNonNull(status, "status");
        requireNonNull(metadata, "metadata");
    }

    /** Starts a session on this config. */
    public static NewSession on(ConfigId config) {
        return new NewSession(null, config, null, null, SessionStatus.ACTIVE, Json.emptyObject());
    }

    /** Gives the session this id. */
    public NewSession id(SessionId value) {
        return new NewSession(value, configId, owner, app, status, metadata);
    }

    /** Makes this user the owner and first participant. */
    public NewSession owner(UserId value) {
        return new NewSession(id, configId, value, app, status, metadata);
    }

    /** Names the application that creates the session. */
    public NewSession app(AppId value) {
        return new NewSession(id, configId, owner, value, status, metadata);
    }

    /** Starts the session in this status. */
    public NewSession status(SessionStatus value) {
        return new NewSession(id, configId, owner, app, value, metadata);
    }

    /** Gives the session this metadata. */
    public NewSession metadata(Json value) {
        return new NewSession(id, configId, owner, app, status, value);
    }
}
