package io.twinstore.storage.integration;

import static io.twinstore.storage.integration.FilledSides.CONFIG;
import static io.twinstore.storage.integration.FilledSides.MESSAGE;
import static io.twinstore.storage.integration.FilledSides.SESSION;
import static io.twinstore.storage.integration.FilledSides.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.UserId;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A wrong value is refused alike by both databases, with a message that helps, and writes nothing.
 */
class WrongInputTest {

    private static FilledSides both;

    @BeforeAll
    static void open() {
        both = new FilledSides();
    }

    @AfterAll
    static void close() {
        both.close();
    }

    @Test
    void textThatADatabaseCannotKeep() {
        for (String wrong : List.of("nul\0", "half \uD83D of a pair", "", "x".repeat(256))) {
            both.invalid(
                    "config.name", (configs, sessions) -> configs.create(NewConfig.named(wrong)));
            both.invalid(
                    "config.name",
                    (configs, sessions) ->
                            configs.update(CONFIG, ConfigUpdate.nothing().name(wrong)));
            both.invalid(
                    "filter.name",
                    (configs, sessions) -> configs.count(ConfigFilter.all().named(wrong)));
            both.invalid("session.id", (configs, sessions) -> sessions.find(SessionId.of(wrong)));
            both.invalid("config.id", (configs, sessions) -> configs.find(ConfigId.of(wrong)));
            both.invalid(
                    "user.id",
                    (configs, sessions) ->
                            sessions.addParticipant(
                                    SESSION, UserId.of(wrong), ParticipantRole.VIEWER));
            both.invalid(
                    "append.idempotencyKey",
                    (configs, sessions) ->
                            sessions.append(SESSION, List.of(MESSAGE), AppendOptions.once(wrong)));
        }
    }

    @Test
    void jsonThatIsNone() {
        for (String wrong : List.of("NaN", "{\"a\":Infinity}", "{\"a\":1,}", "", "{'a':1}")) {
            both.refused(
                    InvalidValueException.class,
                    (configs, sessions) -> sessions.append(SESSION, NewMessage.of(wrong)));
            both.refused(
                    InvalidValueException.class,
                    (configs, sessions) ->
                            sessions.update(
                                    SESSION, SessionUpdate.nothing().metadata(Json.of(wrong))));
        }
    }

    @Test
    void jsonThatCannotBeIndexed() {
        for (String wrong :
                List.of(
                        "[]",
                        "\"text\"",
                        "{\"a\":\"\\u0000\"}",
                        "{\"\\ud83d\":1}",
                        "{\"a\":1e400000}")) {
            Json json = Json.of(wrong);
            both.invalid(
                    "config.tags",
                    (configs, sessions) -> configs.create(NewConfig.named("x").tags(json)));
            both.invalid(
                    "session.metadata",
                    (configs, sessions) -> sessions.create(NewSession.on(CONFIG).metadata(json)));
            both.invalid(
                    "session.metadataPatch",
                    (configs, sessions) ->
                            sessions.update(SESSION, SessionUpdate.nothing().mergeMetadata(json)));
            both.invalid(
                    "participant.permissions",
                    (configs, sessions) -> sessions.updatePermissions(SESSION, USER, json));
            both.invalid(
                    "filter.metadata",
                    (configs, sessions) ->
                            sessions.count(SessionFilter.builder().metadata(json).build()));
            both.invalid(
                    "filter.permissions",
                    (configs, sessions) ->
                            sessions.count(SessionFilter.builder().permissions(json).build()));
        }
    }

    @Test
    void yamlThatIsNone() {
        assertThat(
                        both.refused(
                                InvalidValueException.class,
                                (configs, sessions) ->
                                        configs.create(
                                                NewConfig.named("x")
                                                        .yaml(
                                                                "key: "
                                                                        + Refusal.SECRET
                                                                        + "\na: ["))))
                .hasMessageContaining("line 2");
    }

    @Test
    void wordsThatNameNothing() {
        assertThat(
                        both.refused(
                                InvalidValueException.class,
                                (configs, sessions) ->
                                        sessions.updateRole(
                                                SESSION, USER, ParticipantRole.of("admin"))))
                .hasMessageContainingAll("admin", "owner", "editor", "viewer");
        assertThat(
                        both.refused(
                                InvalidValueException.class,
                                (configs, sessions) ->
                                        sessions.update(
                                                SESSION,
                                                SessionUpdate.nothing()
                                                        .status(SessionStatus.of("Active")))))
                .hasMessageContainingAll("Active", "active", "completed", "failed", "cancelled");
    }

    @Test
    void sizesOutOfBounds() {
        for (int wrong : new int[] {-1, 0, 1001}) {
            both.invalid(
                    "page.size",
                    (configs, sessions) ->
                            configs.list(ConfigFilter.all(), PageRequest.ofSize(wrong)));
            both.invalid("n", (configs, sessions) -> sessions.lastMessages(SESSION, wrong));
        }
        both.invalid(
                "range.first",
                (configs, sessions) ->
                        sessions.messages(
                                SESSION, MessageRange.between(0, 1), PageRequest.first()));
        both.invalid(
                "append.messages",
                (configs, sessions) -> sessions.append(SESSION, List.of(), AppendOptions.plain()));
        both.invalid(
                "append.messages",
                (configs, sessions) ->
                        sessions.append(
                                SESSION,
                                Collections.nCopies(10_001, MESSAGE),
                                AppendOptions.plain()));
    }
}
