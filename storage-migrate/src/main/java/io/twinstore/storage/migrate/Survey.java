package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What was measured of both sides while a move was planned. It decides nothing later: a move looks
 * at the target again before it does anything.
 *
 * @param at when the plan was made
 * @param scan how long it took to read the source
 * @param bytes how many bytes the cells of each table have, by its name in the source; a number
 *     counts as eight
 * @param estimate how long copying, keys and indexes will take, roughly
 * @param target what the target is
 * @param missing what the target lacks for the move; empty when it can begin
 */
public record Survey(
        Instant at,
        Duration scan,
        Map<String, Long> bytes,
        Duration estimate,
        TargetState target,
        List<Missing> missing) {

    /**
     * The target, as the role of the move sees it.
     *
     * @param version the server's version, such as {@code 16.4}
     * @param schemaThere whether the schema of the move exists
     * @param readOnly whether the server is a standby, or its transactions read only
     * @param connectionsFree how many more connections the role may open, of server, database and
     *     role the fewest
     * @param databaseBytes how large the database is. PostgreSQL tells no role how much room its
     *     disk has
     * @param linkBytesPerSecond how fast some megabytes came over the connection; 0 when unknown
     */
    public record TargetState(
            String version,
            boolean schemaThere,
            boolean readOnly,
            long connectionsFree,
            long databaseBytes,
            long linkBytesPerSecond) {}

    /**
     * Something that the move needs.
     *
     * @param code what kind of thing: {@code ACCESS_DENIED}, a right; {@code UNAVAILABLE}, a server
     *     that takes writes or connections; {@code SCHEMA}, a newer server; {@code CONFLICT}, room
     *     where the rows are to go
     * @param what what is not there, as a sentence
     * @param remedy what helps, as a sentence
     */
    public record Missing(ErrorCode code, String what, String remedy) {}

    /** Keeps copies. */
    public Survey {
        bytes = Collections.unmodifiableMap(new TreeMap<>(bytes));
        missing = List.copyOf(missing);
    }

    /** Returns how many bytes the cells of all tables have. */
    public long totalBytes() {
        return bytes.values().stream().mapToLong(Long::longValue).sum();
    }

    /** Returns how many bytes the cells of a table have; 0 when that is not known. */
    public long bytesOf(String table) {
        return bytes.getOrDefault(table, 0L);
    }
}
