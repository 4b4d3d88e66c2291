package io.twinstore.storage;

import io.twinstore.storage.spi.StorageProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the adapter of a database among those on the class path. A broken adapter of another
 * database is no reason to fail; one that should have been there is told with what to do about it.
 */
final class Adapters {

    private final Map<Class<?>, StorageProvider> providers = new LinkedHashMap<>();
    private final List<Throwable> faults = new ArrayList<>();
    private final Set<ClassLoader> loaders;

    private Adapters(Set<ClassLoader> loaders) {
        this.loaders = loaders;
        loaders.forEach(
                loader -> collect(ServiceLoader.load(StorageProvider.class, loader).iterator()));
    }

    /**
     * Opens the database that the options name, through its adapter.
     *
     * @throws InvalidOptionsException when there is no such adapter, more than one, or its driver
     *     is missing
     */
    static Storage open(StorageOptions options) {
        Thread thread = Thread.currentThread();
        return open(options, thread.getContextClassLoader(), Adapters.class.getClassLoader());
    }

    /**
     * Opens with the adapters that these class loaders see, the first one first; a null one is
     * passed over.
     */
    static Storage open(StorageOptions options, @Nullable ClassLoader... loaders) {
        Accident.refuseMoved(options);
        Storage storage = with(options, provider -> provider.open(options), loaders);
        return Accident.notEmpty(
                storage, options, () -> sqliteHoldsSessions(options.sqlite(), loaders));
    }

    /** Unknown, so false, where no adapter of SQLite is at hand. */
    private static boolean sqliteHoldsSessions(
            SqliteOptions file, @Nullable ClassLoader... loaders) {
        StorageOptions options = StorageOptions.builder().sqlite(file).build();
        try {
            return with(options, provider -> provider.holdsSessions(options), loaders);
        } catch (InvalidOptionsException e) {
            return false;
        }
    }

    /** Has the adapter of the database that the options name do something without opening it. */
    static <T> T with(StorageOptions options, Function<StorageProvider, T> work) {
        return with(
                options,
                work,
                Thread.currentThread().getContextClassLoader(),
                Adapters.class.getClassLoader());
    }

    private static <T> T with(
            StorageOptions options,
            Function<StorageProvider, T> work,
            @Nullable ClassLoader... loaders) {
        Set<ClassLoader> distinct = new LinkedHashSet<>();
        Stream.of(loaders).filter(Objects::nonNull).forEach(distinct::add);
        StorageProvider provider = new Adapters(distinct).provider(options.databaseType());
        try {
            return work.apply(provider);
        } catch (NoClassDefFoundError e) {
            String missing = MissingClass.in(e).findFirst().orElseThrow(() -> e);
            throw new AdapterProblem(provider.id(), List.of(provider)).missingClass(missing);
        }
    }

    private StorageProvider provider(String id) {
        List<StorageProvider> matching =
                providers.values().stream().filter(p -> p.id().equalsIgnoreCase(id)).toList();
        return switch (matching.size()) {
            case 0 -> throw missing(id);
            case 1 -> matching.get(0);
            default -> throw new AdapterProblem(id, matching).several();
        };
    }

    private InvalidOptionsException missing(String id) {
        AdapterProblem problem = new AdapterProblem(id, providers.values());
        String known = AdapterProblem.knownClass(id);
        boolean present =
                !known.isEmpty() && loaders.stream().anyMatch(loader -> isPresent(known, loader));
        return present ? problem.unusable(known, faults) : problem.absent(faults);
    }

    /** The iterator goes on behind an entry that it could not load or make. */
    private void collect(Iterator<StorageProvider> found) {
        boolean more = true;
        while (more) {
            try {
                more = found.hasNext();
                if (more) {
                    StorageProvider provider = found.next();
                    providers.putIfAbsent(provider.getClass(), provider);
                }
            } catch (ServiceConfigurationError | LinkageError e) {
                faults.add(e);
            }
        }
    }

    private static boolean isPresent(String className, ClassLoader loader) {
        try {
            Class.forName(className, false, loader);
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        } catch (LinkageError e) {
            return true;
        }
    }
}
