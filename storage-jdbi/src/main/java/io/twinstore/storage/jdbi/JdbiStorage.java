package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageHealth;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Stores;
import io.twinstore.storage.TransactionOptions;
import io.twinstore.storage.UserStore;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The storage of every SQL adapter; the adapter gives it its statements and connections. */
public final class JdbiStorage implements Storage {

    private final SqlAdapter adapter;
    private final StoreTools tools;
    private final TransactionRunner runner;
    private final TailHub hub;
    private final Meter meter;
    private final HealthCheck check;
    private final Search search;
    private final Stores pooled;
    private final HostJdbi hostJdbi;

    /** Takes over the adapter's connections, and closes them when it is closed. */
    public JdbiStorage(SqlAdapter adapter, StorageOptions options) {
        this.adapter = adapter;
        this.tools =
                new StoreTools(
                        adapter,
                        new MicroClock(options.clock()),
                        options.ids(),
                        options.maxSessionAge().orElse(null));
        this.runner = new TransactionRunner(adapter.transactions(), adapter.errors());
        this.hostJdbi = new HostJdbi(adapter.types());
        this.hub = new TailHub(runner, tools, options.tailHeartbeat());
        this.meter = new Meter(options, adapter.transactions()::pool, System::nanoTime);
        Handles handles = new PooledHandles(runner, hub);
        SearchLanguages languages = new SearchLanguages(handles, tools, options.search());
        this.search = new Search(languages, new SearchIndex(handles, tools, languages));
        this.check =
                new HealthCheck(
                        runner,
                        adapter.transactions()::pool,
                        search.index()::lag,
                        adapter.expectedSchema());
        this.pooled = stores(handles);
        openSearch(options);
    }

    /**
     * Who names a language indexes from now on; anybody else once it searches, so that a host which
     * never does pays for no index.
     */
    private void openSearch(StorageOptions options) {
        hub.onCommit(search.index()::committed);
        if (options.search().language().isEmpty()) {
            return;
        }
        try {
            // Without a schema of which it knows that it is there, the language is settled later.
            if (options.schemaMode() != SchemaMode.NONE) {
                search.languages().settle();
            }
            search.index().start();
        } catch (RuntimeException | Error e) {
            close();
            throw e;
        }
    }

    private Stores stores(Handles handles) {
        return new BoundStores(
                new MeteredConfigStore(new JdbiConfigStore(handles, tools), meter),
                new MeteredSessionStore(new JdbiSessionStore(handles, tools, search), meter),
                new MeteredApplicationStore(new JdbiApplicationStore(handles, tools), meter),
                new MeteredUserStore(new JdbiUserStore(handles, tools), meter),
                new MeteredSettingsStore(new JdbiSettingsStore(handles, tools), meter));
    }

    @Override
    public ConfigStore configs() {
        return pooled.configs();
    }

    @Override
    public SessionStore sessions() {
        return pooled.sessions();
    }

    @Override
    public ApplicationStore applications() {
        return pooled.applications();
    }

    @Override
    public UserStore users() {
        return pooled.users();
    }

    @Override
    public SettingsStore settings() {
        return pooled.settings();
    }

    @Override
    public <T extends @Nullable Object, X extends Exception> T transaction(
            TransactionOptions options, TransactionWork<T, X> work) throws X {
        return meter.time("storage.transaction", null, () -> told(options, work));
    }

    /** Runs the work in a transaction, and tells tails of what it wrote. */
    private <T extends @Nullable Object, X extends Exception> T told(
            TransactionOptions options, TransactionWork<T, X> work) throws X {
        List<Notice> written = new ArrayList<>();
        T result;
        try {
            result =
                    runner.transaction(
                            options,
                            handle ->
                                    runner.inside(
                                            bound -> runBound(bound, options, work, written),
                                            handle));
        } catch (OutcomeUnknownException e) {
            // It may have been committed; who looks in vain loses nothing.
            written.forEach(hub::committed);
            throw e;
        }
        written.forEach(hub::committed);
        return result;
    }

    private <T extends @Nullable Object, X extends Exception> T runBound(
            Handle handle,
            TransactionOptions options,
            TransactionWork<T, X> work,
            List<Notice> written)
            throws X {
        // An earlier attempt that was rolled back wrote nothing.
        written.clear();
        BoundHandles handles =
                BoundHandles.ofTransaction(handle, runner, options.isolation(), written::add);
        try {
            return work.run(stores(handles));
        } finally {
            handles.end();
        }
    }

    @Override
    public Stores on(Connection connection) {
        runner.refuseClosed();
        runner.refuseInsideTransaction();
        runner.translated(
                () -> {
                    if (connection.isClosed()) {
                        throw new InvalidValueException("connection", "open", "a closed one");
                    }
                    if (connection.getAutoCommit()) {
                        throw new InvalidValueException(
                                "connection.autoCommit", "off, so that the host commits", "true");
                    }
                    adapter.hostConnections().check(connection);
                });
        Handle handle = hostJdbi.open(connection);
        return stores(
                BoundHandles.ofHost(handle, runner, adapter.hostConnections(), adapter.notices()));
    }

    @Override
    @SuppressWarnings(
            "unchecked") // the work throws only X and SQLException, which this method declares
    public <T extends @Nullable Object, X extends Exception> T withConnection(
            ConnectionWork<T, X> work) throws X, SQLException {
        try {
            return meter.<T, Exception>time(
                    "storage.withConnection",
                    null,
                    () -> runner.lend(handle -> runner.lent(h -> runLent(h, work), handle)));
        } catch (SQLException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw (X) e;
        }
    }

    private <T extends @Nullable Object, X extends Exception> T runLent(
            Handle handle, ConnectionWork<T, X> work) throws X, SQLException {
        Connection connection = handle.getConnection();
        LentConnection lent = new LentConnection(connection);
        try {
            return work.run(lent.proxy());
        } finally {
            lent.end();
            runner.translated(() -> adapter.transactions().takeBack(handle));
        }
    }

    @Override
    public StorageInfo info() {
        return meter.time(
                "storage.info",
                null,
                () -> {
                    runner.refuseClosed();
                    runner.refuseInside();
                    return runner.translated(() -> adapter.info().get());
                });
    }

    @Override
    public StorageHealth health(Duration atMost) {
        return meter.time(
                "storage.health",
                null,
                () -> {
                    runner.refuseClosed();
                    runner.refuseInside();
                    return check.within(atMost);
                });
    }

    @Override
    public void reindex(SearchLanguage language) {
        requireNonNull(language, "language");
        search.index().reindex(language);
    }

    @Override
    public void close() {
        search.index().end();
        hub.end();
        runner.close(adapter.notices()::close);
    }

    @Override
    public String toString() {
        return "Storage[" + adapter.transactions() + "]";
    }

    /** The stores on one source of handles. */
    private record BoundStores(
            ConfigStore configs,
            SessionStore sessions,
            ApplicationStore applications,
            UserStore users,
            SettingsStore settings)
            implements Stores {}
}
