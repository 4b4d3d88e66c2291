package io.twinstore.storage.testkit;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What became of one of several calls that were made at the same moment.
 *
 * @param value what it returned, unless it failed
 * @param error what it threw, or null
 */
record Outcome<T>(@Nullable T value, @Nullable Throwable error) {

    boolean succeeded() {
        return error == null;
    }

    /** Returns what those returned that succeeded. */
    static <T> List<T> values(List<Outcome<T>> outcomes) {
        return outcomes.stream()
                .filter(Outcome::succeeded)
                .map(outcome -> Objects.requireNonNull(outcome.value()))
                .toList();
    }

    /** Returns what the others threw. */
    static <T> List<Throwable> errors(List<Outcome<T>> outcomes) {
        return outcomes.stream()
                .filter(outcome -> !outcome.succeeded())
                .map(outcome -> Objects.requireNonNull(outcome.error()))
                .toList();
    }
}
