package io.twinstore.storage.integration;

import static io.twinstore.storage.AppendOptions.once;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.Message;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NewMessage;
import io.twinstore.storage.NewSession;
import io.twinstore.storage.Session;
import io.twinstore.storage.Storage;
import io.twinstore.storage.UserId;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, run. {@code DocumentedSamplesTest} keeps the README's copy equal. */
class ReadmeExampleTest {

    private final List<Message> rendered = new ArrayList<>();

    @Test
    void theExampleOfTheReadmeRuns(@TempDir Path folder) {
        Map<String, String> environment =
                Map.of("SQLITE_DB_PATH", folder.resolve("readme.db").toString());
        var StorageOptions = new Environment(environment);
        // region host
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            Config bot =
                    storage.configs().create(NewConfig.named("support-bot").yaml("model: small"));
            Session session =
                    storage.sessions().create(NewSession.on(bot.id()).owner(UserId.of("auth0|42")));
            storage.sessions()
                    .append(session.id(), List.of(NewMessage.user("Hello")), once("request-17"));
            for (Message message : storage.sessions().lastMessages(session.id(), 50)) {
                render(message);
            }
        }
        // endregion
        assertThat(rendered)
                .singleElement()
                .satisfies(
                        message -> {
                            assertThat(message.sequence()).isEqualTo(1);
                            assertThat(message.role()).isEqualTo("user");
                            assertThat(message.body().text())
                                    .isEqualTo("{\"role\":\"user\",\"content\":\"Hello\"}");
                        });
    }

    private void render(Message message) {
        rendered.add(message);
    }

    /** Stands in for the process's environment, which a test cannot set. */
    private record Environment(Map<String, String> variables) {
        io.twinstore.storage.StorageOptions fromEnvironment() {
            return io.twinstore.storage.StorageOptions.fromEnvironment(variables);
        }
    }
}
