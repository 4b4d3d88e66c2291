package io.twinstore.storage.jdbi;

/**
 * Makes the threads of a storage. They outlive the call that happened to need them first, so they
 * take nothing from its thread: no inheritable thread-locals, and not its context class loader.
 */
public final class DaemonThreads {

    private DaemonThreads() {}

    /** Returns a thread that is not started yet. */
    public static Thread make(Runnable work, String name) {
        Thread thread = new Thread(null, work, name, 0, false);
        thread.setDaemon(true);
        thread.setContextClassLoader(DaemonThreads.class.getClassLoader());
        return thread;
    }
}
