package io.twinstore.storage.postgres;

import io.twinstore.storage.jdbi.CandidateQuery;
import io.twinstore.storage.jdbi.EntryIds;
import io.twinstore.storage.jdbi.ScopeConditions;
import io.twinstore.storage.jdbi.ScopeConditions.SessionInScope;
import io.twinstore.storage.jdbi.SearchCandidate;
import io.twinstore.storage.jdbi.SearchEntry;
import io.twinstore.storage.jdbi.SearchTables;
import io.twinstore.storage.search.Expression;
import io.twinstore.storage.search.Expression.Leaf;
import io.twinstore.storage.search.Expression.Word;
import io.twinstore.storage.search.IndexedChunk;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.argument.Argument;
import org.jdbi.v3.core.statement.Query;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.StatementCustomizer;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGStatement;

/**
 * Entries with their terms as a {@code tsvector} under a GIN index.
 *
 * <p>A {@code tsvector} is made of positions rather than parsed from text, so that it holds what
 * FTS5 holds. Statements are planned anew each time: whether the index of terms or the newest ids
 * lead faster to what is sought depends on how frequent the words are.
 */
final class PostgresSearchTables implements SearchTables {

    /** Compiling a statement, or starting workers for it, takes longer than it does. */
    private static final String SNAPSHOT =
            """
            set transaction isolation level repeatable read, read only;
            set local jit = off;
            set local max_parallel_workers_per_gather = 0
            """;

    private static final String ADD =
            """
            insert into search_entries (entry_id, session_id, seq, chunk, chunks, tokens, created_micros, terms)
            select entry_id, session_id, seq, chunk, chunks, tokens, created_micros, terms::tsvector
              from unnest(?::bigint[], ?::text[], ?::bigint[], ?::int[], ?::int[], ?::int[], ?::bigint[], ?::text[])
                   as e (entry_id, session_id, seq, chunk, chunks, tokens, created_micros, terms)
            on conflict (entry_id) do nothing
            returning entry_id
            """;

    /** How many leaves' classes one number holds, at three bits each. */
    private static final int PACKED = 20;

    /** Never with a plan that was made for other words. */
    private static final StatementCustomizer PLANNED_ANEW =
            new StatementCustomizer() {
                @Override
                public void beforeExecution(PreparedStatement prepared, StatementContext context)
                        throws SQLException {
                    prepared.unwrap(PGStatement.class).setPrepareThreshold(0);
                }
            };

    @Override
    public void snapshot(Handle handle) {
        handle.execute(SNAPSHOT);
    }

    @Override
    public void add(Handle handle, List<SearchEntry> entries) throws SQLException {
        List<SearchEntry> rest = distinct(entries);
        while (!rest.isEmpty()) {
            Set<Long> added = addOnce(handle.getConnection(), rest);
            List<SearchEntry> refused = new ArrayList<>();
            for (SearchEntry entry : rest) {
                if (!added.contains(entry.id())) {
                    refused.add(entry.at(EntryIds.next(entry.id())));
                }
            }
            rest = distinct(refused);
        }
    }

    /** Moves those that suggest a place which another of them suggests, too. */
    private static List<SearchEntry> distinct(List<SearchEntry> entries) {
        Set<Long> taken = new HashSet<>();
        List<SearchEntry> distinct = new ArrayList<>(entries.size());
        for (SearchEntry entry : entries) {
            SearchEntry at = entry;
            while (!taken.add(at.id())) {
                at = at.at(EntryIds.next(at.id()));
            }
            distinct.add(at);
        }
        return distinct;
    }

    private static Set<Long> addOnce(Connection connection, List<SearchEntry> entries)
            throws SQLException {
        Set<Long> added = new HashSet<>();
        try (PreparedStatement add = connection.prepareStatement(ADD)) {
            set(connection, add, 1, "bigint", entries, SearchEntry::id);
            set(connection, add, 2, "text", entries, SearchEntry::sessionId);
            set(connection, add, 3, "bigint", entries, SearchEntry::seq);
            set(connection, add, 4, "int", entries, SearchEntry::chunk);
            set(connection, add, 5, "int", entries, SearchEntry::chunks);
            set(connection, add, 6, "int", entries, SearchEntry::tokens);
            set(connection, add, 7, "bigint", entries, SearchEntry::createdMicros);
            set(connection, add, 8, "text", entries, PostgresSearchTables::vector);
            try (ResultSet rows = add.executeQuery()) {
                while (rows.next()) {
                    added.add(rows.getLong(1));
                }
            }
        }
        return added;
    }

    private static void set(
            Connection connection,
            PreparedStatement statement,
            int parameter,
            String type,
            List<SearchEntry> entries,
            Function<SearchEntry, Object> column)
            throws SQLException {
        statement.setArray(
                parameter, connection.createArrayOf(type, entries.stream().map(column).toArray()));
    }

    private static String vector(SearchEntry entry) {
        Map<String, StringBuilder> positions = new LinkedHashMap<>();
        int position = 0;
        IndexedChunk content = entry.content();
        for (String term : content.terms()) {
            position++;
            if (!term.equals(IndexedChunk.BOUNDARY)) {
                StringBuilder own = positions.get(term);
                if (own == null) {
                    own = new StringBuilder(term).append(':');
                    positions.put(term, own);
                } else {
                    own.append(',');
                }
                own.append(position).append(weight(content.frequencies().get(term)));
            }
        }
        StringBuilder vector = new StringBuilder(1024);
        positions.values().forEach(own -> vector.append(own).append(' '));
        vector.append(entry.session());
        content.marks().forEach(mark -> vector.append(' ').append(mark));
        return entry.chunks() > 1
                ? vector.append(' ').append(SearchEntry.LONG).toString()
                : vector.toString();
    }

    /**
     * How often a message has a term is kept as the weight of the term's positions, which costs
     * neither room nor a term. What has none counts once.
     */
    private static String weight(@Nullable Integer frequency) {
        return frequency == null ? "" : PostgresMatch.weight(frequency);
    }

    @Override
    public List<SearchCandidate> find(Handle handle, CandidateQuery query) {
        return PostgresNewest.isWanted(query)
                ? PostgresNewest.find(handle, query, part -> ask(handle, part))
                : ask(handle, query);
    }

    private static List<SearchCandidate> ask(Handle handle, CandidateQuery query) {
        List<Leaf> leaves = query.leaves();
        StringBuilder packed = new StringBuilder();
        for (int i = 0; i < leaves.size(); i += PACKED) {
            packed.append(", ").append(packed(leaves, i));
        }
        try (Query statement = handle.createQuery(sql(query, packed.toString()))) {
            bind(statement, query);
            statement.addCustomizer(PLANNED_ANEW);
            return statement.map((row, context) -> candidate(row, leaves.size())).list();
        }
    }

    private static String sql(CandidateQuery query, String packed) {
        boolean few = query.scope().sessions() != null;
        boolean byConditions = !few && !query.scope().isWide();
        return "select e.entry_id, e.session_id, e.seq, e.tokens, e.created_micros"
                + packed
                + " from search_entries e where "
                + entry(query)
                + " and e.entry_id >= :from and e.entry_id < :below"
                + (few ? " and e.session_id = any (:sessions)" : "")
                + (byConditions ? " and " + inScope(query.scope()) : "")
                + " order by e.entry_id desc limit :limit";
    }

    private static String inScope(ScopeConditions scope) {
        return "exists (select 1 from sessions s join session_heads h on h.session_id ="
                + " s.session_id where s.session_id = e.session_id and "
                + scope.where()
                + ")";
    }

    private static String entry(CandidateQuery query) {
        return query.expression() == null ? "e.chunk = 0" : "e.terms @@ cast(:match as tsquery)";
    }

    /**
     * The latest by sequence: for the highest id the planner would walk all ids, in the hope to
     * meet the session soon.
     */
    @Override
    public List<SearchCandidate> findOneInEach(Handle handle, CandidateQuery query) {
        String sql =
                "select e.entry_id, e.session_id, e.seq, e.tokens, e.created_micros"
                        + " from session_heads h cross join lateral (select * from search_entries e"
                        + " where e.session_id = h.session_id and e.seq > h.base_seq and "
                        + entry(query)
                        + " and e.entry_id >= :from and e.entry_id < :below"
                        + " order by e.seq desc limit 1) e"
                        + " where h.session_id = any (:sessions) and h.deleted = false";
        try (Query statement = handle.createQuery(sql)) {
            bindEntry(statement, query);
            statement.addCustomizer(PLANNED_ANEW);
            return statement.map((row, context) -> candidate(row, 0)).list();
        }
    }

    private static void bindEntry(Query statement, CandidateQuery query) {
        List<SessionInScope> few = query.scope().sessions();
        Expression expression = query.expression();
        if (expression != null) {
            statement.bind("match", PostgresMatch.of(query, expression));
        }
        statement.bind("from", query.from()).bind("below", query.below());
        if (few != null) {
            String[] ids = few.stream().map(s -> s.sessionId().value()).toArray(String[]::new);
            Argument array =
                    (position, prepared, context) ->
                            prepared.setArray(
                                    position, prepared.getConnection().createArrayOf("text", ids));
            statement.bind("sessions", array);
        }
    }

    private static void bind(Query statement, CandidateQuery query) {
        statement.bindMap(query.scope().bindings());
        bindEntry(statement, query);
        statement.bind("limit", query.limit());
        for (int i = 0; i < query.leaves().size(); i++) {
            Leaf leaf = query.leaves().get(i);
            statement.bind("leaf" + i, PostgresMatch.of(leaf));
            if (leaf instanceof Word word) {
                for (int frequency = 1; frequency <= 4; frequency *= 2) {
                    statement.bind(
                            "leaf" + i + "x" + frequency, PostgresMatch.often(word, frequency));
                }
            }
        }
    }

    /** Returns the sum of the codes of some leaves, each three bits further up. */
    private static String packed(List<Leaf> leaves, int first) {
        StringBuilder sum = new StringBuilder("cast(0 as bigint)");
        for (int i = first; i < Math.min(leaves.size(), first + PACKED); i++) {
            String name = ":leaf" + i;
            sum.append(" + cast(case")
                    .append(leaves.get(i) instanceof Word ? often(name) : when(name, 1) + " else 0")
                    .append(" end as bigint) * ")
                    .append(1L << (3 * (i - first)));
        }
        return sum.toString();
    }

    /** What is met most often first. A word that is a mark has no weight, and counts once. */
    private static String often(String name) {
        return when(name + "x1", 1)
                + " when not e.terms @@ cast("
                + name
                + " as tsquery) then 0"
                + when(name + "x2", 2)
                + when(name + "x4", 3)
                + " else 4";
    }

    private static String when(String name, int code) {
        return " when e.terms @@ cast(" + name + " as tsquery) then " + code;
    }

    private static SearchCandidate candidate(ResultSet row, int leaves) throws SQLException {
        int[] classes = new int[leaves];
        long packed = 0;
        for (int i = 0; i < leaves; i++) {
            packed = i % PACKED == 0 ? row.getLong(6 + i / PACKED) : packed >>> 3;
            int code = (int) (packed & 7);
            classes[i] = code == 0 ? 0 : 1 << (code - 1);
        }
        return new SearchCandidate(
                row.getLong(1),
                row.getString(2),
                row.getLong(3),
                row.getInt(4),
                row.getLong(5),
                classes);
    }
}
