package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStatus;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SessionUpdate;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.UserId;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;

/**
 * A wrong value is refused alike by both databases, with a message that helps, and writes nothing.
 */
class WrongInputTest {

    private static final ConfigId CONFIG = ConfigId.of("config");
    private static final SessionId SESSION = SessionId.of("session");
    private static final UserId USER = UserId.of("user");
    private static final NewMessage MESSAGE = NewMessage.user("hello");

    private static List<Side> sides = List.of();

    @BeforeAll
    static void open() {
        sides = List.of(new Side(new SqliteHarness()), new Side(new PostgresHarness()));
        for (Side side : sides) {
            for (String id : List.of("config", "other", "third")) {
                side.storage().configs().create(NewConfig.named(id).id(ConfigId.of(id)));
            }
            for (String id : List.of("session", "second", "third")) {
                side.storage()
                        .sessions()
                        .create(NewSession.on(CONFIG).id(SessionId.of(id)).owner(USER));
            }
            side.storage()
                    .sessions()
                    .append(SESSION, List.of(MESSAGE, MESSAGE), AppendOptions.once("key"));
        }
    }

    @AfterAll
    static void close() {
        sides.forEach(Side::close);
    }

    private interface Call {
        void on(ConfigStore configs, SessionStore sessions) throws Exception;
    }

    /** Makes the call on both databases: the same error, and no row is other than before. */
    private static <E extends StorageException> E refused(Class<E> type, Call call)
            throws SQLException {
        List<E> refusals =
                Stream.of(sides.get(0), sides.get(1))
                        .map(side -> refused(type, side, call))
                        .toList();
        assertThat(refusals.get(0)).hasMessage(refusals.get(1).getMessage());
        return refusals.get(0);
    }

    private static <E extends StorageException> E refused(Class<E> type, Side side, Call call) {
        List<String> before = rows(side);
        ThrowingCallable wrong = () -> call.on(side.storage().configs(), side.storage().sessions());
        E refusal = Refusal.of(type, wrong);
        assertThat(rows(side)).isEqualTo(before);
        return refusal;
    }

    private static List<String> rows(Side side) {
        try (Connection connection = side.tables()) {
            return SchemaFacts.lines(
                    connection,
                    "select 'config ' || config_id || name || version || updated_at from configs"
                        + " union all select 'session ' || session_id || status || version ||"
                        + " updated_at from sessions union all select 'head ' || session_id ||"
                        + " last_seq from session_heads union all select 'message ' || session_id"
                        + " || seq from session_messages union all select 'append ' || session_id"
                        + " || idempotency_key from session_appends union all select 'participant '"
                        + " || session_id || user_id || role from session_participants order by 1");
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }

    private static void invalid(String field, Call call) throws SQLException {
        assertThat(refused(InvalidValueException.class, call).field()).isEqualTo(field);
    }

    @Test
    void textThatADatabaseCannotKeep() throws SQLException {
        for (String wrong : List.of("nul\0", "half \uD83D of a pair", "", "x".repeat(256))) {
            invalid("config.name", (configs, sessions) -> configs.create(NewConfig.named(wrong)));
            invalid(
                    "config.name",
                    (configs, sessions) ->
                            configs.update(CONFIG, ConfigUpdate.nothing().name(wrong)));
            invalid(
                    "filter.name",
                    (configs, sessions) -> configs.count(ConfigFilter.all().named(wrong)));
            invalid("session.id", (configs, sessions) -> sessions.find(SessionId.of(wrong)));
            invalid("config.id", (configs, sessions) -> configs.find(ConfigId.of(wrong)));
            invalid(
                    "user.id",
                    (configs, sessions) ->
                            sessions.addParticipant(
                                    SESSION, UserId.of(wrong), ParticipantRole.VIEWER));
            invalid(
                    "append.idempotencyKey",
                    (configs, sessions) ->
                            sessions.append(SESSION, List.of(MESSAGE), AppendOptions.once(wrong)));
        }
    }

    @Test
    void jsonThatIsNone() throws SQLException {
        for (String wrong : List.of("NaN", "{\"a\":Infinity}", "{\"a\":1,}", "", "{'a':1}")) {
            refused(
                    InvalidValueException.class,
                    (configs, sessions) -> sessions.append(SESSION, NewMessage.of(wrong)));
            refused(
                    InvalidValueException.class,
                    (configs, sessions) ->
                            sessions.update(
                                    SESSION, SessionUpdate.nothing().metadata(Json.of(wrong))));
        }
    }

    @Test
    void jsonThatCannotBeIndexed() throws SQLException {
        for (String wrong :
                List.of(
                        "[]",
                        "\"text\"",
                        "{\"a\":\"\\u0000\"}",
                        "{\"\\ud83d\":1}",
                        "{\"a\":1e400000}")) {
            Json json = Json.of(wrong);
            invalid(
                    "config.tags",
                    (configs, sessions) -> configs.create(NewConfig.named("x").tags(json)));
            invalid(
                    "session.metadata",
                    (configs, sessions) -> sessions.create(NewSession.on(CONFIG).metadata(json)));
            invalid(
                    "session.metadataPatch",
                    (configs, sessions) ->
                            sessions.update(SESSION, SessionUpdate.nothing().mergeMetadata(json)));
            invalid(
                    "participant.permissions",
                    (configs, sessions) -> sessions.updatePermissions(SESSION, USER, json));
            invalid(
                    "filter.metadata",
                    (configs, sessions) ->
                            sessions.count(SessionFilter.builder().metadata(json).build()));
        }
    }

    @Test
    void yamlThatIsNone() throws SQLException {
        assertThat(
                        refused(
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
    void wordsThatNameNothing() throws SQLException {
        assertThat(
                        refused(
                                InvalidValueException.class,
                                (configs, sessions) ->
                                        sessions.updateRole(
                                                SESSION, USER, ParticipantRole.of("admin"))))
                .hasMessageContainingAll("admin", "owner", "editor", "viewer");
        assertThat(
                        refused(
                                InvalidValueException.class,
                                (configs, sessions) ->
                                        sessions.update(
                                                SESSION,
                                                SessionUpdate.nothing()
                                                        .status(SessionStatus.of("Active")))))
                .hasMessageContainingAll("Active", "active", "completed", "failed", "cancelled");
    }

    @Test
    void sizesOutOfBounds() throws SQLException {
        for (int wrong : new int[] {-1, 0, 1001}) {
            invalid(
                    "page.size",
                    (configs, sessions) ->
                            configs.list(ConfigFilter.all(), PageRequest.ofSize(wrong)));
            invalid("n", (configs, sessions) -> sessions.lastMessages(SESSION, wrong));
        }
        invalid(
                "range.first",
                (configs, sessions) ->
                        sessions.messages(
                                SESSION, MessageRange.between(0, 1), PageRequest.first()));
        invalid(
                "append.messages",
                (configs, sessions) -> sessions.append(SESSION, List.of(), AppendOptions.plain()));
        invalid(
                "append.messages",
                (configs, sessions) ->
                        sessions.append(
                                SESSION,
                                Collections.nCopies(10_001, MESSAGE),
                                AppendOptions.plain()));
    }

    @Test
    void cursorsOfNoneOrAnotherList() throws SQLException {
        PageRequest one = PageRequest.ofSize(1);
        SessionStore sqlite = sides.get(0).storage().sessions();
        ConfigStore configsThere = sides.get(0).storage().configs();
        List<Cursor> strangers =
                List.of(
                        Cursor.of("nonsense"),
                        Cursor.of("%%%"),
                        Cursor.of("AQ"),
                        configsThere.list(ConfigFilter.all(), one).next().orElseThrow(),
                        sqlite.sessionsOf(USER, one).next().orElseThrow(),
                        sqlite.messages(SESSION, MessageRange.all(), one).next().orElseThrow(),
                        sqlite.list(SessionFilter.builder().config(CONFIG).build(), one)
                                .next()
                                .orElseThrow());
        for (Cursor cursor : strangers) {
            invalid(
                    "cursor",
                    (configs, sessions) ->
                            sessions.list(SessionFilter.all(), PageRequest.first().from(cursor)));
        }
    }

    @Test
    void cursorOfTheSameQueryGoesOnInTheOtherDatabase() {
        for (Side from : sides) {
            for (Side to : sides) {
                PageRequest one = PageRequest.ofSize(1);
                SessionStore there = to.storage().sessions();
                var sessions = from.storage().sessions().list(SessionFilter.all(), one);
                assertThat(there.list(SessionFilter.all(), one.after(sessions).orElseThrow()))
                        .isEqualTo(
                                from.storage()
                                        .sessions()
                                        .list(
                                                SessionFilter.all(),
                                                one.after(sessions).orElseThrow()));
                var messages = from.storage().sessions().messages(SESSION, MessageRange.all(), one);
                assertThat(
                                there.messages(
                                                SESSION,
                                                MessageRange.all(),
                                                one.after(messages).orElseThrow())
                                        .items())
                        .singleElement()
                        .satisfies(message -> assertThat(message.sequence()).isEqualTo(2));
            }
        }
    }

    @Test
    void recordsThatAreNotThereOrInTheWay() throws SQLException {
        SessionId nobody = SessionId.of("nobody");
        refused(NotFoundException.class, (configs, sessions) -> sessions.append(nobody, MESSAGE));
        refused(
                ReferenceException.class,
                (configs, sessions) -> sessions.create(NewSession.on(ConfigId.of("none"))));
        refused(
                ReferenceException.class,
                (configs, sessions) ->
                        sessions.addParticipant(nobody, USER, ParticipantRole.VIEWER));
        refused(
                AlreadyExistsException.class,
                (configs, sessions) -> sessions.create(NewSession.on(CONFIG).id(SESSION)));
        refused(
                ConflictException.class,
                (configs, sessions) -> sessions.removeParticipant(SESSION, USER));
        refused(
                ConflictException.class,
                (configs, sessions) ->
                        sessions.append(SESSION, List.of(MESSAGE), AppendOptions.once("key")));
        refused(
                ConflictException.class,
                (configs, sessions) ->
                        sessions.append(SESSION, List.of(MESSAGE), AppendOptions.expectEmpty()));
    }
}
