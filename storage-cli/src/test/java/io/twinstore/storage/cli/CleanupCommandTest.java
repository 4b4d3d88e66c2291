package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands that clean up and that search, on the embedded database. */
class CleanupCommandTest {

    private static final SessionId KEPT = SessionId.of("kept");

    @TempDir Path folder;

    private final Map<String, String> environment = new HashMap<>();

    @BeforeEach
    void makeTheDatabase() {
        Path file = folder.resolve("cleanup.db");
        environment.put("SQLITE_DB_PATH", file.toString());
        try (Storage storage = Storage.open(StorageOptions.sqlite(file))) {
            Config config = storage.configs().create(NewConfig.named("bot"));
            storage.sessions().create(NewSession.on(config.id()));
            storage.sessions().create(NewSession.on(config.id()).id(KEPT).owner(UserId.of("ada")));
            storage.sessions().append(KEPT, NewMessage.user("A pelican and\u001b[2J a heron"));
            storage.sessions().addParticipant(KEPT, UserId.of("alan"), ParticipantRole.VIEWER);
            storage.sessions().hold(KEPT);
        }
    }

    private Run run(String... args) {
        return Run.of(environment, args);
    }

    private String sessions(String... args) {
        Run run = run(args);
        assertThat(run.code()).as(run.err()).isZero();
        return run.field("/sessions");
    }

    @Test
    void whatIsOldIsDeletedThenPurgedAndTheHeldOneStays() {
        assertThat(sessions("cleanup", "--older-than", "1d", "--json")).isEqualTo("0");
        assertThat(sessions("cleanup", "--older-than", "0s", "--dry-run", "--json")).isEqualTo("1");
        assertThat(run("cleanup", "--older-than", "0s").out()).contains("1 session deleted");
        assertThat(sessions("cleanup", "--older-than", "0s", "--json")).isEqualTo("0");
        assertThat(sessions("cleanup", "--older-than", "0s", "--purge-deleted", "--json"))
                .isEqualTo("1");
        assertThat(run("show", KEPT.value()).code()).isZero();
    }

    @Test
    void theAgeIsTheEnvironmentsWhereNoneIsGiven() {
        assertThat(run("cleanup").code()).isEqualTo(ExitCode.OPTIONS);
        assertThat(run("cleanup").err()).contains("--older-than 30d", "MAX_SESSION_AGE_DAYS");
        environment.put("MAX_SESSION_AGE_DAYS", "7");
        assertThat(run("cleanup", "--json").field("/olderThanSeconds")).isEqualTo("604800");
    }

    @Test
    void anAgeThatIsNoneIsRefused() {
        for (String age : new String[] {"30", "d", "-1d", "1w", "99999999999d"}) {
            Run run = run("cleanup", "--older-than=" + age);
            assertThat(run.code()).as(age).isEqualTo(ExitCode.REFUSED);
            assertThat(run.err()).contains("--older-than", age);
        }
        assertThat(run("cleanup", "--older-than", "99999d").err()).contains("36,500");
    }

    @Test
    void searchFindsAndLimits() {
        Run found = run("search", "pelican heron");
        assertThat(found.code()).as(found.err()).isZero();
        assertThat(found.out()).contains("kept", "pelican", "heron").doesNotContain("\u001b[2J");
        assertThat(run("search", "pelican", "--json").field("/hits/0/sequence")).isEqualTo("1");
        assertThat(run("search", "pelican -heron").out()).contains("Nothing found.");
        assertThat(run("search", "pelican", "--as", "alan").out()).contains("kept");
        assertThat(run("search", "pelican", "--as", "mallory").out()).contains("Nothing found.");
        assertThat(run("search", "pelican", "--until", "2020-01-01T00:00:00Z").out())
                .contains("Nothing found.");
        assertThat(run("search", "pelican", "--since", "yesterday").code())
                .isEqualTo(ExitCode.REFUSED);
    }

    @Test
    void aSearchThatCannotBeReadSaysWhere() {
        Run run = run("search", "pelican (heron");
        assertThat(run.code()).isEqualTo(ExitCode.REFUSED);
        assertThat(run.err()).contains("(heron");
    }
}
