package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.ParticipantRole;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that look for a user or an application. */
class ActingForTest {

    @TempDir Path folder;

    private Path database = Path.of("");

    @BeforeEach
    void fill() {
        database = folder.resolve("chat.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(database))) {
            var config = storage.configs().create(NewConfig.named("bot")).id();
            SessionId id = SessionId.of("shared");
            storage.sessions()
                    .create(
                            NewSession.on(config)
                                    .id(id)
                                    .owner(UserId.of("ada"))
                                    .app(AppId.of("web")));
            storage.sessions().addParticipant(id, UserId.of("alan"), ParticipantRole.VIEWER);
            storage.sessions().append(id, NewMessage.user("Hello"));
            storage.sessions()
                    .create(NewSession.on(config).id(SessionId.of("other")).owner(UserId.of("x")));
        }
    }

    private Run run(String... args) {
        return Run.of(Map.of("SQLITE_DB_PATH", database.toString()), args);
    }

    private Run append(String... args) {
        String[] all = new String[args.length + 1];
        all[0] = "append";
        System.arraycopy(args, 0, all, 1, args.length);
        return Run.with("\"more\"\n", Map.of("SQLITE_DB_PATH", database.toString()), all);
    }

    @Test
    void quotesForTheShellWhomItIsFor() {
        UserId user = UserId.of("o'hara; rm");
        assertThat(new ActingFor(user, null).options()).isEqualTo(" --as 'o'\\''hara; rm'");
        assertThat(new ActingFor(UserId.of("ada@example.com"), AppId.of("a b")).options())
                .isEqualTo(" --as ada@example.com --as-app 'a b'");
    }

    @Test
    void listsWhatIsTheirs() {
        assertThat(run("sessions").out()).contains("shared", "other", "2 sessions in all");
        assertThat(run("sessions", "--as", "alan").out())
                .contains("shared", "1 session in all", "show SESSION --as alan")
                .doesNotContain("other");
        assertThat(run("sessions", "--as", "nobody").out()).contains("No sessions here");
        assertThat(run("sessions", "--as-app", "web", "--json").field("/sessions/0/id"))
                .isEqualTo("shared");
        assertThat(run("sessions", "--as", "x", "--as-app", "web").out())
                .contains("No sessions here");
    }

    @Test
    void showsAndFollowsWhatIsTheirs() {
        assertThat(run("show", "shared", "--as", "alan").out()).contains("Hello");
        assertThat(run("tail", "shared", "--as", "alan", "--from", "1", "--count", "1").out())
                .contains("Hello");
        for (String command : new String[] {"show", "tail"}) {
            Run stranger = run(command, "shared", "--as", "x");
            Run unknown = run(command, "no-such", "--as", "x");
            assertThat(stranger.code()).isEqualTo(6).isEqualTo(unknown.code());
            assertThat(stranger.out()).isEqualTo(unknown.out()).isEmpty();
            assertThat(stranger.err().replace("shared", "no-such")).isEqualTo(unknown.err());
            assertThat(run(command, "shared", "--as-app", "else").code()).isEqualTo(6);
        }
    }

    @Test
    void appendsForEditors() {
        Run viewer = append("shared", "--as", "alan");
        assertThat(viewer.code()).isEqualTo(6);
        assertThat(viewer.out()).isEmpty();
        assertThat(viewer.err()).contains("is viewer", "editor or owner");
        assertThat(append("shared", "--as", "ada").out()).isEqualTo("2\n");
        Run making = append("mine", "--as", "ada", "--create");
        assertThat(making.code()).isEqualTo(6);
        assertThat(making.err()).contains("--create");
    }

    @Test
    void aUserIsAnId() {
        assertThat(run("sessions", "--as", "").code()).isEqualTo(6);
        assertThat(run("sessions", "--as").code()).isEqualTo(2);
    }
}
