package io.twinstore.storage.testkit;

import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.Page;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.UserStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A call that a saboteur caught on its way to the honest store.
 *
 * @param target the honest store or storage
 * @param arguments what it was called with
 * @param onward makes the call
 */
record Call(Object target, List<@Nullable Object> arguments, Onward onward) {

    /** Makes the call with these arguments. */
    @FunctionalInterface
    interface Onward {
        @Nullable Object make(List<@Nullable Object> arguments) throws Throwable;
    }

    /** Makes the call as it was meant. */
    @Nullable Object proceed() throws Throwable {
        return onward.make(arguments);
    }

    /** Makes the call of a list as it was meant. */
    Page<?> proceedToPage() throws Throwable {
        return (Page<?>) Objects.requireNonNull(proceed());
    }

    /** Makes the call with this value in place of the argument of its class. */
    @Nullable Object proceedWith(Object replacement) throws Throwable {
        return onward.make(
                arguments.stream()
                        .<@Nullable Object>map(a -> isOneOf(a, replacement) ? replacement : a)
                        .toList());
    }

    /** Makes the call with this value in place of the argument at this index. */
    @Nullable Object proceedAt(int index, Object replacement) throws Throwable {
        List<@Nullable Object> changed = new ArrayList<>(arguments);
        changed.set(index, replacement);
        return onward.make(changed);
    }

    private static boolean isOneOf(@Nullable Object argument, Object replacement) {
        return argument != null
                && (argument.getClass() == replacement.getClass()
                        || (argument instanceof List && replacement instanceof List));
    }

    /** Returns the argument of this type. */
    <T> T arg(Class<T> type) {
        return arguments.stream()
                .filter(type::isInstance)
                .map(type::cast)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("No " + type + " in the call."));
    }

    /** Returns the honest session store. */
    SessionStore sessions() {
        return (SessionStore) target;
    }

    /** Returns the honest application store. */
    ApplicationStore applications() {
        return (ApplicationStore) target;
    }

    /** Returns the honest user store. */
    UserStore users() {
        return (UserStore) target;
    }

    /** Returns the honest settings store. */
    SettingsStore settings() {
        return (SettingsStore) target;
    }

    /** Returns the honest config store. */
    ConfigStore configs() {
        return (ConfigStore) target;
    }
}
