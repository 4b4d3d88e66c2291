package io.twinstore.storage.schema;

import java.util.logging.Level;
import liquibase.logging.Logger;
import liquibase.logging.core.AbstractLogService;
import liquibase.logging.core.AbstractLogger;
import org.jspecify.annotations.Nullable;

/**
 * Drops what Liquibase logs: a library does not talk in its host's log about how it does things.
 */
final class SilentLogs extends AbstractLogService {

    private static final Logger NOTHING = new Nothing();

    @Override
    public int getPriority() {
        return PRIORITY_NOT_APPLICABLE;
    }

    @Override
    @SuppressWarnings("rawtypes")
    public Logger getLog(Class type) {
        return NOTHING;
    }

    /** Errors come back as exceptions, so nothing is lost here. */
    private static final class Nothing extends AbstractLogger {

        @Override
        public void log(Level level, @Nullable String message, @Nullable Throwable error) {
            // Dropped.
        }

        @Override
        public void close() {
            // Nothing is open.
        }
    }
}
