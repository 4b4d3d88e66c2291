package io.twinstore.storage;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * An application to create. Values are checked when it is created, so that all bounds stand in one
 * place.
 *
 * @param id its id, or null for one that the library makes
 * @param name 1 to 255 characters
 * @param active whether its key is good from the start
 * @param settings a JSON object of up to 16 MB
 * @param importedHash the bcrypt hash of a key that its owner has already, or null for a new key
 */
public record NewApplication(
        @Nullable AppId id,
        String name,
        boolean active,
        Json settings,
        @Nullable Secret importedHash) {

    /**
     * Takes what is given as it is, null where that is not allowed apart.
     *
     * @throws NullPointerException for a null that has no meaning
     */
    public NewApplication {
        requireNonNull(name, "name");
        requireNonNull(settings, "settings");
    }

    /** Starts an active application with this name and no settings. */
    public static NewApplication named(String name) {
        return new NewApplication(null, name, true, Json.emptyObject(), null);
    }

    /** Gives the application this id. */
    public NewApplication id(AppId value) {
        return new NewApplication(value, name, active, settings, importedHash);
    }

    /** Makes the application inactive from the start. */
    public NewApplication inactive() {
        return new NewApplication(id, name, false, settings, importedHash);
    }

    /** Gives the application these settings. */
    public NewApplication settings(Json value) {
        return new NewApplication(id, name, active, value, importedHash);
    }

    /**
     * Takes over the key that an earlier program made, of which only the bcrypt hash is known
     * ({@code $2a$}, {@code $2b$} or {@code $2y$}, cost 4 to 16). The application signs in by
     * {@link ApplicationStore#authenticate(AppId, Secret)}.
     */
    public NewApplication importedHash(Secret bcrypt) {
        return new NewApplication(id, name, active, settings, bcrypt);
    }
}
