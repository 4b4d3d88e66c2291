package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Secret;
import io.twinstore.storage.Storage;
import io.twinstore.storage.StorageOptions;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands about applications, settings and users, on the embedded database. */
class AppsCommandTest {

    @TempDir Path folder;

    private Path database = Path.of("");

    @BeforeEach
    void makeTheDatabase() {
        database = folder.resolve("apps.db");
        try (Storage storage = Storage.open(StorageOptions.sqlite(database))) {
            storage.users().seen(UserId.of("ada\u001b[2J"), AppId.of("web"));
        }
    }

    private Run run(String... args) {
        return Run.of(Map.of("DB_TYPE", "sqlite", "SQLITE_DB_PATH", database.toString()), args);
    }

    private boolean signsIn(String key) {
        try (Storage storage = Storage.open(StorageOptions.sqlite(database))) {
            return storage.applications().authenticate(Secret.of(key)).isPresent();
        }
    }

    @Test
    void aKeyIsPrintedOnceAndOnStandardOutputAlone() {
        Run create = run("apps", "create", "Web", "--id", "web", "--json");
        assertThat(create.code()).as(create.err()).isZero();
        String key = create.field("/key");
        assertThat(create.field("/application/id")).isEqualTo("web");
        assertThat(key).startsWith(create.field("/application/keyPrefix"));
        assertThat(create.err()).contains("keep the key").doesNotContain(key);
        assertThat(signsIn(key)).isTrue();

        for (Run later :
                new Run[] {
                    run("apps", "show", "web"),
                    run("apps", "show", "web", "--json"),
                    run("apps", "list"),
                    run("apps", "list", "--json"),
                    run("apps", "create", "Web", "--id", "web", "--stacktrace")
                }) {
            assertThat(later.out() + later.err()).doesNotContain(key);
        }
    }

    @Test
    void aPersonIsToldToKeepTheKey() {
        Run create = run("apps", "create", "Web \u001b[2J", "--settings", "{\"rate\":60}");
        assertThat(create.err()).isEmpty();
        assertThat(create.out())
                .contains("twk_", "Keep it: it cannot be shown again.", "{\"rate\": 60}", "(found)")
                .doesNotContain("\u001b");
    }

    @Test
    void keysAreRotatedAndApplicationsSwitchedOff() {
        String first = run("apps", "create", "Web", "--id", "web", "--json").field("/key");
        String second = run("apps", "rotate", "web", "--json").field("/key");
        assertThat(signsIn(first)).as("the first in its day").isTrue();

        assertThat(run("apps", "deactivate", "web", "--json").field("/application/active"))
                .isEqualTo("false");
        assertThat(signsIn(second)).as("inactive").isFalse();
        assertThat(run("apps", "activate", "web").out()).contains("yes");
        assertThat(signsIn(second)).as("active again").isTrue();

        String third = run("apps", "rotate", "web", "--overlap", "0", "--json").field("/key");
        assertThat(signsIn(second)).as("the second, at once").isFalse();
        assertThat(signsIn(third)).as("the third").isTrue();
        assertThat(run("apps", "delete", "web", "--json").field("/deleted")).isEqualTo("web");
        assertThat(signsIn(third)).as("of a deleted one").isFalse();
        assertThat(run("apps", "list").out()).contains("No applications here");
    }

    @Test
    void whatIsWrongIsSaid() {
        assertRefused("application", "apps", "show", "nosuch");
        assertRefused("application", "apps", "delete", "nosuch");
        assertRefused("--overlap must be", "apps", "rotate", "web", "--overlap", "soon");
        assertRefused("zero to 365 days", "apps", "rotate", "web", "--overlap", "366d");
        assertRefused("settings", "apps", "create", "Web", "--settings", "[]");
        assertRefused("--limit must be", "apps", "list", "--limit", "0");
        assertRefused("setting", "settings", "get", "nosuch");
        assertRefused("setting", "settings", "delete", "nosuch");
        assertThat(run("apps").code()).isEqualTo(2);
        assertThat(run("settings").err()).contains("Missing subcommand");
        assertThat(run("settings", "put", "only-a-key").code()).isEqualTo(2);
    }

    private void assertRefused(String part, String... args) {
        Run run = run(args);
        assertThat(run.code()).as(run.err()).isEqualTo(6);
        assertThat(run.err()).contains(part);
        assertThat(run.out()).isEmpty();
    }

    @Test
    void settingsArePutReadAndRemoved() {
        assertThat(run("settings", "list").out()).contains("No settings here");
        Run put = run("settings", "put", "theme", "{\"dark\":true}", "--scope", "team", "--json");
        assertThat(put.field("/setting/scope")).isEqualTo("team");
        assertThat(run("settings", "put", "theme", "null", "--json").field("/setting/scope"))
                .as("the scope, kept")
                .isEqualTo("team");
        run("settings", "put", "limit", "10");

        assertThat(run("settings", "get", "theme").out()).contains("null", "team", "(found)");
        assertThat(run("settings", "get", "limit", "--json").field("/setting/value"))
                .isEqualTo("10");
        Run team = run("settings", "list", "--scope", "team", "--json");
        assertThat(team.field("/settings/0/key")).isEqualTo("theme");
        assertThat(team.json().at("/settings/1")).isEmpty();
        Run page = run("settings", "list", "--limit", "1", "--json");
        assertThat(page.field("/settings/0/key")).isEqualTo("limit");
        Run next = run("settings", "list", "--limit", "1", "--cursor", page.field("/nextCursor"));
        assertThat(next.out()).contains("theme").doesNotContain("limit");
        assertThat(run("settings", "list", "--limit", "1").out()).contains("--cursor");
        assertThat(run("settings", "delete", "theme").out()).contains("theme, deleted");
        assertThat(run("settings", "get", "theme").code()).isEqualTo(6);
    }

    @Test
    void usersAreListed() {
        assertThat(run("users").out()).contains("ada", "0 sessions").doesNotContain("\u001b");
        assertThat(run("users", "--json").field("/users/0/lastSeenApp")).isEqualTo("web");
    }
}
