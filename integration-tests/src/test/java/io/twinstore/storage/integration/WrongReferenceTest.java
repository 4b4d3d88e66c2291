package io.twinstore.storage.integration;

import static io.twinstore.storage.integration.FilledSides.CONFIG;
import static io.twinstore.storage.integration.FilledSides.MESSAGE;
import static io.twinstore.storage.integration.FilledSides.SESSION;
import static io.twinstore.storage.integration.FilledSides.USER;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.MessageRange;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.ReferenceException;
import io.twinstore.storage.SessionFilter;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What names a place or a record that is not there, or is in the way, is refused alike and writes
 * nothing.
 */
class WrongReferenceTest {

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
    void cursorsOfNoneOrAnotherList() {
        PageRequest one = PageRequest.ofSize(1);
        SessionStore sqlite = both.all().get(0).storage().sessions();
        ConfigStore configsThere = both.all().get(0).storage().configs();
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
            both.invalid(
                    "cursor",
                    (configs, sessions) ->
                            sessions.list(SessionFilter.all(), PageRequest.first().from(cursor)));
        }
    }

    @Test
    void cursorOfTheSameQueryGoesOnInTheOtherDatabase() {
        for (Side from : both.all()) {
            for (Side to : both.all()) {
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
    void recordsThatAreNotThereOrInTheWay() {
        SessionId nobody = SessionId.of("nobody");
        both.refused(
                NotFoundException.class, (configs, sessions) -> sessions.append(nobody, MESSAGE));
        both.refused(
                ReferenceException.class,
                (configs, sessions) -> sessions.create(NewSession.on(ConfigId.of("none"))));
        both.refused(
                ReferenceException.class,
                (configs, sessions) ->
                        sessions.addParticipant(nobody, USER, ParticipantRole.VIEWER));
        both.refused(
                AlreadyExistsException.class,
                (configs, sessions) -> sessions.create(NewSession.on(CONFIG).id(SESSION)));
        both.refused(
                ConflictException.class,
                (configs, sessions) -> sessions.removeParticipant(SESSION, USER));
        both.refused(
                ConflictException.class,
                (configs, sessions) ->
                        sessions.append(SESSION, List.of(MESSAGE), AppendOptions.once("key")));
        both.refused(
                ConflictException.class,
                (configs, sessions) ->
                        sessions.append(SESSION, List.of(MESSAGE), AppendOptions.expectEmpty()));
    }
}
