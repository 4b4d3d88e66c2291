package io.twinstore.storage.testkit;

import io.twinstore.storage.ApplicationStore;
import io.twinstore.storage.ConfigStore;
import io.twinstore.storage.SessionStore;
import io.twinstore.storage.SettingsStore;
import io.twinstore.storage.Storage.TransactionWork;
import io.twinstore.storage.Stores;
import io.twinstore.storage.Tail;
import io.twinstore.storage.UserStore;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Stands in front of a store and of every store that it hands out, and lets the saboteur answer the
 * one operation that it breaks.
 *
 * <p>Default methods run on the proxy, not on the store behind it, so that breaking {@code find}
 * breaks {@code get} as well.
 */
final class SabotagedProxy implements InvocationHandler {

    private final Object target;
    private final Saboteur saboteur;

    private SabotagedProxy(Object target, Saboteur saboteur) {
        this.target = target;
        this.saboteur = saboteur;
    }

    static <T> T of(Class<T> type, Object target, Saboteur saboteur) {
        return type.cast(
                Proxy.newProxyInstance(
                        type.getClassLoader(),
                        new Class<?>[] {type},
                        new SabotagedProxy(target, saboteur)));
    }

    @Override
    public @Nullable Object invoke(Object proxy, Method method, Object @Nullable [] args)
            throws Throwable {
        List<@Nullable Object> arguments =
                args == null ? List.of() : new ArrayList<>(Arrays.asList(args));
        Call.Onward onward = changed -> make(proxy, method, changed);
        return isBroken(method)
                ? saboteur.interceptor().answer(new Call(target, arguments, onward))
                : onward.make(arguments);
    }

    private boolean isBroken(Method method) {
        return saboteur.store().isInstance(target)
                && method.getName().equals(saboteur.operation())
                && (!method.isDefault() || isOnlyDefault(method));
    }

    private static boolean isOnlyDefault(Method method) {
        return Arrays.stream(method.getDeclaringClass().getMethods())
                .noneMatch(other -> other.getName().equals(method.getName()) && !other.isDefault());
    }

    private @Nullable Object make(Object proxy, Method method, List<@Nullable Object> arguments)
            throws Throwable {
        if (method.isDefault()) {
            return InvocationHandler.invokeDefault(proxy, method, arguments.toArray());
        }
        @Nullable Object[] passed = arguments.stream().map(this::behindSaboteur).toArray();
        try {
            return inFront(method.invoke(target, passed));
        } catch (InvocationTargetException e) {
            throw e.getTargetException();
        }
    }

    /** What the storage runs for the caller sees sabotaged stores as well. */
    private @Nullable Object behindSaboteur(@Nullable Object argument) {
        if (argument instanceof TransactionWork<?, ?> work) {
            return (TransactionWork<@Nullable Object, Exception>)
                    tx -> work.run(of(Stores.class, tx, saboteur));
        }
        return argument;
    }

    private @Nullable Object inFront(@Nullable Object result) {
        if (result instanceof SessionStore sessions) {
            return of(SessionStore.class, sessions, saboteur);
        }
        if (result instanceof ConfigStore configs) {
            return of(ConfigStore.class, configs, saboteur);
        }
        if (result instanceof ApplicationStore applications) {
            return of(ApplicationStore.class, applications, saboteur);
        }
        if (result instanceof UserStore users) {
            return of(UserStore.class, users, saboteur);
        }
        if (result instanceof SettingsStore settings) {
            return of(SettingsStore.class, settings, saboteur);
        }
        if (result instanceof Tail tail) {
            return of(Tail.class, tail, saboteur);
        }
        return result instanceof Stores stores ? of(Stores.class, stores, saboteur) : result;
    }
}
