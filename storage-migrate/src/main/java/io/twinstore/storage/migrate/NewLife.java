package io.twinstore.storage.migrate;

import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/**
 * Tells a restored database from the one that it goes back behind. What came between the backup and
 * the loss is known to others still: an agent that lost its lease then would hold it again, a tail
 * stands where other messages will be.
 *
 * <p>So every session gets another incarnation, by which a tail that is open sees that it is not
 * the session that it followed; every token that was given out is stale, since the fence goes on
 * from the clock, as an acquisition's does; nobody holds a lease. The search index, whose entries
 * name the incarnation, is made anew.
 */
final class NewLife {

    private NewLife() {}

    /** Begins it in a SQLite file that nobody else has open. */
    static void begin(Path file, StorageOptions options) throws SQLException {
        try (Connection sqlite = OwnFile.connect(file)) {
            sqlite.setAutoCommit(false);
            OwnFile.execute(
                    sqlite,
                    "update session_heads set incarnation = random(), indexed_seq = 0,"
                            + " fence = case when fence = 0 then 0 else max(fence + 1, "
                            + micros(options)
                            + ") end");
            OwnFile.execute(sqlite, "delete from session_leases");
            OwnFile.execute(
                    sqlite, "insert into search_terms (search_terms) values ('delete-all')");
            OwnFile.execute(sqlite, "delete from search_entries");
            OwnFile.execute(sqlite, "delete from search_pending");
            OwnFile.markUnindexed(sqlite, null);
            sqlite.commit();
        }
    }

    /** Begins it in PostgreSQL, and takes note of that in the same transaction. */
    static void begin(Target target, Ledger ledger, String noted, StorageOptions options)
            throws SQLException, IOException {
        String schema = options.postgres().schema();
        target.transaction(
                () -> {
                    target.update(
                            "update "
                                    + Sql.quoted(schema, "session_heads")
                                    + " set incarnation = cast(cast('x' || substr(md5(cast(random() as text)"
                                    + " || session_id), 1, 16) as bit(64)) as bigint), indexed_seq = 0,"
                                    + " fence = case when fence = 0 then 0 else greatest(fence + 1, ?) end",
                            micros(options));
                    target.execute("delete from " + Sql.quoted(schema, "session_leases"));
                    target.execute("delete from " + Sql.quoted(schema, "search_entries"));
                    target.execute(
                            "update "
                                    + Sql.quoted(schema, "search_pending")
                                    + " set indexed_seq = 0");
                    ledger.state(noted);
                });
    }

    private static long micros(StorageOptions options) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, options.clock().instant());
    }
}
