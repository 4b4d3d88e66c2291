package io.twinstore.storage.sqlite;

import io.twinstore.storage.jdbi.CandidateQuery;
import io.twinstore.storage.jdbi.EntryIds;
import io.twinstore.storage.jdbi.ScopeConditions;
import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import io.twinstore.storage.jdbi.SearchCandidate;
import io.twinstore.storage.jdbi.SearchEntry;
import io.twinstore.storage.jdbi.SearchTables;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.Expression.And;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Word;
import io.twinstore.storage.search.IndexedChunk;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.statement.Query;
import org.jspecify.annotations.Nullable;

/**
 * Entries in a table, and their terms in a contentless FTS5 table under the same ids.
 *
 * <p>FTS5 walks the ids of an expression backwards without sorting. What it found is told apart by
 * leaf with one more look for each, within the ids that were found; a word that the expression
 * demands needs none.
 */
final class SqliteSearchTables implements SearchTables {

    private static final String ADD =
            """
            insert into search_entries (entry_id, session_id, seq, chunk, chunks, tokens, created_micros)
            values (?, ?, ?, ?, ?, ?, ?)
            on conflict (entry_id) do nothing
            """;
    private static final String ADD_TERMS = "insert into search_terms (rowid, terms) values (?, ?)";
    private static final String FOUND =
            """
            select rowid
              from search_terms
             where search_terms match ? and rowid >= ? and rowid <= ?
             order by rowid desc
            """;

    private final SqliteTransactions transactions;

    SqliteSearchTables(SqliteTransactions transactions) {
        this.transactions = transactions;
    }

    @Override
    public void snapshot(Handle handle) {
        // A transaction that reads sees one state in any case.
    }

    @Override
    public void add(Handle handle, List<SearchEntry> entries) throws SQLException {
        try (SqliteStatements prepared = transactions.statements(handle)) {
            List<SearchEntry> placed = new ArrayList<>(entries.size());
            for (SearchEntry entry : entries) {
                placed.add(place(prepared.of(ADD), entry));
            }
            // FTS5 begins a new segment wherever ids do not ascend.
            placed.sort(Comparator.comparingLong(SearchEntry::id));
            PreparedStatement terms = prepared.of(ADD_TERMS);
            for (SearchEntry entry : placed) {
                terms.setLong(1, entry.id());
                terms.setString(2, text(entry));
                terms.executeUpdate();
            }
        }
    }

    private static SearchEntry place(PreparedStatement add, SearchEntry entry) throws SQLException {
        SearchEntry at = entry;
        add.setString(2, entry.sessionId());
        add.setLong(3, entry.seq());
        add.setInt(4, entry.chunk());
        add.setInt(5, entry.chunks());
        add.setInt(6, entry.tokens());
        add.setLong(7, entry.createdMicros());
        add.setLong(1, at.id());
        while (add.executeUpdate() == 0) {
            at = at.at(EntryIds.next(at.id()));
            add.setLong(1, at.id());
        }
        return at;
    }

    private static String text(SearchEntry entry) {
        StringBuilder text = new StringBuilder(512);
        entry.content().terms().forEach(term -> text.append(term).append(' '));
        // No query names a boundary, so that no phrase reaches from the terms to the marks.
        text.append("\uF0FF ").append(entry.session());
        IndexedChunk content = entry.content();
        content.marks().forEach(mark -> text.append(' ').append(mark));
        content.frequencies()
                .forEach((term, often) -> text.append(' ').append(SqliteMatch.mark(term, often)));
        return entry.chunks() > 1
                ? text.append(' ').append(SearchEntry.LONG).toString()
                : text.toString();
    }

    @Override
    public List<SearchCandidate> find(Handle handle, CandidateQuery query) throws SQLException {
        return find(handle, query, false);
    }

    /**
     * @param current whether to leave out earlier generations and deleted sessions
     */
    private static List<SearchCandidate> find(Handle handle, CandidateQuery query, boolean current)
            throws SQLException {
        String match = SqliteMatch.of(query);
        List<Place> places = places(handle, query, match, current);
        if (places.isEmpty()) {
            return List.of();
        }
        Map<Long, int[]> classes = new HashMap<>(places.size() * 2);
        List<SearchCandidate> candidates = new ArrayList<>(places.size());
        boolean anyLong = false;
        for (Place place : places) {
            int[] own = new int[query.leaves().size()];
            classes.put(place.id(), own);
            anyLong |= place.chunks() > 1;
            candidates.add(
                    new SearchCandidate(
                            place.id(),
                            place.sessionId(),
                            place.seq(),
                            place.tokens(),
                            place.createdMicros(),
                            own));
        }
        if (match != null && !query.leaves().isEmpty()) {
            long highest = places.get(0).id();
            long lowest = places.get(places.size() - 1).id();
            try (PreparedStatement found = handle.getConnection().prepareStatement(FOUND)) {
                found.setLong(2, lowest);
                found.setLong(3, highest);
                for (int i = 0; i < query.leaves().size(); i++) {
                    tell(found, query, match, i, anyLong, classes);
                }
            }
        }
        return candidates;
    }

    /** Looks once for each: FTS5 has its ids of a session and a term together at once. */
    @Override
    public List<SearchCandidate> findOneInEach(Handle handle, CandidateQuery query)
            throws SQLException {
        List<SearchCandidate> found = new ArrayList<>();
        List<SessionInScope> sessions = query.scope().sessions();
        if (sessions != null) {
            for (SessionInScope session : sessions) {
                found.addAll(find(handle, query.ofOne(session), true));
            }
        }
        return found;
    }

    /** An entry, without its terms. */
    private record Place(
            long id, String sessionId, long seq, int chunks, int tokens, long createdMicros) {}

    private static List<Place> places(
            Handle handle, CandidateQuery query, @Nullable String match, boolean current) {
        boolean byConditions = query.scope().sessions() == null && !query.scope().isWide();
        String sql =
                "select e.entry_id, e.session_id, e.seq, e.chunks, e.tokens, e.created_micros from "
                        + (match == null
                                ? "search_entries e"
                                : "search_terms t cross join search_entries e on e.entry_id ="
                                        + " t.rowid")
                        + (current
                                ? " cross join session_heads h on h.session_id = e.session_id and"
                                        + " h.deleted = 0 and e.seq > h.base_seq"
                                : "")
                        + " where "
                        + (match == null
                                ? "e.entry_id >= :from and e.entry_id < :below"
                                : "t.search_terms match :match and t.rowid >= :from and t.rowid <"
                                        + " :below")
                        + (query.expression() == null ? " and e.chunk = 0" : "")
                        + (byConditions ? " and " + inScope(query.scope()) : "")
                        + " order by "
                        + (match == null ? "e.entry_id" : "t.rowid")
                        + " desc limit :limit";
        try (Query statement = handle.createQuery(sql)) {
            if (byConditions) {
                statement.bindMap(query.scope().bindings());
            }
            if (match != null) {
                statement.bind("match", match);
            }
            return statement
                    .bind("from", query.from())
                    .bind("below", query.below())
                    .bind("limit", query.limit())
                    .map((row, context) -> place(row))
                    .list();
        }
    }

    /** SQLite makes the list once, and looks each entry's session up in it. */
    private static String inScope(ScopeConditions scope) {
        return "e.session_id in (select s.session_id from sessions s"
                + " join session_heads h on h.session_id = s.session_id where "
                + scope.where()
                + ")";
    }

    private static Place place(ResultSet row) throws SQLException {
        return new Place(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getInt(4),
                row.getInt(5),
                row.getLong(6));
    }

    private static void tell(
            PreparedStatement found,
            CandidateQuery query,
            String match,
            int leaf,
            boolean anyLong,
            Map<Long, int[]> classes)
            throws SQLException {
        Leaf asked = query.leaves().get(leaf);
        if (!anyLong && isDemanded(query.expression(), asked)) {
            classes.values().forEach(own -> own[leaf] = 1);
        } else {
            note(found, match, SqliteMatch.of(asked), leaf, 1, classes);
        }
        if (asked instanceof Word word) {
            for (int frequency = 2; frequency <= 8; frequency *= 2) {
                String mark = SqliteMatch.term(SqliteMatch.mark(word.term(), frequency));
                note(found, match, mark, leaf, frequency, classes);
            }
        }
    }

    private static boolean isDemanded(@Nullable Expression expression, Leaf leaf) {
        return leaf.equals(expression)
                || (expression instanceof And and && and.parts().contains(leaf));
    }

    private static void note(
            PreparedStatement found,
            String match,
            String with,
            int leaf,
            int frequency,
            Map<Long, int[]> classes)
            throws SQLException {
        found.setString(1, with + " AND " + match);
        try (ResultSet rows = found.executeQuery()) {
            while (rows.next()) {
                int[] own = classes.get(rows.getLong(1));
                if (own != null) {
                    own[leaf] = frequency;
                }
            }
        }
    }
}
