package io.twinstore.storage.testkit;

import java.time.Duration;

/**
 * How long a clause waits for what must come. On an honest storage it comes, so there is time for a
 * slow machine; on a sabotaged one it may never come, and nobody has to wait for that for long.
 *
 * <p>A thread that a clause starts has the patience of its clause.
 */
final class Patience {

    /** Far beyond any heartbeat. */
    private static final Duration HONEST = Duration.ofSeconds(20);

    /** Beyond the heartbeat of our adapters, so that what merely is late is not taken for lost. */
    private static final Duration SABOTAGED = Duration.ofSeconds(2);

    private static final InheritableThreadLocal<Duration> CURRENT = new InheritableThreadLocal<>();

    private Patience() {}

    /** Something that waits. */
    @FunctionalInterface
    interface Work {
        void run() throws Exception;
    }

    /** Returns how long to wait for one thing. */
    static Duration now() {
        Duration current = CURRENT.get();
        return current == null ? HONEST : current;
    }

    /** Runs the work, and the threads that it starts, with the patience for a sabotaged storage. */
    static void sabotaged(Work work) throws Exception {
        CURRENT.set(SABOTAGED);
        try {
            work.run();
        } finally {
            CURRENT.remove();
        }
    }
}
