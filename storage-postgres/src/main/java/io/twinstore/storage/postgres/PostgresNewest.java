package io.twinstore.storage.postgres;

import io.twinstore.storage.SessionStore;
import io.twinstore.storage.jdbi.CandidateQuery;
import io.twinstore.storage.jdbi.SearchCandidate;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;

/**
 * Finds a few of the newest entries.
 *
 * <p>Of terms that it has no statistics of, the planner believes one entry in two hundred to have
 * them. Asked for a few it would walk through the ids, through all of them where the terms are
 * rare. So only the newest entries are walked through; who finds too little in them asks for so
 * many of the rest that the index of terms is the cheaper way, unless the terms are known to be
 * frequent.
 */
final class PostgresNewest {

    /** Up to how many are few. */
    private static final int FEW = 1_000;

    /** How many entries are walked through. */
    private static final int WALKED = 5_000;

    private static final String WALKED_TO =
            """
            select coalesce(max(entry_id), ?)
              from (select entry_id
                      from search_entries
                     where entry_id >= ? and entry_id < ?
                     order by entry_id desc
                    offset ? limit 1) e
            """;

    private PostgresNewest() {}

    /** Returns whether a query asks for few of many. */
    static boolean isWanted(CandidateQuery query) {
        return query.limit() <= FEW && query.scope().sessions() == null;
    }

    static List<SearchCandidate> find(
            Handle handle,
            CandidateQuery query,
            Function<CandidateQuery, List<SearchCandidate>> ask) {
        long walked =
                handle.createQuery(WALKED_TO)
                        .bind(0, query.from())
                        .bind(1, query.from())
                        .bind(2, query.below())
                        .bind(3, WALKED)
                        .mapTo(Long.class)
                        .one();
        List<SearchCandidate> newest =
                new ArrayList<>(ask.apply(query.further(walked, query.below(), query.limit())));
        if (newest.size() < query.limit() && walked > query.from()) {
            newest.addAll(ask.apply(query.further(query.from(), walked, SessionStore.RANKED + 1)));
        }
        return newest.subList(0, Math.min(query.limit(), newest.size()));
    }
}
