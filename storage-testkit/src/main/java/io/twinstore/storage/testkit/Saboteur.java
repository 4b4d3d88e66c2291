package io.twinstore.storage.testkit;

import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Tail;
import io.twinstore.storage.UserStore;
import java.util.Arrays;

/**
 * Breaks one promise of an otherwise honest storage, so that a clause can show that it would
 * notice.
 *
 * @param clause the clause that must fail
 * @param deed what it does, in words that follow "a storage that"
 * @param store the interface whose operation it breaks
 * @param operation the name of that operation
 * @param interceptor how it does it
 */
record Saboteur(
        String clause, String deed, Class<?> store, String operation, Interceptor interceptor) {

    Saboteur {
        String name = operation;
        if (Arrays.stream(store.getMethods()).noneMatch(m -> m.getName().equals(name))) {
            throw new IllegalArgumentException(
                    store.getSimpleName() + " has no " + operation + ".");
        }
    }

    /** A saboteur of the session store. */
    static Saboteur sessions(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, SessionStore.class, operation, how);
    }

    /** A saboteur of the config store. */
    static Saboteur configs(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, ConfigStore.class, operation, how);
    }

    /** A saboteur of the application store. */
    static Saboteur applications(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, ApplicationStore.class, operation, how);
    }

    /** A saboteur of the user store. */
    static Saboteur users(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, UserStore.class, operation, how);
    }

    /** A saboteur of the settings store. */
    static Saboteur settings(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, SettingsStore.class, operation, how);
    }

    /** A saboteur of tails. */
    static Saboteur tails(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, Tail.class, operation, how);
    }

    /** A saboteur of the storage itself. */
    static Saboteur storage(String clause, String operation, String deed, Interceptor how) {
        return new Saboteur(clause, deed, Storage.class, operation, how);
    }

    /** Returns the honest storage with this saboteur in front, in its transactions too. */
    Storage inFrontOf(Storage honest) {
        return SabotagedProxy.of(Storage.class, honest, this);
    }
}
