package io.twinstore.storage.schema;

import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.Map;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.RuntimeEnvironment;
import liquibase.Scope;
import liquibase.changelog.ChangeLogHistoryServiceFactory;
import liquibase.changelog.ChangeLogIterator;
import liquibase.changelog.ChangeLogParameters;
import liquibase.changelog.ChangeSet;
import liquibase.changelog.DatabaseChangeLog;
import liquibase.changelog.filter.ShouldRunChangeSetFilter;
import liquibase.changelog.visitor.AbstractChangeExecListener;
import liquibase.changelog.visitor.UpdateVisitor;
import liquibase.database.Database;
import liquibase.database.core.SQLiteDatabase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.executor.ExecutorService;
import liquibase.lockservice.LockService;
import liquibase.lockservice.LockServiceFactory;
import liquibase.parser.core.formattedsql.FormattedSqlChangeLogParser;
import liquibase.ui.ConsoleUIService;
import org.jspecify.annotations.Nullable;

/**
 * Where Liquibase runs. Loaded only when there is a change to apply: it costs some 400 ms in a new
 * process.
 *
 * <p>Uses the parts of Liquibase directly and not its commands, which take longer to start and
 * report to its maker.
 */
final class LiquibaseRun extends AbstractChangeExecListener {

    /** Liquibase keeps what belongs to a run in places that all threads share. */
    private static final Lock ONE_AT_A_TIME = new ReentrantLock();

    private final MigrationTarget target;
    private final @Nullable String found;
    private @Nullable String running;

    LiquibaseRun(MigrationTarget target, @Nullable String found) {
        this.target = target;
        this.found = found;
    }

    /**
     * Applies what is missing; only to be called under the database's lock, in a transaction that
     * the caller ends.
     */
    void update(Connection connection) throws SchemaFailure {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ONE_AT_A_TIME.lock();
        try {
            // Its services are found by the thread's loader, which in a host may know nothing of
            // us.
            thread.setContextClassLoader(LiquibaseRun.class.getClassLoader());
            Scope.child(surroundings(), () -> updateInScope(connection));
        } catch (Exception e) {
            throw SchemaFailure.failed(found, target.changelog().current(), running, e);
        } finally {
            thread.setContextClassLoader(before);
            ONE_AT_A_TIME.unlock();
        }
    }

    @Override
    public void willRun(
            ChangeSet change,
            DatabaseChangeLog log,
            Database database,
            ChangeSet.RunStatus status) {
        running = change.getId();
    }

    @Override
    public void ran(
            ChangeSet change, DatabaseChangeLog log, Database database, ChangeSet.ExecType type) {
        running = null;
    }

    private Map<String, Object> surroundings() {
        ConsoleUIService mute = new ConsoleUIService();
        PrintStream nowhere =
                new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
        mute.setOutputStream(nowhere);
        mute.setErrorStream(nowhere);
        return Map.of(
                Scope.Attr.logService.name(),
                new SilentLogs(),
                Scope.Attr.ui.name(),
                mute,
                Scope.Attr.resourceAccessor.name(),
                ChangelogResource.accessor(target.changelog()));
    }

    private void updateInScope(Connection connection) throws LiquibaseException {
        Database database =
                target instanceof PostgresTarget ? new SearchPathPostgres() : new SQLiteDatabase();
        database.setConnection(new JdbcConnection(connection));
        database.setDatabaseChangeLogTableName(ChangelogTables.CHANGELOG);
        database.setDatabaseChangeLogLockTableName(ChangelogTables.LOCK);
        LockService lock = LockServiceFactory.getInstance().getLockService(database);
        try {
            lock.waitForLock();
            applyMissing(database);
            lock.releaseLock();
        } finally {
            forget(database);
        }
    }

    private void applyMissing(Database database) throws LiquibaseException {
        histories().getChangeLogService(database).init();
        DatabaseChangeLog log =
                new FormattedSqlChangeLogParser()
                        .parse(
                                target.changelog().resource(),
                                new ChangeLogParameters(database),
                                Scope.getCurrentScope().getResourceAccessor());
        log.validate(database, new Contexts(), new LabelExpression());
        new ChangeLogIterator(log, new ShouldRunChangeSetFilter(database))
                .run(
                        new UpdateVisitor(database, this, null),
                        new RuntimeEnvironment(database, new Contexts(), new LabelExpression()));
    }

    /** Else these would keep the connection for as long as the process lives. */
    private static void forget(Database database) {
        LockServiceFactory.getInstance().resetAll();
        histories().resetAll();
        Scope.getCurrentScope().getSingleton(ExecutorService.class).clearExecutor("jdbc", database);
    }

    private static ChangeLogHistoryServiceFactory histories() {
        return Scope.getCurrentScope().getSingleton(ChangeLogHistoryServiceFactory.class);
    }
}
