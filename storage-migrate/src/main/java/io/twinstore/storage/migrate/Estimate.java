package io.twinstore.storage.migrate;

import java.time.Duration;

/**
 * How long a move will take, roughly. The server's share is a constant that was measured, since a
 * plan writes nothing that could be measured; the connection's share is measured.
 */
final class Estimate {

    /** What one connection copied, with keys and indexes; docs/decisions/025 says of what run. */
    static final long ROWS_PER_SECOND = 150_000;

    static final long BYTES_PER_SECOND = 80_000_000;

    private static final double TABLE_SECONDS = 0.05;

    private Estimate() {}

    /**
     * @param link how many bytes the connection takes in a second; 0 when unknown
     */
    static Duration of(long rows, long bytes, int tables, long link) {
        long rate = link > 0 ? Math.min(link, BYTES_PER_SECOND) : BYTES_PER_SECOND;
        double seconds =
                rows / (double) ROWS_PER_SECOND + bytes / (double) rate + tables * TABLE_SECONDS;
        return Duration.ofMillis(Math.round(seconds * 1000));
    }
}
