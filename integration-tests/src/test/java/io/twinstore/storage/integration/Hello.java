package io.twinstore.storage.integration;

// region host
import static io.twinstore.storage.AppendOptions.once;

import io.twinstore.storage.*;
import java.util.List;

class Hello {

    public static void main(String[] args) {
        try (Storage storage = Storage.open(StorageOptions.fromEnvironment())) {
            Config bot = storage.configs().create(NewConfig.named("bot").yaml("model: small"));
            Session session =
                    storage.sessions().create(NewSession.on(bot.id()).owner(UserId.of("ada")));
            storage.sessions()
                    .append(session.id(), List.of(NewMessage.user("Hello")), once("request-17"));
            for (Message message : storage.sessions().lastMessages(session.id(), 50)) {
                Object content = message.body().at("/content").map(Json::toJava).orElse("");
                System.out.println(message.role() + ": " + content);
            }
        }
    }
}
// endregion
