package io.twinstore.storage.testkit.history;

import java.util.List;

/**
 * What clients did and what they were told.
 *
 * @param appends every attempt to append
 * @param reads every read that returned
 */
public record History(List<AppendOperation> appends, List<ReadOperation> reads) {

    public History {
        appends = List.copyOf(appends);
        reads = List.copyOf(reads);
    }

    /** Returns how many attempts ended like this. */
    public long count(AppendOutcome.Kind kind) {
        return appends.stream().filter(append -> append.outcome().kind() == kind).count();
    }
}
