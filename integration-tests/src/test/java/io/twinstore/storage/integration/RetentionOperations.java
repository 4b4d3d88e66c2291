package io.twinstore.storage.integration;

import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes up calls that keep sessions, and such as delete and remove what is old. */
final class RetentionOperations {

    private static final List<Duration> AGES =
            List.of(
                    Duration.ZERO,
                    Duration.ofNanos(1_500),
                    Duration.ofSeconds(60),
                    Duration.ofDays(30),
                    Duration.ofDays(40));

    private final ValuePool pool;

    RetentionOperations(ValuePool pool) {
        this.pool = pool;
    }

    private static Operation on(String text, Function<SessionStore, @Nullable Object> call) {
        return new Operation("sessions." + text, (stores, side) -> call.apply(stores.sessions()));
    }

    Operation next() {
        SessionId id = pool.session();
        Duration age = pool.rarely(20) ? Duration.ofDays(-1) : pool.one(AGES);
        return switch (pool.below(12)) {
            case 0, 1, 2, 3 -> on("hold " + id, sessions -> sessions.hold(id));
            case 4, 5 -> on("releaseHold " + id, sessions -> sessions.releaseHold(id));
            case 6 -> on("isHeld " + id, sessions -> sessions.isHeld(id));
            case 7 -> on("countInactive " + age, sessions -> sessions.countInactive(age));
            case 8 -> on("countPurgeable " + age, sessions -> sessions.countPurgeable(age));
            case 9, 10 -> on("cleanup " + age, sessions -> sessions.cleanup(age));
            default -> on("purgeDeleted " + age, sessions -> sessions.purgeDeleted(age));
        };
    }
}
