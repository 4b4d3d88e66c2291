package io.twinstore.storage.integration;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.NewMessage;
import io.twinstore.storage.Storage;
import io.twinstore.storage.Stores;
import io.twinstore.storage.testkit.TestDatabase;
import java.lang.reflect.Array;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Every public operation of every store tells the meters once, under the name of its store and of
 * itself; one that is added later is found here without being listed.
 */
class EveryOperationIsMeasuredTest {

    private final List<String> told = new ArrayList<>();

    @Test
    void everyOperationTellsOnce() throws ReflectiveOperationException {
        try (TestDatabase database = new SqliteHarness().newDatabase();
                Storage storage =
                        Storage.open(
                                database.options().toBuilder()
                                        .metrics((operation, outcome, nanos) -> told.add(operation))
                                        .build())) {
            int operations = 0;
            for (Method store : Stores.class.getMethods()) {
                operations += check(store.getName(), store.getReturnType(), store.invoke(storage));
            }
            assertThat(operations).isGreaterThan(60);
        }
    }

    private int check(String name, Class<?> type, Object store)
            throws ReflectiveOperationException {
        int operations = 0;
        for (Method method : type.getMethods()) {
            if (Modifier.isStatic(method.getModifiers()) || method.getReturnType() == type) {
                continue;
            }
            told.clear();
            call(method, store);
            assertThat(told)
                    .describedAs("what the meters were told of %s", method)
                    .containsExactly(name + "." + method.getName());
            operations++;
        }
        return operations;
    }

    /** A default method makes a list of its message, which takes one. */
    private static Object argument(Class<?> type) {
        return type == NewMessage.class
                ? NewMessage.user("hello")
                : Array.get(Array.newInstance(type, 1), 0);
    }

    /** Calls with nothing for almost every argument: how the call ends does not matter. */
    private static void call(Method method, Object store) throws IllegalAccessException {
        try {
            method.setAccessible(true);
            method.invoke(
                    store,
                    Arrays.stream(method.getParameterTypes())
                            .map(EveryOperationIsMeasuredTest::argument)
                            .toArray());
        } catch (InvocationTargetException e) {
            assertThat(e.getCause()).isInstanceOf(RuntimeException.class);
        }
    }
}
