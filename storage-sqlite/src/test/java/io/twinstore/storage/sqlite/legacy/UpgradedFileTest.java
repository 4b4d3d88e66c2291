package io.twinstore.storage.sqlite.legacy;

import static io.twinstore.storage.PageRequest.ofSize;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AppId;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.LegacyFiles;
import io.twinstore.storage.Membership;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Participant;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SchemaException;
import io.twinstore.storage.SchemaMode;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.Session;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** An upgraded file shows what the old one held, through the public stores. */
class UpgradedFileTest {

    @TempDir private Path folder;

    private Path file;

    @BeforeEach
    void name() {
        file = folder.resolve("given.db");
    }

    private StorageOptions upgrading() {
        return StorageOptions.sqlite(file).toBuilder().legacyFiles(LegacyFiles.UPGRADE).build();
    }

    private List<String> names() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            return files.map(path -> path.getFileName().toString()).sorted().toList();
        }
    }

    @ParameterizedTest
    @EnumSource
    void openingExplainsAndTouchesNothing(LegacyLayout layout) throws SQLException, IOException {
        LegacyFixture.sound(layout, file);
        byte[] before = Files.readAllBytes(file);
        for (SchemaMode mode : List.of(SchemaMode.MIGRATE, SchemaMode.VALIDATE)) {
            StorageOptions options =
                    StorageOptions.sqlite(file).toBuilder().schemaMode(mode).build();
            assertThatThrownBy(() -> Storage.open(options))
                    .isInstanceOf(SchemaException.class)
                    .hasMessageContaining("layout " + layout.label() + ", ")
                    .hasMessageContaining("sessions. ")
                    .hasMessageContaining("STORAGE_LEGACY=upgrade")
                    .hasMessageContaining("StorageOptions")
                    .hasMessageContaining("./storage upgrade " + file);
        }
        assertThat(Files.readAllBytes(file)).isEqualTo(before);
        assertThat(names()).containsExactly("given.db");
    }

    /** Nothing is upgraded by a process that may not change the schema. */
    @Test
    void validatingExplainsEvenWhereUpgradingIsAsked() throws SQLException {
        LegacyFixture.sound(LegacyLayout.V2, file);
        StorageOptions options = upgrading().toBuilder().schemaMode(SchemaMode.VALIDATE).build();
        assertThatThrownBy(() -> Storage.open(options))
                .isInstanceOf(SchemaException.class)
                .hasMessageContaining("layout v2");
    }

    @ParameterizedTest
    @EnumSource
    void sessionsAndMessagesAreAllThereInOrder(LegacyLayout layout)
            throws SQLException, IOException {
        LegacyFixture.sound(layout, file);
        try (Storage storage = Storage.open(upgrading())) {
            List<Session> sessions =
                    storage.sessions().list(SessionFilter.all(), ofSize(50)).items();
            assertThat(sessions)
                    .extracting(session -> session.id().value())
                    .containsExactlyElementsOf(
                            switch (layout) {
                                case V1, V1_OPENED_BY_V2 ->
                                        List.of("fourth", "third", "second", "first");
                                case V2 -> List.of("second", "first");
                                case V3 -> List.of("third", "second", "first");
                            });
            for (Session session : sessions) {
                List<Message> messages = storage.sessions().lastMessages(session.id(), 10);
                assertThat(messages).extracting(Message::sequence).containsExactly(1L, 2L, 3L);
                assertThat(messages)
                        .extracting(Message::role)
                        .containsExactly("system", "user", "assistant");
                assertThat(messages.get(1).body().text())
                        .isEqualTo(
                                "{\"role\": \"user\", \"content\": \"Which pelican is the largest?"
                                        + " \\ud83d\\ude80\"}");
                assertThat(messages).allMatch(m -> m.createdAt().equals(session.updatedAt()));
                assertThat(session.createdAt())
                        .isEqualTo(Instant.parse("2026-02-05T12:34:56.123456Z"));
            }
            assertThat(storage.sessions().search("pelican", SearchScope.all(), ofSize(100)).hits())
                    .hasSize(sessions.size());
            assertThat(storage.sessions().append(sessions.get(0).id(), NewMessage.user("x")))
                    .matches(appended -> appended.firstSequence() == 4);
        }
        assertThat(names())
                .filteredOn(name -> !name.equals("given.db"))
                .singleElement()
                .asString()
                .matches("given\\.db\\.legacy-" + layout.label() + "-\\d{8}T\\d{6}Z");
    }

    @Test
    void usersApplicationsOwnersAndSettingsOfV3() throws SQLException {
        LegacyFixture.sound(LegacyLayout.V3, file);
        try (Storage storage = Storage.open(upgrading())) {
            UserId ada = UserId.of("auth0|42");
            SessionId second = SessionId.of("second");
            Session session = storage.sessions().get(second);
            assertThat(session.owner()).isEqualTo(ada);
            assertThat(session.createdByApp()).isEqualTo(AppId.of("web"));
            assertThat(session.status()).isEqualTo(SessionStatus.CANCELLED);
            assertThat(storage.sessions().participants(second))
                    .singleElement()
                    .satisfies(
                            owner -> {
                                assertThat(owner.userId()).isEqualTo(ada);
                                assertThat(owner.role()).isEqualTo(ParticipantRole.OWNER);
                                assertThat(owner.joinedAt()).isEqualTo(session.createdAt());
                            });
            assertThat(storage.sessions().sessionsOf(ada, ofSize(10)).items())
                    .extracting(Membership::role)
                    .containsExactly(ParticipantRole.OWNER);
            for (String nobodys : List.of("first", "third")) {
                Session other = storage.sessions().get(SessionId.of(nobodys));
                assertThat(other.owner()).isNull();
                assertThat(other.createdByApp()).isNull();
                assertThat(storage.sessions().participants(other.id()))
                        .extracting(Participant::userId)
                        .isEmpty();
            }
            assertThat(storage.users().find(ada).orElseThrow().totalSessions()).isEqualTo(1);
            assertThat(storage.users().find(ada).orElseThrow().metadata().text())
                    .isEqualTo("{\"name\": \"Renée\"}");
            var web = storage.applications().find(AppId.of("web")).orElseThrow();
            assertThat(web.name()).isEqualTo("Web");
            assertThat(web.active()).isTrue();
            assertThat(web.settings().text()).isEqualTo("{\"rate\": 60}");
            assertThat(storage.settings().find("active_bundle").orElseThrow().value().text())
                    .isEqualTo("\"birds\"");
            assertThat(storage.settings().find("providers").orElseThrow().scope())
                    .isEqualTo("project");
            assertThat(storage.configs().get(ConfigId.of("birds")).tags().text())
                    .isEqualTo("{\"env\": \"dev\", \"team\": \"équipe\"}");
        }
    }

    @Test
    void v1MakesOneConfigOfEachCombination() throws SQLException {
        LegacyFixture.sound(LegacyLayout.V1, file);
        try (Storage storage = Storage.open(upgrading())) {
            assertThat(storage.configs().list(ConfigFilter.all(), ofSize(50)).items())
                    .extracting(config -> config.name() + " " + config.yaml())
                    .containsExactlyInAnyOrder(
                            "birds {\"bundle\": \"birds\", \"provider\": \"anthropic\", \"model\":"
                                    + " \"claude\", \"config\": {\"temperature\": 0.20, \"b\": 1e2}}",
                            "claude {\"bundle\": null, \"provider\": \"anthropic\", \"model\":"
                                    + " \"claude\", \"config\": {\"temperature\": 0.20, \"b\": 1e2}}",
                            "claude {\"bundle\": null, \"provider\": \"anthropic\", \"model\":"
                                    + " \"claude\", \"config\": {}}");
            assertThat(storage.sessions().get(SessionId.of("first")).configId())
                    .isEqualTo(storage.sessions().get(SessionId.of("second")).configId());
            assertThat(storage.sessions().get(SessionId.of("third")).metadata().text())
                    .isEqualTo("{\"tags\": [\"a\", 2], \"created\": \"2026\"}");
        }
    }

    @Test
    void damageIsShown() throws SQLException {
        try (LegacyFixture fixture = LegacyFixture.empty(LegacyLayout.V2, file)) {
            SoundRows.in(fixture, LegacyLayout.V2);
            fixture.sql(
                    "update sessions set config_id = 'gone', status = 'paused', created_at ="
                            + " '2024-02-30' where session_id = 'first'",
                    "update sessions set transcript = '[{\"x\": NaN, \"s\": \"NaN\"}, -Infinity]'"
                            + " where session_id = 'second'",
                    "insert into configuration (key, value, updated_at) values ('theme', 'dark',"
                            + " 'never'), ('odd', '{\"a\": \"\\u0000\", \"b\": NaN}', '2026-02-05')");
        }
        try (Storage storage = Storage.open(upgrading())) {
            Session orphan = storage.sessions().get(SessionId.of("first"));
            assertThat(orphan.configId()).isEqualTo(ConfigId.of("gone"));
            assertThat(storage.configs().get(ConfigId.of("gone")).name()).isEqualTo("missing");
            assertThat(orphan.status()).isEqualTo(SessionStatus.ACTIVE);
            assertThat(orphan.metadata().text()).isEqualTo("{\"legacy_status\": \"paused\"}");
            assertThat(orphan.createdAt()).isEqualTo(orphan.updatedAt());
            assertThat(storage.sessions().lastMessages(SessionId.of("second"), 10))
                    .extracting(message -> message.body().text())
                    .containsExactly("{\"x\": \"NaN\", \"s\": \"NaN\"}", "\"-Infinity\"");
            assertThat(storage.settings().find("theme").orElseThrow().value().text())
                    .isEqualTo("\"dark\"");
            assertThat(storage.settings().find("odd").orElseThrow().value().text())
                    .isEqualTo("{\"a\": \"\uFFFD\", \"b\": \"NaN\"}");
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyRowOfADamagedFileIsShown(LegacyLayout layout) throws SQLException {
        LegacyFixture.damaged(layout, file);
        long sessions = LegacyFixture.count(file, "sessions");
        long settings = LegacyFixture.count(file, "configuration");
        try (Storage storage = Storage.open(upgrading())) {
            assertThat(storage.sessions().count(SessionFilter.all())).isEqualTo(sessions);
            assertThat(storage.settings().all(ofSize(1000)).items()).hasSize((int) settings);
            assertThat(storage.sessions().list(SessionFilter.all(), ofSize(1000)).items())
                    .hasSize((int) sessions);
            assertThat(storage.sessions().search("pelican", SearchScope.all(), ofSize(100)).hits())
                    .isNotEmpty();
            if (layout == LegacyLayout.V3) {
                assertThat(storage.users().list(UserFilter.all(), ofSize(1000)).items())
                        .hasSize((int) LegacyFixture.count(backup(), "users"));
                assertThat(storage.applications().list(ofSize(1000)).items())
                        .hasSize((int) LegacyFixture.count(backup(), "applications"));
            }
        }
    }

    private Path backup() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(path -> path.toString().contains(".legacy-"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
