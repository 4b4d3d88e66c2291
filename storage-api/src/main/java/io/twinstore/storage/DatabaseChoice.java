package io.twinstore.storage;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Decides which database the environment means: {@code DB_TYPE}, else {@code DATABASE_URL}, else
 * SQLite. Settings that only PostgreSQL has, with nothing that chooses it, are a mistake rather
 * than a wish for SQLite.
 */
final class DatabaseChoice {

    static final String DB_TYPE = "DB_TYPE";
    static final String DATABASE_URL = "DATABASE_URL";

    private static final List<Setting> CONNECTION =
            List.of(
                    Setting.HOST,
                    Setting.PORT,
                    Setting.DATABASE,
                    Setting.USER,
                    Setting.PASSWORD,
                    Setting.SSL_MODE);

    private final Environment environment;
    private final List<String> problems;

    DatabaseChoice(Environment environment, List<String> problems) {
        this.environment = environment;
        this.problems = problems;
    }

    /** Returns the id of the chosen database, or nothing and a problem. */
    Optional<String> id() {
        Optional<Environment.Variable> type = environment.find(DB_TYPE);
        Optional<Environment.Variable> url = environment.find(DATABASE_URL);
        if (type.isPresent()) {
            return byType(type.get());
        }
        return url.isPresent() ? byUrl(url.get()) : byDefault();
    }

    private Optional<String> byType(Environment.Variable type) {
        String id = DatabaseTypes.canonical(type.value());
        Optional<String> meant = DatabaseTypes.suggestion(id);
        if (meant.isEmpty() && OptionBounds.databaseType(id) == null) {
            return Optional.of(id);
        }
        problems.add(
                type.name()
                        + " must be "
                        + DatabaseTypes.ALLOWED
                        + Shown.was(type.value())
                        + meant.map(m -> " Did you mean '" + m + "'?").orElse(""));
        return Optional.empty();
    }

    private Optional<String> byUrl(Environment.Variable variable) {
        DatabaseUrl url = DatabaseUrl.of(variable.value());
        if (DatabaseTypes.isKnown(url.kind())) {
            return Optional.of(url.kind());
        }
        problems.add(
                url.kind().isEmpty()
                        ? DatabaseUrl.shapeless(variable.name())
                        : foreign(variable, url));
        return Optional.empty();
    }

    private static String foreign(Environment.Variable variable, DatabaseUrl url) {
        return variable.name()
                + " begins with "
                + Shown.quoted(url.kind())
                + ", and Twinstore speaks sqlite and"
                + " postgresql. If it belongs to the application, set DB_TYPE to choose Twinstore's own database,"
                + " or "
                + Environment.PREFIX
                + DATABASE_URL
                + ".";
    }

    private Optional<String> byDefault() {
        List<String> postgres =
                environment
                        .names(
                                name ->
                                        name.startsWith("POSTGRES_")
                                                || connectionVariables().anyMatch(name::equals))
                        .flatMap(name -> environment.find(name).stream())
                        .map(Environment.Variable::name)
                        .toList();
        if (postgres.isEmpty()) {
            return Optional.of(StorageOptions.SQLITE);
        }
        problems.add(
                DB_TYPE
                        + " is not set, but "
                        + String.join(", ", postgres)
                        + (postgres.size() == 1 ? " is" : " are")
                        + ": set DB_TYPE=postgresql to use PostgreSQL,"
                        + " or DB_TYPE=sqlite to use SQLite all the same.");
        return Optional.empty();
    }

    private static Stream<String> connectionVariables() {
        return CONNECTION.stream().flatMap(setting -> setting.variables().stream());
    }
}
