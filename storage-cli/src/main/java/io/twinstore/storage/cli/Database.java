package io.twinstore.storage.cli;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageInfo;
import io.twinstore.storage.StorageOptions;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The database that the environment names; every command opens it alike, and says which it is. */
final class Database {

    private Database() {}

    /**
     * Opens it, and makes it where it is missing.
     *
     * @throws InvalidOptionsException also when a value is out of bounds: it came from the
     *     environment
     */
    static Storage open(Terminal terminal) {
        try {
            return Storage.open(StorageOptions.fromEnvironment(terminal.environment()));
        } catch (InvalidValueException e) {
            throw new InvalidOptionsException(List.of(String.valueOf(e.getMessage())));
        }
    }

    /** Returns the fields with which every JSON answer starts. */
    static Map<String, @Nullable Object> fields(StorageInfo info) {
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        fields.put("database", info.database());
        fields.put("location", info.location());
        fields.put("created", info.created());
        return fields;
    }
}
