package io.twinstore.storage;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Makes options from variables: the settings of the chosen database, and no others. Used once. */
final class EnvironmentReader {

    private static final List<Setting> OF_POSTGRES =
            List.of(
                    Setting.HOST,
                    Setting.PORT,
                    Setting.DATABASE,
                    Setting.USER,
                    Setting.PASSWORD,
                    Setting.SSL_MODE,
                    Setting.POOL_MIN,
                    Setting.POOL_MAX,
                    Setting.TIMEOUT,
                    Setting.SCHEMA);

    private static final Map<String, SearchOptions> SEARCH =
            Map.of(
                    "english", SearchOptions.in(SearchLanguage.ENGLISH),
                    "neutral", SearchOptions.in(SearchLanguage.NEUTRAL),
                    "off", SearchOptions.off());

    private static final Map<String, LegacyFiles> LEGACY =
            Map.of("explain", LegacyFiles.EXPLAIN, "upgrade", LegacyFiles.UPGRADE);

    private static final Map<String, Boolean> ANSWER = Map.of("true", true, "false", false);

    private final Environment environment;
    private final List<String> problems = new ArrayList<>();

    EnvironmentReader(Map<String, String> environment) {
        this.environment = new Environment(environment);
    }

    StorageOptions read() {
        StorageOptions.Builder builder = StorageOptions.builder();
        new DatabaseChoice(environment, problems).id().ifPresent(id -> read(id, builder));
        readRetention(builder);
        readLogging(builder);
        builder.search(search());
        builder.legacyFiles(legacyFiles());
        builder.startEmpty(answer(Setting.START_EMPTY));
        builder.allowStale(answer(Setting.ALLOW_STALE));
        if (!problems.isEmpty()) {
            throw new InvalidOptionsException(problems);
        }
        return builder.build();
    }

    /** Says the same of every database. */
    private void readRetention(StorageOptions.Builder builder) {
        Settings settings = new Settings(problems);
        settings.offer(Setting.MAX_SESSION_AGE, environment);
        int days = settings.number(Setting.MAX_SESSION_AGE, 0, OptionBounds::days);
        if (days > 0) {
            builder.maxSessionAge(Duration.ofDays(days));
        }
    }

    private void readLogging(StorageOptions.Builder builder) {
        Settings settings = new Settings(problems);
        settings.offer(Setting.SLOW_OPERATION, environment);
        settings.offer(Setting.POOL_LOG, environment);
        int slow = settings.number(Setting.SLOW_OPERATION, -1, OptionBounds::slowMillis);
        int pool = settings.number(Setting.POOL_LOG, -1, OptionBounds::poolLogSeconds);
        if (slow >= 0) {
            builder.slowOperation(Duration.ofMillis(slow));
        }
        if (pool >= 0) {
            builder.poolLogInterval(Duration.ofSeconds(pool));
        }
    }

    private void read(String id, StorageOptions.Builder builder) {
        switch (id) {
            case StorageOptions.SQLITE -> builder.sqlite(sqlite(problems));
            case StorageOptions.POSTGRESQL -> readPostgres(builder);
            default -> readOther(id, builder);
        }
    }

    /**
     * The file is kept, if it is named soundly: an adapter may look whether data was left behind in
     * it.
     */
    private void readPostgres(StorageOptions.Builder builder) {
        builder.sqlite(sqlite(new ArrayList<>()));
        Settings settings = new Settings(problems);
        OF_POSTGRES.forEach(setting -> settings.offer(setting, environment));
        boolean sound = offerPostgresUrl(settings);
        PostgresSettings reader = new PostgresSettings(settings);
        PostgresOptions postgres = reader.postgres();
        PoolOptions pool = reader.pool();
        List<Setting> missing = reader.missing(postgres);
        if (sound && !missing.isEmpty()) {
            problems.add(sentence(missing));
        }
        if (problems.isEmpty()) {
            builder.postgres(postgres).pool(pool);
        }
    }

    private static String sentence(List<Setting> missing) {
        return "PostgreSQL needs "
                + joined(missing, s -> "a " + s.noun())
                + ": set "
                + joined(missing, s -> s.variables().get(0))
                + " (or "
                + joined(missing, s -> s.variables().get(1))
                + ", or DATABASE_URL="
                + DatabaseUrl.POSTGRES_SHAPE
                + ").";
    }

    private static String joined(List<Setting> settings, Function<Setting, String> word) {
        return settings.stream().map(word).collect(Collectors.joining(" and "));
    }

    private boolean offerPostgresUrl(Settings settings) {
        Optional<Environment.Variable> variable = environment.find(DatabaseChoice.DATABASE_URL);
        if (variable.isEmpty()) {
            return true;
        }
        Environment.Variable given = variable.get();
        DatabaseUrl url = DatabaseUrl.of(given.value());
        if (url.kind().isEmpty()) {
            problems.add(DatabaseUrl.shapeless(given.name()));
            return false;
        }
        return !url.isPostgres()
                || PostgresUrl.offer(given.name(), given.prefixed(), url, settings);
    }

    private SqliteOptions sqlite(List<String> found) {
        Settings settings = new Settings(found);
        settings.offer(Setting.FILE, environment);
        environment
                .find(DatabaseChoice.DATABASE_URL)
                .ifPresent(v -> offerSqliteUrl(v, settings, found));
        String path =
                settings.text(
                        Setting.FILE,
                        SqliteOptions.defaults().path().toString(),
                        EnvironmentReader::file);
        return new SqliteOptions(Path.of(path));
    }

    private static void offerSqliteUrl(
            Environment.Variable variable, Settings settings, List<String> found) {
        DatabaseUrl url = DatabaseUrl.of(variable.value());
        if (url.kind().isEmpty()) {
            found.add(DatabaseUrl.shapeless(variable.name()));
        } else if (url.isSqlite()) {
            SqliteUrl.path(variable.name(), url, found)
                    .ifPresent(
                            path ->
                                    settings.offer(
                                            Setting.FILE,
                                            new Candidate(
                                                    variable.name(),
                                                    path,
                                                    true,
                                                    variable.prefixed(),
                                                    true)));
        }
    }

    private SearchOptions search() {
        return chosen(Setting.SEARCH, SEARCH, "english, neutral or off", SearchOptions.standard());
    }

    private LegacyFiles legacyFiles() {
        return chosen(Setting.LEGACY, LEGACY, "explain or upgrade", LegacyFiles.EXPLAIN);
    }

    private boolean answer(Setting setting) {
        return chosen(setting, ANSWER, "true or false", false);
    }

    private <T> T chosen(Setting setting, Map<String, T> choices, String bound, T otherwise) {
        Settings settings = new Settings(problems);
        settings.offer(setting, environment);
        String value =
                settings.text(setting, "", text -> choices.containsKey(lower(text)) ? null : bound);
        return choices.getOrDefault(lower(value), otherwise);
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static @Nullable String file(String path) {
        try {
            return OptionBounds.file(Path.of(path).toString());
        } catch (InvalidPathException e) {
            return "a path that this file system can hold";
        }
    }

    /**
     * An adapter of another database is given the variables of its own name, and those of any
     * database.
     */
    private void readOther(String id, StorageOptions.Builder builder) {
        String own = id.toUpperCase(Locale.ROOT).replace('-', '_') + "_";
        environment
                .names(name -> name.startsWith(own) || name.startsWith("DATABASE_"))
                .flatMap(
                        name ->
                                environment
                                        .findVerbatim(name)
                                        .map(v -> Map.entry(name, v.value()))
                                        .stream())
                .forEach(property -> builder.property(property.getKey(), property.getValue()));
        builder.databaseType(id);
    }
}
