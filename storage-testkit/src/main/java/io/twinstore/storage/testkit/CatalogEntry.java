package io.twinstore.storage.testkit;

import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.util.Set;

/**
 * A clause as it is found in the code.
 *
 * @param group the class that it stands in
 * @param method the method that checks it
 */
record CatalogEntry(String id, Level level, Set<Capability> needs, Class<?> group, Method method) {

    static CatalogEntry of(Method method) {
        Clause clause = method.getAnnotation(Clause.class);
        method.setAccessible(true);
        return new CatalogEntry(
                clause.id(),
                clause.level(),
                Set.of(clause.needs()),
                method.getDeclaringClass(),
                method);
    }

    /** Checks the clause in this context, throwing what it throws. */
    void check(ClauseContext context) throws Exception {
        try {
            Constructor<?> constructor = group.getDeclaredConstructor();
            constructor.setAccessible(true);
            method.invoke(constructor.newInstance(), context);
        } catch (InvocationTargetException e) {
            if (e.getTargetException() instanceof Error error) {
                throw error;
            }
            throw (Exception) e.getTargetException();
        }
    }
}
