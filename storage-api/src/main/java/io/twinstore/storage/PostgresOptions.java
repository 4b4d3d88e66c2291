package io.twinstore.storage;

import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which PostgreSQL server, database and schema, and as whom. Made with {@link #builder()}.
 *
 * @param host one host name or address, an IPv6 address without brackets; {@code localhost} by
 *     default
 * @param port 1 to 65535; 5432 by default
 * @param database its name, up to 63 bytes; empty until set, and needed unless there is a {@code
 *     dataSource}
 * @param user the role to connect as, up to 63 bytes; empty until set, and needed unless there is a
 *     {@code dataSource}
 * @param password the role's password, {@link Secret#none()} by default
 * @param sslMode {@link SslMode#PREFER} by default
 * @param schema where the tables live, 1 to 63 bytes; {@code twinstore} by default
 * @param applicationName what {@code pg_stat_activity} shows, 1 to 63 bytes; {@code twinstore} by
 *     default
 * @param dataSource the host's own pool, or null; when there is one, it alone says where and as
 *     whom to connect, and the storage never closes it
 */
public record PostgresOptions(
        String host,
        int port,
        String database,
        String user,
        Secret password,
        SslMode sslMode,
        String schema,
        String applicationName,
        @Nullable DataSource dataSource) {

    static final int DEFAULT_PORT = 5432;

    private static final PostgresOptions DEFAULTS =
            new PostgresOptions(
                    "localhost",
                    DEFAULT_PORT,
                    "",
                    "",
                    Secret.none(),
                    SslMode.PREFER,
                    "twinstore",
                    "twinstore",
                    null);

    /**
     * @throws InvalidValueException when a value is outside what its parameter allows
     */
    public PostgresOptions {
        OptionBounds.require(
                "postgres.host", OptionBounds.host(host), host.indexOf('@') < 0 ? host : null);
        OptionBounds.require("postgres.port", OptionBounds.port(port), port);
        if (!database.isEmpty()) {
            OptionBounds.require("postgres.database", OptionBounds.name(database), database);
        }
        if (!user.isEmpty()) {
            OptionBounds.require("postgres.user", OptionBounds.name(user), user);
        }
        OptionBounds.require("postgres.password", OptionBounds.password(password.reveal()), null);
        OptionBounds.require("postgres.schema", OptionBounds.schema(schema), schema);
        OptionBounds.require(
                "postgres.applicationName", OptionBounds.name(applicationName), applicationName);
    }

    /** Returns the defaults, which name neither a database nor a user. */
    public static PostgresOptions defaults() {
        return DEFAULTS;
    }

    /** Returns what is still to be set before anything can be connected to, one sentence each. */
    List<String> missing() {
        List<String> missing = new ArrayList<>();
        if (dataSource == null && database.isEmpty()) {
            missing.add("PostgreSQL needs a database: set postgres.database.");
        }
        if (dataSource == null && user.isEmpty()) {
            missing.add("PostgreSQL needs a user: set postgres.user.");
        }
        return missing;
    }

    /** Returns a builder that starts from the defaults. */
    public static Builder builder() {
        return DEFAULTS.toBuilder();
    }

    /** Returns a builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns host and port as a URL has them, an IPv6 address in brackets: {@code [::1]:5432}. */
    public String address() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }

    /**
     * Shows all but the password; of the data source only its class, whose own text may hold one.
     */
    @Override
    public String toString() {
        return "PostgresOptions["
                + (dataSource == null ? target() : "dataSource=" + dataSource.getClass().getName())
                + ", schema="
                + schema
                + "]";
    }

    private String target() {
        return "address="
                + address()
                + ", database="
                + database
                + ", user="
                + user
                + ", password="
                + password
                + ", sslMode="
                + sslMode
                + ", applicationName="
                + applicationName;
    }

    /**
     * Collects what differs from the defaults. For one thread; values are checked by {@link
     * #build()}.
     */
    public static final class Builder {

        private String host;
        private int port;
        private String database;
        private String user;
        private Secret password;
        private SslMode sslMode;
        private String schema;
        private String applicationName;
        private @Nullable DataSource dataSource;

        private Builder(PostgresOptions from) {
            host = from.host;
            port = from.port;
            database = from.database;
            user = from.user;
            password = from.password;
            sslMode = from.sslMode;
            schema = from.schema;
            applicationName = from.applicationName;
            dataSource = from.dataSource;
        }

        /** Sets the host name or address; brackets around an IPv6 address are taken off. */
        public Builder host(String host) {
            boolean bracketed = host.startsWith("[") && host.endsWith("]");
            this.host = bracketed ? host.substring(1, host.length() - 1) : host;
            return this;
        }

        /** Sets the port, 1 to 65535. */
        public Builder port(int port) {
            this.port = port;
            return this;
        }

        /** Sets the name of the database. */
        public Builder database(String database) {
            this.database = database;
            return this;
        }

        /** Sets the role to connect as. */
        public Builder user(String user) {
            this.user = user;
            return this;
        }

        /** Sets the role's password. */
        public Builder password(Secret password) {
            this.password = password;
            return this;
        }

        /** Sets how the connection is encrypted. */
        public Builder sslMode(SslMode sslMode) {
            this.sslMode = sslMode;
            return this;
        }

        /** Sets the schema that holds the tables. */
        public Builder schema(String schema) {
            this.schema = schema;
            return this;
        }

        /** Sets the name that the server's views show for the connections. */
        public Builder applicationName(String applicationName) {
            this.applicationName = applicationName;
            return this;
        }

        /** Sets the host's own pool, or null for a pool of the storage's own. */
        public Builder dataSource(@Nullable DataSource dataSource) {
            this.dataSource = dataSource;
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws InvalidValueException when a value is outside what it allows
         */
        public PostgresOptions build() {
            return new PostgresOptions(
                    host,
                    port,
                    database,
                    user,
                    password,
                    sslMode,
                    schema,
                    applicationName,
                    dataSource);
        }
    }
}
