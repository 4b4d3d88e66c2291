package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Secret;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage;
import io.twinstore.storage.User;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import io.twinstore.storage.testkit.StorageHarness;
import io.twinstore.storage.testkit.TestDatabase;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What docs/applications.md shows, on both databases. */
class ApplicationGuideTest {

    static Stream<StorageHarness> harnesses() {
        return Stream.of(new SqliteHarness(), new PostgresHarness());
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void anApplicationSignsIn(StorageHarness harness) {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            String header = create(storage.applications());
            // region authenticate
            Optional<Application> caller = storage.applications().authenticate(Secret.of(header));
            // endregion
            assertThat(caller.map(Application::id)).contains(AppId.of("web"));
            // region rotate
            IssuedKey next = storage.applications().rotateKey(AppId.of("web"), Duration.ofDays(7));
            // endregion
            assertThat(storage.applications().authenticate(next.key())).isPresent();
            assertThat(storage.applications().authenticate(Secret.of(header))).isPresent();
        }
    }

    private static String create(ApplicationStore applications) {
        // region create
        IssuedKey issued =
                applications.create(
                        NewApplication.named("Web shop")
                                .id(AppId.of("web"))
                                .settings(Json.of("{\"rate\":60}")));
        String key = issued.key().reveal(); // hand it over now: it cannot be read again
        // endregion
        return key;
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aPersonIsSeen(StorageHarness harness) {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            storage.configs().create(NewConfig.named("bot").id(ConfigId.of("bot")));
            UserId ada = UserId.of("auth0|42");
            storage.sessions().create(NewSession.on(ConfigId.of("bot")).owner(ada));
            UserStore users = storage.users();
            // region seen
            users.seen(ada, AppId.of("web"));
            users.mergeMetadata(ada, Json.of("{\"name\":\"Ada\",\"plan\":null}"));
            User user = users.get(ada);
            // endregion
            assertThat(user.totalSessions()).isEqualTo(1);
            assertThat(user.metadata().text()).isEqualTo("{\"name\": \"Ada\"}");
        }
    }

    @ParameterizedTest
    @MethodSource("harnesses")
    void aSettingIsChanged(StorageHarness harness) {
        try (TestDatabase database = harness.newDatabase();
                Storage storage = Storage.open(database.options())) {
            SettingsStore settings = storage.settings();
            settings.put("next-invoice", Json.of("17"));
            assertThat(nextInvoice(settings)).isEqualTo(17);
            assertThat(settings.get("next-invoice").value().text()).isEqualTo("18");
        }
    }

    // region compareAndSet
    /** Takes the next number; no two callers get the same. */
    static long nextInvoice(SettingsStore settings) {
        while (true) {
            Json seen = settings.get("next-invoice").value();
            long number = Long.parseLong(seen.text());
            Json next = Json.of(Long.toString(number + 1));
            if (settings.compareAndSet("next-invoice", seen, next)) {
                return number;
            }
        }
    }
    // endregion
}
