package io.twinstore.storage.jdbi;

import io.twinstore.storage.SearchScope;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.StorageException;
import java.sql.SQLException;
import java.util.List;
import java.util.function.Function;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How everything reads that answers from the index: what is indexed by the index, what is not yet
 * by reading it, both in one snapshot.
 *
 * <p>Who finds much unread indexes it first, on the calling thread, and then begins again; what was
 * appended meanwhile is read. In somebody else's transaction everything is read, since nothing of
 * it may be indexed before it is committed.
 */
final class SearchReading {

    /** How many messages are read rather than indexed first. */
    private static final long FEW = 300;

    private static final Logger LOG = LoggerFactory.getLogger(SearchReading.class);

    private final Handles handles;
    private final StoreTools tools;
    private final SearchLanguages languages;
    private final SearchIndex index;
    private final Access access;

    SearchReading(Handles handles, StoreTools tools, Search search, Access access) {
        this.handles = handles;
        this.tools = tools;
        this.languages = search.languages();
        this.index = search.index();
        this.access = access;
    }

    /** What is asked of a snapshot; asked again of a later one where that cannot answer. */
    interface Look<T> {
        T at(SearchSnapshot now) throws SQLException;
    }

    /** What a snapshot gave: a result, or sessions to index first, or neither to begin again. */
    private record Outcome<T>(@Nullable T result, List<PendingRow> behind) {}

    /**
     * Refuses where search is switched off, and has the index kept otherwise. Called before
     * anything else.
     *
     * @throws io.twinstore.storage.InvalidOptionsException when it is
     */
    void begin() {
        languages.refuseOff();
        index.start();
    }

    /**
     * Answers from a snapshot.
     *
     * @param asked makes the question, given the index's language
     */
    <T> T read(SearchScope scope, Function<SearchLanguages.Known, Look<T>> asked) {
        ScopeConditions conditions = ScopeSql.of(scope, access);
        boolean mayIndex = handles.standAlone();
        while (true) {
            SearchLanguages.Known known = languages.known();
            Look<T> look = asked.apply(known);
            boolean first = mayIndex;
            Outcome<T> outcome =
                    handles.stream(handle -> attempt(handle, known, conditions, first, look));
            T result = outcome.result();
            if (result != null) {
                return result;
            }
            if (!outcome.behind().isEmpty()) {
                catchUp(outcome.behind());
                mayIndex = false;
            }
        }
    }

    private <T> Outcome<T> attempt(
            Handle handle,
            SearchLanguages.Known known,
            ScopeConditions scope,
            boolean mayIndex,
            Look<T> look)
            throws SQLException {
        SearchTables tables = tools.adapter().searchTables();
        if (handles.standAlone()) {
            tables.snapshot(handle);
        }
        SearchDao dao = tools.searches(handle);
        if (languages.note(dao.state()).epoch() != known.epoch()) {
            return new Outcome<>(null, List.of());
        }
        List<PendingRow> pending = dao.pendingInScope(scope.where(), scope.bindings());
        if (mayIndex && pending.stream().mapToLong(PendingRow::missing).sum() > FEW) {
            return new Outcome<>(null, pending);
        }
        return new Outcome<>(
                look.at(
                        new SearchSnapshot(
                                handle, dao, tools.tails(handle), tables, scope, pending)),
                List.of());
    }

    /**
     * What cannot be indexed now, since somebody holds the database's lock or the disk is full,
     * keeps nobody from reading instead.
     */
    private void catchUp(List<PendingRow> behind) {
        try {
            index.catchUp(behind);
        } catch (StorageClosedException e) {
            throw e;
        } catch (StorageException e) {
            LOG.debug("A search reads what it could not index.", e);
        }
    }
}
