package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * How a run of {@link Migration#migrate} carries a plan out. Runs of one plan may have different
 * options.
 *
 * @param only the tables to copy, by their names in the source; empty for all
 * @param commitRows how many rows share a commit, 1 to 1,000,000; null as the plan says
 * @param timeout after which the run stops at the next commit or step; null for never
 * @param replace whether what the target has of the move's tables is dropped, or for Twinstore's
 *     own emptied, before anything is copied; no effect on a move that was begun
 */
public record MigrationOptions(
        Set<String> only,
        @Nullable Integer commitRows,
        @Nullable Duration timeout,
        boolean replace) {

    private static final MigrationOptions STANDARD =
            new MigrationOptions(Set.of(), null, null, false);

    /**
     * @throws InvalidValueException when a value is out of bounds
     */
    public MigrationOptions {
        only = Set.copyOf(only);
        if (commitRows != null) {
            MigrationPlan.requireCommitRows("commitRows", commitRows);
        }
        if (timeout != null && (timeout.isNegative() || timeout.isZero())) {
            throw new InvalidValueException("timeout", "longer than 0", timeout.toString());
        }
    }

    /** Returns options that copy all tables into a target without them, as the plan says. */
    public static MigrationOptions standard() {
        return STANDARD;
    }

    /** Returns the same options for some tables. */
    public MigrationOptions only(Set<String> tables) {
        return new MigrationOptions(tables, commitRows, timeout, replace);
    }

    /** Returns the same options with another number of rows in a commit. */
    public MigrationOptions committing(int rows) {
        return new MigrationOptions(only, rows, timeout, replace);
    }

    /** Returns the same options with an end. */
    public MigrationOptions within(Duration time) {
        return new MigrationOptions(only, commitRows, time, replace);
    }

    /** Returns the same options for a target whose tables may go. */
    public MigrationOptions replacing() {
        return new MigrationOptions(only, commitRows, timeout, true);
    }

    boolean includes(TablePlan table) {
        return only.isEmpty() || only.contains(table.name());
    }

    void requireTables(MigrationPlan plan) {
        Set<String> unknown = new TreeSet<>(only);
        plan.tables().forEach(table -> unknown.remove(table.name()));
        if (!unknown.isEmpty()) {
            throw new InvalidValueException(
                    "only", "a table of the plan", String.join(", ", unknown));
        }
    }
}
