package io.twinstore.storage.integration;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import java.io.IOException;
import java.nio.file.Path;

/**
 * A process that opens the storage its environment names and appends to a session of its own and to
 * one that it shares. It says that it is ready, and goes on when it reads a byte.
 */
final class AppendingProcess {

    static final ConfigId CONFIG = ConfigId.of("config");
    static final SessionId SHARED = SessionId.of("shared");
    static final int MESSAGES = 200;

    private AppendingProcess() {}

    /**
     * @param args the process's name, and a file to warm up with, so that all of them open the
     *     database within a few milliseconds
     */
    public static void main(String[] args) throws IOException {
        String name = args[0];
        Storage.open(StorageOptions.sqlite(Path.of(args[1]))).close();
        System.out.println("ready");
        if (System.in.read() < 0) {
            return;
        }
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            unlessThere(() -> storage.configs().create(NewConfig.named("shared").id(CONFIG)));
            for (SessionId id : new SessionId[] {SHARED, own(name)}) {
                unlessThere(() -> storage.sessions().create(NewSession.on(CONFIG).id(id)));
            }
            for (int i = 0; i < MESSAGES; i++) {
                storage.sessions().append(SHARED, NewMessage.user(name + " " + i));
                storage.sessions().append(own(name), NewMessage.user(name + " " + i));
            }
        }
    }

    static SessionId own(String name) {
        return SessionId.of("of " + name);
    }

    private static void unlessThere(Runnable create) {
        try {
            create.run();
        } catch (AlreadyExistsException e) {
            // Another process was first.
        }
    }
}
