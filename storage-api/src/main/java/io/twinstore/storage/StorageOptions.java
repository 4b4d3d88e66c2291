package io.twinstore.storage;

import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * Which database to open, and how. Immutable and free of secrets in {@link #toString()}.
 *
 * <p>The parts of a database that is not chosen are kept and ignored, so that {@link
 * Builder#databaseType} alone flips from one to the other.
 */
public final class StorageOptions {

    /** The {@link #databaseType()} of the embedded database. */
    public static final String SQLITE = "sqlite";

    /** The {@link #databaseType()} of the PostgreSQL adapter. */
    public static final String POSTGRESQL = "postgresql";

    private static final Duration TAIL_HEARTBEAT = Duration.ofSeconds(1);
    private static final Duration SLOW_OPERATION = Duration.ofMillis(100);
    private static final Duration POOL_LOG_INTERVAL = Duration.ofSeconds(60);

    private final String databaseType;
    private final SqliteOptions sqlite;
    private final PostgresOptions postgres;
    private final PoolOptions pool;
    private final SchemaMode schemaMode;
    private final InstantSource clock;
    private final IdGenerator ids;
    private final Duration tailHeartbeat;
    private final @Nullable Duration maxSessionAge;
    private final StorageMetrics metrics;
    private final Duration slowOperation;
    private final Duration poolLogInterval;
    private final SearchOptions search;
    private final LegacyFiles legacyFiles;
    private final boolean startEmpty;
    private final boolean allowStale;
    private final Map<String, String> properties;

    private StorageOptions(Builder from) {
        databaseType = from.databaseType;
        sqlite = from.sqlite;
        postgres = from.postgres;
        pool = from.pool;
        schemaMode = from.schemaMode;
        clock = from.clock;
        ids = from.ids == null ? new UuidV7(from.clock) : from.ids;
        tailHeartbeat = from.tailHeartbeat;
        maxSessionAge = from.maxSessionAge;
        metrics = from.metrics;
        slowOperation = from.slowOperation;
        poolLogInterval = from.poolLogInterval;
        search = from.search;
        legacyFiles = from.legacyFiles;
        startEmpty = from.startEmpty;
        allowStale = from.allowStale;
        properties = Collections.unmodifiableMap(new TreeMap<>(from.properties));
    }

    /**
     * Returns options for the SQLite file at this path; a relative one is resolved when the storage
     * is opened.
     */
    public static StorageOptions sqlite(Path path) {
        return builder().sqlite(new SqliteOptions(path)).build();
    }

    /**
     * Returns options for a PostgreSQL server.
     *
     * @param url {@code postgresql://user:password@host:port/database?sslmode=require}, also with
     *     {@code postgres:}, {@code jdbc:postgresql:} or {@code postgresql+driver:}; host and port
     *     may be left out; user, password and database are percent-encoded
     * @throws InvalidOptionsException naming all that is wrong with the URL; it never shows the URL
     *     itself
     */
    public static StorageOptions postgres(String url) {
        return PostgresUrl.options(url);
    }

    /** Returns options for the PostgreSQL database that the host's own pool connects to. */
    public static StorageOptions postgres(DataSource dataSource) {
        return builder().postgres(PostgresOptions.builder().dataSource(dataSource).build()).build();
    }

    /**
     * Returns what the environment of this process says, without looking at any file.
     *
     * @throws InvalidOptionsException naming all problems at once
     */
    public static StorageOptions fromEnvironment() {
        return fromEnvironment(System.getenv());
    }

    /**
     * Returns what these variables say: {@code DB_TYPE}, {@code SQLITE_DB_PATH}, {@code
     * POSTGRES_*}, {@code DATABASE_URL}, {@code DATABASE_*} and {@code MAX_SESSION_AGE_DAYS}, each
     * of them also with the prefix {@code TWINSTORE_}, which wins.
     *
     * <p>An empty variable is as good as none, and white space around a value is dropped, except in
     * a password. Settings of the database that was not chosen are ignored, two of the chosen one
     * that contradict each other are refused. Without {@code DB_TYPE} a {@code DATABASE_URL}
     * chooses; without both it is SQLite, unless a variable says that PostgreSQL was meant.
     *
     * @throws InvalidOptionsException naming all problems at once, by variable, and never showing a
     *     secret
     */
    public static StorageOptions fromEnvironment(Map<String, String> environment) {
        return new EnvironmentReader(environment).read();
    }

    /** Returns a builder for SQLite in {@code db/database.db}. */
    public static Builder builder() {
        return new Builder();
    }

    /** Returns a builder that starts from these options. */
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code sqlite}, {@code postgresql} or the id of another adapter, in lower case. */
    public String databaseType() {
        return databaseType;
    }

    /** Returns where the embedded database is; of no account unless {@code sqlite} is chosen. */
    public SqliteOptions sqlite() {
        return sqlite;
    }

    /**
     * Returns where the PostgreSQL database is; of no account unless {@code postgresql} is chosen.
     */
    public PostgresOptions postgres() {
        return postgres;
    }

    /** Returns sizes and timeouts of the connection pool. */
    public PoolOptions pool() {
        return pool;
    }

    /** Returns what opening does about the schema; {@link SchemaMode#MIGRATE} by default. */
    public SchemaMode schemaMode() {
        return schemaMode;
    }

    /** Returns the only source of time; the system's clock by default. */
    public InstantSource clock() {
        return clock;
    }

    /**
     * Returns the source of ids; by default UUIDs of version 7 that follow {@link #clock()} and
     * ascend.
     */
    public IdGenerator ids() {
        return ids;
    }

    /**
     * Returns how often tails look for what no notice told them of, and so how long a lost notice
     * delays an event; 1 s by default.
     */
    public Duration tailHeartbeat() {
        return tailHeartbeat;
    }

    /**
     * Returns how long a session may be inactive before {@link SessionStore#cleanup()} deletes it;
     * nothing by default, and nothing runs by itself.
     */
    public Optional<Duration> maxSessionAge() {
        return Optional.ofNullable(maxSessionAge);
    }

    /** Returns who is told of every operation; nobody by default. */
    public StorageMetrics metrics() {
        return metrics;
    }

    /**
     * Returns how long an operation may take before the logger {@code io.twinstore.storage.slow}
     * tells of it; 100 ms by default, zero for never.
     */
    public Duration slowOperation() {
        return slowOperation;
    }

    /**
     * Returns how often the logger {@code io.twinstore.storage.pool} tells how the connections
     * stand, as long as there are calls; 60 s by default, zero for never.
     */
    public Duration poolLogInterval() {
        return poolLogInterval;
    }

    /** Returns whether this process searches and indexes, and how. */
    public SearchOptions search() {
        return search;
    }

    /**
     * Returns what opening does about a SQLite file of the earlier session programs; {@link
     * LegacyFiles#EXPLAIN} by default.
     */
    public LegacyFiles legacyFiles() {
        return legacyFiles;
    }

    /**
     * Returns whether an empty PostgreSQL database is opened although the SQLite file that {@link
     * #sqlite()} names holds sessions. True unless the options are of the environment, which names
     * the file of before when {@code DB_TYPE} alone was changed.
     */
    public boolean startEmpty() {
        return startEmpty;
    }

    /** Returns whether a SQLite file is opened that was moved elsewhere; false by default. */
    public boolean allowStale() {
        return allowStale;
    }

    /** Returns what an adapter of another database asks for; unmodifiable, by name. */
    public Map<String, String> properties() {
        return properties;
    }

    /** Shows the chosen database without secrets, and of {@link #properties()} only the names. */
    @Override
    public String toString() {
        String database =
                switch (databaseType) {
                    case SQLITE -> sqlite.toString();
                    case POSTGRESQL -> postgres + ", " + pool;
                    default -> "properties=" + properties.keySet();
                };
        return "StorageOptions["
                + databaseType
                + ", "
                + database
                + ", schemaMode="
                + schemaMode
                + "]";
    }

    /**
     * Collects what differs from the defaults. For one thread; what belongs together is checked by
     * {@link #build()}.
     */
    public static final class Builder {

        private final Map<String, String> properties;
        private String databaseType = SQLITE;
        private SqliteOptions sqlite = SqliteOptions.defaults();
        private PostgresOptions postgres = PostgresOptions.defaults();
        private PoolOptions pool = PoolOptions.defaults();
        private SchemaMode schemaMode = SchemaMode.MIGRATE;
        private InstantSource clock = InstantSource.system();
        private @Nullable IdGenerator ids;
        private Duration tailHeartbeat = TAIL_HEARTBEAT;
        private @Nullable Duration maxSessionAge;
        private StorageMetrics metrics = StorageMetrics.NONE;
        private Duration slowOperation = SLOW_OPERATION;
        private Duration poolLogInterval = POOL_LOG_INTERVAL;
        private SearchOptions search = SearchOptions.standard();
        private LegacyFiles legacyFiles = LegacyFiles.EXPLAIN;
        private boolean startEmpty = true;
        private boolean allowStale;

        private Builder() {
            properties = new TreeMap<>();
        }

        private Builder(StorageOptions from) {
            properties = new TreeMap<>(from.properties);
            databaseType = from.databaseType;
            sqlite = from.sqlite;
            postgres = from.postgres;
            pool = from.pool;
            schemaMode = from.schemaMode;
            clock = from.clock;
            ids = from.ids;
            tailHeartbeat = from.tailHeartbeat;
            maxSessionAge = from.maxSessionAge;
            metrics = from.metrics;
            slowOperation = from.slowOperation;
            poolLogInterval = from.poolLogInterval;
            search = from.search;
            legacyFiles = from.legacyFiles;
            startEmpty = from.startEmpty;
            allowStale = from.allowStale;
        }

        /**
         * Chooses the database by name: {@code sqlite}, {@code postgresql} or the id of another
         * adapter, in any case.
         */
        public Builder databaseType(String databaseType) {
            String id = DatabaseTypes.canonical(databaseType);
            OptionBounds.require("databaseType", OptionBounds.databaseType(id), null);
            this.databaseType = id;
            return this;
        }

        /** Chooses SQLite. */
        public Builder sqlite(SqliteOptions sqlite) {
            this.sqlite = sqlite;
            this.databaseType = SQLITE;
            return this;
        }

        /** Chooses PostgreSQL. */
        public Builder postgres(PostgresOptions postgres) {
            this.postgres = postgres;
            this.databaseType = POSTGRESQL;
            return this;
        }

        /** Sets sizes and timeouts of the connection pool. */
        public Builder pool(PoolOptions pool) {
            this.pool = pool;
            return this;
        }

        /** Sets what opening does about the schema. */
        public Builder schemaMode(SchemaMode schemaMode) {
            this.schemaMode = schemaMode;
            return this;
        }

        /**
         * Sets the source of time. Ids made by default follow it; a generator set with {@link #ids}
         * stays.
         */
        public Builder clock(InstantSource clock) {
            this.clock = clock;
            this.ids = ids instanceof UuidV7 ? null : ids;
            return this;
        }

        /** Sets the source of ids. */
        public Builder ids(IdGenerator ids) {
            this.ids = ids;
            return this;
        }

        /**
         * Sets how often tails look for what no notice told them of, 10 ms to one day.
         *
         * @throws InvalidValueException when it is outside that range
         */
        public Builder tailHeartbeat(Duration heartbeat) {
            OptionBounds.require(
                    "tailHeartbeat",
                    OptionBounds.between(heartbeat, Duration.ofMillis(10), OptionBounds.MAX_WAIT),
                    heartbeat);
            this.tailHeartbeat = heartbeat;
            return this;
        }

        /**
         * Sets how long a session may be inactive before {@link SessionStore#cleanup()} deletes it,
         * 1 to 36,500 days.
         *
         * @throws InvalidValueException when it is outside that range
         */
        public Builder maxSessionAge(Duration age) {
            OptionBounds.require(
                    "maxSessionAge",
                    OptionBounds.between(age, Duration.ofDays(1), OptionBounds.MAX_AGE),
                    age);
            this.maxSessionAge = age;
            return this;
        }

        /** Sets who is told of every operation. */
        public Builder metrics(StorageMetrics metrics) {
            this.metrics = metrics;
            return this;
        }

        /**
         * Sets how long an operation may take before it is logged, 1 ms to one day, or zero to log
         * none.
         *
         * @throws InvalidValueException when it is outside that range
         */
        public Builder slowOperation(Duration limit) {
            this.slowOperation = OptionBounds.orNever("slowOperation", limit, Duration.ofMillis(1));
            return this;
        }

        /**
         * Sets how often the state of the pool is logged, 1 s to one day, or zero to log it never.
         *
         * @throws InvalidValueException when it is outside that range
         */
        public Builder poolLogInterval(Duration interval) {
            this.poolLogInterval =
                    OptionBounds.orNever("poolLogInterval", interval, Duration.ofSeconds(1));
            return this;
        }

        /** Sets whether this process searches and indexes, and in which language. */
        public Builder search(SearchOptions search) {
            this.search = search;
            return this;
        }

        /** Sets what opening does about a SQLite file of the earlier session programs. */
        public Builder legacyFiles(LegacyFiles legacyFiles) {
            this.legacyFiles = legacyFiles;
            return this;
        }

        /** Sets whether an empty PostgreSQL is opened while {@link #sqlite} holds sessions. */
        public Builder startEmpty(boolean startEmpty) {
            this.startEmpty = startEmpty;
            return this;
        }

        /** Sets whether a SQLite file is opened that was moved elsewhere. */
        public Builder allowStale(boolean allowStale) {
            this.allowStale = allowStale;
            return this;
        }

        /** Sets one property for the adapter of another database. */
        public Builder property(String name, String value) {
            properties.put(name, value);
            return this;
        }

        /**
         * Makes the options.
         *
         * @throws InvalidOptionsException when PostgreSQL is chosen without a database, a user or a
         *     data source
         */
        public StorageOptions build() {
            List<String> missing = databaseType.equals(POSTGRESQL) ? postgres.missing() : List.of();
            if (!missing.isEmpty()) {
                throw new InvalidOptionsException(missing);
            }
            return new StorageOptions(this);
        }
    }
}
