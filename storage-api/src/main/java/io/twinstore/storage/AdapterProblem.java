package io.twinstore.storage;

import io.twinstore.storage.spi.StorageProvider;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceConfigurationError;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says why a database has no adapter, and what to add to the class path or change on it. */
final class AdapterProblem {

    private static final String SERVICE_FILE =
            "META-INF/services/" + StorageProvider.class.getName();

    private static final Map<String, String> CLASSES =
            Map.of(
                    StorageOptions.SQLITE, "io.twinstore.storage.sqlite.SqliteStorageProvider",
                    StorageOptions.POSTGRESQL,
                            "io.twinstore.storage.postgres.PostgresStorageProvider");

    private static final Map<String, String> ARTIFACTS =
            Map.of(
                    StorageOptions.SQLITE, "io.twinstore:storage-sqlite",
                    StorageOptions.POSTGRESQL, "io.twinstore:storage-postgres");

    private final String id;
    private final Collection<StorageProvider> found;

    AdapterProblem(String id, Collection<StorageProvider> found) {
        this.id = id;
        this.found = found;
    }

    /** Returns the class of our own adapter of a database, or empty text for another's. */
    static String knownClass(String id) {
        return CLASSES.getOrDefault(id, "");
    }

    /** There is no adapter; the faults are those of other entries, which may explain it. */
    InvalidOptionsException absent(List<Throwable> faults) {
        String broken =
                faults.stream()
                        .map(fault -> " Could not be loaded: " + fault.getMessage() + ".")
                        .collect(Collectors.joining());
        return problem(
                "DB_TYPE="
                        + id
                        + " has no adapter on the class path. Found: "
                        + found()
                        + "."
                        + remedy()
                        + broken);
    }

    /** The adapter's class is there, but it was not among those listed, or did not load. */
    InvalidOptionsException unusable(String className, List<Throwable> faults) {
        List<Throwable> own =
                faults.stream()
                        .filter(
                                fault ->
                                        !(fault instanceof ServiceConfigurationError)
                                                || String.valueOf(fault.getMessage())
                                                        .contains(className))
                        .toList();
        Optional<String> missing = own.stream().flatMap(MissingClass::in).findFirst();
        if (missing.isPresent()) {
            return missingClass(missing.get());
        }
        return own.isEmpty() ? unlisted(className) : broken(className, own.get(0));
    }

    /** The adapter is there and needs a class that is not. */
    InvalidOptionsException missingClass(String className) {
        return problem(
                "DB_TYPE="
                        + id
                        + " has its adapter on the class path, but not the class "
                        + className
                        + " that it needs. Add "
                        + MissingClass.artifact(className)
                        + ".");
    }

    /** There is more than one adapter, and no way to tell which is meant. */
    InvalidOptionsException several() {
        String all =
                found.stream()
                        .map(p -> p.getClass().getName() + " (" + p.description() + ")")
                        .sorted()
                        .collect(Collectors.joining(" and "));
        return problem(
                "DB_TYPE="
                        + id
                        + " has "
                        + found.size()
                        + " adapters on the class path: "
                        + all
                        + ". Keep one of them.");
    }

    private InvalidOptionsException unlisted(String className) {
        return problem(
                "DB_TYPE="
                        + id
                        + " has its adapter on the class path, "
                        + className
                        + ", but no "
                        + SERVICE_FILE
                        + " lists it: a jar was probably shaded without merging such files. Merge them"
                        + " (Maven Shade: ServicesResourceTransformer; Gradle Shadow: mergeServiceFiles). Found: "
                        + found()
                        + ".");
    }

    private InvalidOptionsException broken(String className, Throwable fault) {
        return problem(
                "DB_TYPE="
                        + id
                        + " has its adapter on the class path, "
                        + className
                        + ", but it cannot be used: "
                        + fault.getMessage()
                        + ".");
    }

    private String remedy() {
        String artifact = ARTIFACTS.get(id);
        if (artifact != null) {
            return " Add " + artifact + ":" + ApiVersion.TEXT + ".";
        }
        List<String> known =
                Stream.concat(CLASSES.keySet().stream(), found.stream().map(StorageProvider::id))
                        .toList();
        return DatabaseTypes.suggestion(id)
                .or(() -> Suggestions.closest(id, known))
                .map(meant -> " Did you mean '" + meant + "'?")
                .orElse(" Add the artifact that holds its adapter, or choose another database.");
    }

    private String found() {
        String all =
                found.stream()
                        .map(p -> p.id() + " (" + p.description() + ")")
                        .sorted()
                        .collect(Collectors.joining(", "));
        return all.isEmpty() ? "none" : all;
    }

    private static InvalidOptionsException problem(String sentence) {
        return new InvalidOptionsException(List.of(sentence));
    }
}
