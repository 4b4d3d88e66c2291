package io.twinstore.storage.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.AppendOptions;
import io.twinstore.storage.Appended;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.OutcomeUnknownException;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.StorageException;
import io.twinstore.storage.StorageUnavailableException;
import java.lang.reflect.Proxy;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AppendingTest {

    private static final SessionId SESSION = SessionId.of("s");

    private final Deque<StorageException> failures = new ArrayDeque<>();
    private final Set<String> keys = new LinkedHashSet<>();
    private final List<Long> acknowledged = new ArrayList<>();

    @Test
    void aCallWithoutAReplyIsRepeatedWithItsKey() {
        failures.add(new OutcomeUnknownException(null));
        failures.add(new StorageUnavailableException("Away."));
        Appending appending = appending();
        appending.run(acknowledged::add);
        assertThat(appending.count()).isEqualTo(16);
        assertThat(appending.sentTwice()).isTrue();
        assertThat(acknowledged).hasSize(16).startsWith(1L, 2L).endsWith(16L);
        assertThat(keys).hasSize(16).startsWith("demo-s-1", "demo-s-2");
    }

    @Test
    void whatRepeatingDoesNotHelpIsNotRepeated() {
        failures.add(new NotFoundException("session", "s"));
        assertThatThrownBy(() -> appending().run(acknowledged::add))
                .isInstanceOf(InterruptedAppendException.class)
                .hasCauseInstanceOf(NotFoundException.class);
        assertThat(acknowledged).isEmpty();
    }

    private Appending appending() {
        SessionStore store =
                (SessionStore)
                        Proxy.newProxyInstance(
                                SessionStore.class.getClassLoader(),
                                new Class<?>[] {SessionStore.class},
                                (proxy, method, args) -> append((AppendOptions) args[2]));
        return new Appending(store, SESSION, TranscriptSource.sample());
    }

    /** Applies it, and then loses the reply as often as there are failures left. */
    private Appended append(AppendOptions options) {
        boolean first = keys.add(Objects.requireNonNull(options.idempotencyKey()));
        StorageException failure = failures.poll();
        if (failure != null) {
            throw failure;
        }
        return new Appended(SESSION, keys.size(), keys.size(), !first);
    }
}
