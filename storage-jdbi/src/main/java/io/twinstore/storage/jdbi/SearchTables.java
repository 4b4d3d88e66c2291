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
     * Returns the entries of live sessions' current transcripts that the query lets through, the
     * highest id first.
     */
    List<SearchCandidate> find(Handle handle, CandidateQuery query) throws SQLException;

    /**
     * Returns, of each of the sessions that the query's scope names, one entry that the query lets
     * through, if there is any. The limit says nothing.
     */
    List<SearchCandidate> findOneInEach(Handle handle, CandidateQuery query) throws SQLException;
}
