package io.twinstore.storage.jdbi;

import java.sql.SQLException;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** How an adapter keeps the entries of its search index, and finds them by their terms. */
public interface SearchTables {

    /**
     * Makes the rest of the handle's transaction see one state of the database. Called first in a
     * transaction that reads.
     */
    void snapshot(Handle handle) throws SQLException;

    /** Adds entries; the message of none of them has any yet. */
    void add(Handle handle, List<SearchEntry> entries) throws SQLException;

    /**
     * Returns the entries that the query lets through, the highest id first; those of deleted
     * sessions and of earlier generations of a transcript, too.
     */
    List<SearchCandidate> find(Handle handle, CandidateQuery query) throws SQLException;

    /**
     * Returns, of the current transcript of each of the sessions that the query's scope names, one
     * entry that the query lets through, if there is any. The limit says nothing.
     */
    List<SearchCandidate> findOneInEach(Handle handle, CandidateQuery query) throws SQLException;
}
