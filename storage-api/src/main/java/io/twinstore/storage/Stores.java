package io.twinstore.storage;

/**
 * The stores, on whatever they run: a storage of its own, a transaction, or the host's connection.
 */
public interface Stores {

    /** Returns the store of bundle configurations. */
    ConfigStore configs();

    /** Returns the store of sessions, transcripts and participants. */
    SessionStore sessions();

    /** Returns the store of applications and their API keys. */
    ApplicationStore applications();

    /** Returns the store of users. */
    UserStore users();

    /** Returns the store of the host's settings. */
    SettingsStore settings();
}
