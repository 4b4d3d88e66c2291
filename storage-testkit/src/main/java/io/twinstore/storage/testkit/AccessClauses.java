package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AccessDeniedException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.UserId;
import io.twinstore.storage.testkit.AccessMatrix.Answer;
import io.twinstore.storage.testkit.AccessMatrix.Caller;
import io.twinstore.storage.testkit.AccessMatrix.Row;

/**
 * Stores that are limited to a user or an application: every operation for every caller.
 *
 * <p>A caller for whom the session is not there gets, to the letter, what the same call gets for an
 * id that no session ever had.
 */
final class AccessClauses {

    @Clause(id = "ACC-NONE-001")
    void withoutRole(ClauseContext given) throws Exception {
        every(given, Caller.STRANGER);
    }

    @Clause(id = "ACC-VIEWER-001")
    void viewer(ClauseContext given) throws Exception {
        every(given, Caller.VIEWER);
    }

    @Clause(id = "ACC-EDITOR-001")
    void editor(ClauseContext given) throws Exception {
        every(given, Caller.EDITOR);
    }

    @Clause(id = "ACC-OWNER-001")
    void owner(ClauseContext given) throws Exception {
        every(given, Caller.OWNER);
    }

    @Clause(id = "ACC-APP-001")
    void application(ClauseContext given) throws Exception {
        every(given, Caller.APPLICATION);
    }

    @Clause(id = "ACC-APP-002")
    void otherApplication(ClauseContext given) throws Exception {
        every(given, Caller.OTHER_APPLICATION);
    }

    /**
     * Where operations are tried: a session and one that never was, as the caller's store has them.
     */
    private record Stage(AccessGround ground, AccessGround unknown, SessionStore store) {

        static Stage of(ClauseContext given, Caller caller) {
            UserId self = given.user("caller");
            AppId app = given.app("app");
            AccessGround ground = AccessGround.of(given, caller, self, app);
            SessionStore store =
                    caller.isApplication()
                            ? given.sessions().asApplication(app)
                            : given.sessions().asUser(self);
            return new Stage(ground, ground.unknown(given), store);
        }

        static Stage ofDeleted(ClauseContext given, Caller caller) {
            Stage stage = of(given, caller);
            given.sessions().delete(stage.ground.id());
            return stage;
        }
    }

    /** Tries every operation; what changed a session has the next one tried on another. */
    private static void every(ClauseContext given, Caller caller) throws Exception {
        Stage live = Stage.of(given, caller);
        for (Row row : AccessMatrix.rows()) {
            cell(given, caller, row, row.deleted() ? Stage.ofDeleted(given, caller) : live);
            if (!row.deleted() && row.changes() && row.answer(caller) == Answer.YES) {
                live = Stage.of(given, caller);
            }
        }
    }

    private static void cell(ClauseContext given, Caller caller, Row row, Stage on)
            throws Exception {
        String name = row + " for " + caller;
        Answer answer = row.answer(caller);
        String before = on.ground().state(given.sessions());
        String outcome = outcome(row, on.store(), on.ground());
        String absent = outcome(row, on.store(), on.unknown());
        if (answer == Answer.ABSENT) {
            assertThat(outcome).as("%s, as for an unknown session", name).isEqualTo(absent);
        } else if (answer == Answer.DENIED) {
            assertThat(outcome)
                    .as("%s, which takes a higher role", name)
                    .startsWith(AccessDeniedException.class.getName());
        } else {
            assertThat(outcome).as("%s, which is allowed", name).doesNotContain("Exception");
            if (row.least() != null) {
                assertThat(outcome).as("%s, which finds it", name).isNotEqualTo(absent);
            }
        }
        if (answer != Answer.YES || !row.changes()) {
            assertThat(on.ground().state(given.sessions()))
                    .as("what is there after %s", name)
                    .isEqualTo(before);
        }
    }

    /** Returns all that a caller sees of a call, without the names that it gave itself. */
    private static String outcome(Row row, SessionStore store, AccessGround ground)
            throws InterruptedException {
        try {
            return ground.nameless(String.valueOf(row.act().on(store, ground)));
        } catch (InterruptedException e) {
            throw e;
        } catch (Exception e) {
            return ground.nameless(e.toString());
        }
    }
}
