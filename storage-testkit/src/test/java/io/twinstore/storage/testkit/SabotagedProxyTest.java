package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Storage;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A saboteur is in front of every way to the store that it breaks. */
class SabotagedProxyTest {

    private static final ConfigId EVEN = ConfigId.of("2");

    private final Storage honest = new CountingStorage().open();
    private final Saboteur liar =
            Saboteur.configs("T", "purge", "says yes to all", Deeds.claims(true));

    @Test
    void onTheStorage() {
        assertThat(honest.configs().purge(EVEN)).isFalse();
        assertThat(liar.inFrontOf(honest).configs().purge(EVEN)).isTrue();
    }

    @Test
    void inTransactions() {
        Storage sabotaged = liar.inFrontOf(honest);

        boolean inside = sabotaged.transaction(tx -> tx.configs().purge(EVEN));
        assertThat(inside).isTrue();
    }

    @Test
    void onHostsConnections() {
        Connection connection =
                (Connection)
                        Proxy.newProxyInstance(
                                getClass().getClassLoader(),
                                new Class<?>[] {Connection.class},
                                (proxy, method, args) -> {
                                    throw new UnsupportedOperationException();
                                });

        assertThat(liar.inFrontOf(honest).on(connection).configs().purge(EVEN)).isTrue();
    }

    @Test
    void behindDefaultMethods() {
        Saboteur blind = Saboteur.configs("T", "find", "is blind", call -> Optional.empty());

        assertThatThrownBy(() -> blind.inFrontOf(honest).configs().get(EVEN))
                .isInstanceOf(NotFoundException.class);
    }

    @Test
    void nowhereElse() {
        assertThatThrownBy(() -> liar.inFrontOf(honest).configs().delete(EVEN))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void namesAnOperationThatExists() {
        assertThatThrownBy(() -> Saboteur.configs("T", "explode", "explodes", Call::proceed))
                .hasMessage(ConfigStore.class.getSimpleName() + " has no explode.");
    }
}
