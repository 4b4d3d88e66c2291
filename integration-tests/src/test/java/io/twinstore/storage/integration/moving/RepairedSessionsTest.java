package io.twinstore.storage.integration.moving;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import io.twinstore.storage.integration.TestPostgres;
import io.twinstore.storage.migrate.FixReport;
import io.twinstore.storage.migrate.Migration;
import io.twinstore.storage.migrate.MigrationListener;
import io.twinstore.storage.migrate.MigrationPlan;
import io.twinstore.storage.migrate.MigrationReport;
import io.twinstore.storage.migrate.MigrationSource;
import io.twinstore.storage.migrate.MigrationTarget;
import io.twinstore.storage.migrate.VerifyReport;
import io.twinstore.storage.testkit.TestDatabase;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A session of Twinstore's own that could not go: repaired it is there whole, and purged it is
 * gone.
 */
class RepairedSessionsTest {

    @TempDir private Path folder;

    private final TestDatabase database = TestPostgres.get().newDatabase();
    private ConfigId config = ConfigId.of("none");
    private SessionId lost = SessionId.of("none");
    private SessionId kept = SessionId.of("none");
    private MigrationPlan plan;

    @BeforeEach
    void move() throws Exception {
        Path file = folder.resolve("own.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            config = storage.configs().create(NewConfig.named("bot")).id();
            lost = session(storage, "a lost walrus");
            kept = session(storage, "a kept walrus");
        }
        // Both adapters refuse it; another program's connection does not, unless it asks for that.
        SqliteCells.run(
                file,
                "pragma foreign_keys = off",
                "update sessions set config_id = 'gone', metadata = '{ }' where session_id = '"
                        + lost.value()
                        + "'",
                "update sessions set metadata = '{ }' where session_id = '" + kept.value() + "'");
        plan =
                Migration.plan(
                        MigrationSource.of(file).workingIn(folder),
                        MigrationTarget.of(database.options().postgres()));
        MigrationReport report = Migration.migrate(plan, MigrationListener.SILENT);
        // The session, its head, its two messages and its participant.
        assertThat(report.quarantined()).isEqualTo(5);
    }

    @AfterEach
    void drop() {
        database.close();
    }

    private SessionId session(Storage storage, String text) {
        SessionId id =
                storage.sessions().create(NewSession.on(config).owner(UserId.of("ada"))).id();
        storage.sessions().append(id, NewMessage.user(text));
        storage.sessions().append(id, NewMessage.user("more"));
        return id;
    }

    private Json repaired() {
        return Json.of(
                """
                {"format": 1, "move": "%s", "rows": [{"table": "sessions",
                  "key": [{"type": "text", "value": "%s"}],
                  "cells": {"config_id": {"type": "text", "value": "%s"}}}]}
                """
                        .formatted(plan.id(), lost.value(), config.value()));
    }

    private void requireEqual() {
        VerifyReport verified = Migration.verify(plan);
        assertThat(verified.equal()).as(verified.toJson().text()).isTrue();
    }

    private Path reversed(String name) {
        Path back = folder.resolve(name);
        Migration.reverse(plan, back);
        return back;
    }

    @Test
    void aRepairedSessionComesWithItsMessagesAndIsFound() {
        FixReport report = Migration.fix(plan, repaired());
        assertThat(report.repaired()).isEqualTo(1);
        assertThat(report.followed()).isEqualTo(4);
        requireEqual();
        try (Storage storage = Storage.open(database.options())) {
            assertThat(storage.sessions().get(lost).lastSequence()).isEqualTo(2);
            storage.sessions().append(lost, NewMessage.user("after the repair"));
            assertThat(
                            storage.sessions()
                                    .search("walrus lost", SearchScope.all(), PageRequest.first())
                                    .hits())
                    .hasSize(1);
        }
        try (Storage storage = Storage.open(StorageOptions.sqlite(reversed("repaired.db")))) {
            assertThat(storage.sessions().get(lost).configId()).isEqualTo(config);
            assertThat(storage.sessions().get(lost).lastSequence()).isEqualTo(3);
        }
    }

    @Test
    void whatIsPurgedAfterTheMoveDoesNotComeBack() throws Exception {
        Migration.fix(plan, repaired());
        try (Storage storage = Storage.open(database.options())) {
            for (SessionId id : new SessionId[] {lost, kept}) {
                storage.sessions().delete(id);
                storage.sessions().purge(id);
            }
        }
        assertThat(Migration.verify(plan).equal()).isFalse();
        Path back = reversed("purged.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(back))) {
            assertThat(storage.sessions().count(SessionFilter.all())).isZero();
        }
        assertThat(
                        SqliteCells.column(
                                back,
                                "select (select count(*) from session_messages)"
                                        + " + (select count(*) from session_heads)"
                                        + " + (select count(*) from session_participants)"))
                .containsExactly("0");
    }
}
