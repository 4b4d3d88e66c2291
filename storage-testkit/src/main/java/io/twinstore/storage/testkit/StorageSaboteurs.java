package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Saboteur.configs;
import static io.twinstore.storage.testkit.Saboteur.sessions;
import static io.twinstore.storage.testkit.Saboteur.storage;

import io.twinstore.storage.ConflictException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.StorageClosedException;
import io.twinstore.storage.Transcript;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Breaks what {@link StorageClauses} check. */
final class StorageSaboteurs {

    private StorageSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                sessions(
                        "STO-OPEN-001",
                        "find",
                        "does not see what another wrote",
                        claims(Optional.empty())),
                sessions(
                        "STO-OPEN-002",
                        "transcript",
                        "keeps messages in memory",
                        call -> new Transcript(call.arg(SessionId.class), List.of())),
                storage("STO-OPEN-002", "info", "makes the schema again", answers("created", true)),
                storage(
                        "STO-OPEN-003",
                        "info",
                        "makes the schema several times",
                        answers("created", true)),
                sessions(
                        "STO-OPEN-004",
                        "create",
                        "makes ids of its own",
                        answers("id", SessionId.of("its own"))),
                configs(
                        "STO-OPEN-005",
                        "find",
                        "takes another clock",
                        answers("createdAt", Instant.EPOCH)),
                storage(
                        "STO-CLOSE-001",
                        "info",
                        "goes on when it is closed",
                        insteadOf(StorageClosedException.class, claims(null))),
                sessions(
                        "STO-CLOSE-002",
                        "find",
                        "finds nothing when it is closed",
                        insteadOf(StorageClosedException.class, claims(Optional.empty()))),
                sessions(
                        "STO-CLOSE-002",
                        "append",
                        "reports that it is closed as a fault of the database",
                        misreports(StorageClosedException.class)),
                storage(
                        "STO-CLOSE-002",
                        "transaction",
                        "skips the work when it is closed",
                        insteadOf(StorageClosedException.class, claims(null))),
                sessions(
                        "STO-CLOSE-003",
                        "append",
                        "reports that it is closed as a fault of the database",
                        misreports(StorageClosedException.class)),
                sessions(
                        "STO-ERROR-001",
                        "update",
                        "prints what was bound",
                        insteadOf(
                                ConflictException.class,
                                call -> {
                                    throw new IllegalStateException(
                                            "parameters: " + call.arg(SessionUpdate.class));
                                })),
                storage(
                        "STO-SCHEMA-001",
                        "info",
                        "finds a schema in an empty database",
                        answers("created", false)),
                configs(
                        "STO-SCHEMA-002",
                        "find",
                        "reads nothing where it does not migrate",
                        claims(Optional.empty())),
                storage(
                        "STO-INFO-001",
                        "info",
                        "is another database",
                        answers("database", "other")),
                storage(
                        "STO-INFO-001",
                        "info",
                        "does not know its version",
                        answers("databaseVersion", "unknown")));
    }
}
