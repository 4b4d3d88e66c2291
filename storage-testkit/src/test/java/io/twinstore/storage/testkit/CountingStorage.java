package io.twinstore.storage.testkit;

import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.Stores;
import io.twinstore.storage.TransactionOptions;
import io.twinstore.storage.UserStore;
import java.lang.reflect.Proxy;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.concurrent.atomic.AtomicInteger;

/** As little of a storage as the tests of the mechanism need: it counts, and purges odd numbers. */
final class CountingStorage {

    final AtomicInteger opened = new AtomicInteger();
    final AtomicInteger closed = new AtomicInteger();

    /** Returns a storage of which only {@code configs().purge} and what leads there is real. */
    Storage open() {
        opened.incrementAndGet();
        ConfigStore configs = configs();
        return (Storage)
                Proxy.newProxyInstance(
                        Storage.class.getClassLoader(),
                        new Class<?>[] {Storage.class},
                        (proxy, method, args) ->
                                switch (method.getName()) {
                                    case "configs" -> configs;
                                    case "on" -> stores(configs);
                                    case "transaction" ->
                                            args[0] instanceof TransactionOptions
                                                    ? ((Storage.TransactionWork<?, ?>) args[1])
                                                            .run(stores(configs))
                                                    : ((Storage.TransactionWork<?, ?>) args[0])
                                                            .run(stores(configs));
                                    case "close" -> closed.incrementAndGet();
                                    default -> throw new UnsupportedOperationException();
                                });
    }

    private static Stores stores(ConfigStore configs) {
        return new Stores() {
            @Override
            public ConfigStore configs() {
                return configs;
            }

            @Override
            public SessionStore sessions() {
                throw new UnsupportedOperationException();
            }

            @Override
            public ApplicationStore applications() {
                throw new UnsupportedOperationException();
            }

            @Override
            public UserStore users() {
                throw new UnsupportedOperationException();
            }

            @Override
            public SettingsStore settings() {
                throw new UnsupportedOperationException();
            }
        };
    }

    private static ConfigStore configs() {
        return (ConfigStore)
                Proxy.newProxyInstance(
                        ConfigStore.class.getClassLoader(),
                        new Class<?>[] {ConfigStore.class},
                        (proxy, method, args) -> {
                            if (!method.getName().equals("purge")) {
                                throw new UnsupportedOperationException(method.getName());
                            }
                            return Integer.parseInt(((ConfigId) args[0]).value()) % 2 == 1;
                        });
    }

    /** Returns a harness of databases on which this storage opens. */
    StorageHarness harness() {
        return new StorageHarness() {
            @Override
            public String name() {
                return "counting";
            }

            @Override
            public TestDatabase newDatabase() {
                return database();
            }
        };
    }

    private TestDatabase database() {
        return new TestDatabase() {
            @Override
            public StorageOptions options() {
                return StorageOptions.sqlite(Path.of("never-opened.db"));
            }

            @Override
            public Storage open(StorageOptions options) {
                return CountingStorage.this.open();
            }

            @Override
            public Connection connection() {
                throw new UnsupportedOperationException();
            }

            @Override
            public void close() {
                opened.addAndGet(-1);
            }
        };
    }
}
