package io.twinstore.storage.migrate;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.PostgresOptions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.ds.PGSimpleDataSource;

/**
 * A connection to the target, with no limit to how long a statement takes: a copy may take hours.
 */
final class Target implements AutoCloseable {

    private static final int CONNECT_SECONDS = 10;

    private final Connection connection;

    private Target(Connection connection) {
        this.connection = connection;
    }

    static Target connect(PostgresOptions postgres) throws SQLException {
        PGSimpleDataSource driver = new PGSimpleDataSource();
        driver.setServerNames(new String[] {postgres.host()});
        driver.setPortNumbers(new int[] {postgres.port()});
        driver.setDatabaseName(postgres.database());
        driver.setUser(postgres.user());
        if (postgres.password().isPresent()) {
            driver.setPassword(postgres.password().reveal());
        }
        driver.setSslmode(postgres.sslMode().libpqName());
        driver.setApplicationName("twinstore-migrate");
        driver.setOptions("-c statement_timeout=0 -c client_min_messages=warning");
        // The detail of an error quotes the row.
        driver.setLogServerErrorDetail(false);
        driver.setTcpKeepAlive(true);
        driver.setConnectTimeout(CONNECT_SECONDS);
        Target target = new Target(driver.getConnection());
        target.requireUtf8();
        return target;
    }

    private void requireUtf8() throws SQLException {
        String encoding = first("select current_setting('server_encoding')");
        if (!"UTF8".equals(encoding)) {
            close();
            throw new MigrationException(
                    ErrorCode.SCHEMA,
                    "The database's encoding is "
                            + encoding
                            + "; it must be UTF8, or text would be lost.");
        }
    }

    Connection connection() {
        return connection;
    }

    CopyManager copies() throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }

    void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    int update(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters)) {
            return statement.executeUpdate();
        }
    }

    /** Returns the first column of the first row, or null. */
    @Nullable String first(String sql, Object... parameters) throws SQLException {
        try (PreparedStatement statement = prepared(sql, parameters);
                ResultSet rows = statement.executeQuery()) {
            return rows.next() ? rows.getString(1) : null;
        }
    }

    boolean exists(String sql, Object... parameters) throws SQLException {
        return first(sql, parameters) != null;
    }

    long count(String sql, Object... parameters) throws SQLException {
        return Long.parseLong(String.valueOf(first(sql, parameters)));
    }

    private PreparedStatement prepared(String sql, Object... parameters) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /**
     * Lets commits of this connection return before they are on disk. What a crash of the server
     * takes away goes with its ledger, so that it is copied again.
     */
    void hasten() throws SQLException {
        execute("set synchronous_commit = off");
    }

    /** Waits from now on until a commit is on disk, and with it all that were before. */
    void settle() throws SQLException {
        execute("reset synchronous_commit");
    }

    /** Work that is committed as a whole. */
    interface Work {
        void run() throws SQLException, java.io.IOException;
    }

    void transaction(Work work) throws SQLException, java.io.IOException {
        connection.setAutoCommit(false);
        try {
            work.run();
            connection.commit();
        } catch (SQLException | java.io.IOException | RuntimeException e) {
            rollback(e);
            throw e;
        } finally {
            if (!connection.isClosed()) {
                connection.setAutoCommit(true);
            }
        }
    }

    private void rollback(Exception reason) {
        try {
            connection.rollback();
        } catch (SQLException e) {
            reason.addSuppressed(e);
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
