package io.twinstore.storage.integration;

import java.lang.annotation.Annotation;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jdbi.v3.core.extension.annotation.UseExtensionHandler;

/**
 * Whether a SQL Object that extends another repeats what Jdbi does not inherit: the annotations of
 * the type, of each overridden method and of its parameters, and the names of those.
 */
final class Overrides {

    private Overrides() {}

    static void audit(Class<?> dao, Class<?> inherited, List<String> problems) {
        repeated(dao.getSimpleName(), inherited, dao, problems);
        for (Method over : dao.getDeclaredMethods()) {
            Arrays.stream(inherited.getMethods())
                    .filter(m -> m.getName().equals(over.getName()))
                    .filter(m -> Arrays.equals(m.getParameterTypes(), over.getParameterTypes()))
                    .forEach(
                            m ->
                                    method(
                                            dao.getSimpleName() + "." + m.getName(),
                                            m,
                                            over,
                                            problems));
        }
    }

    private static void method(String place, Method of, Method over, List<String> problems) {
        repeated(place, of, over, problems);
        for (int i = 0; i < of.getParameterCount(); i++) {
            Parameter theirs = of.getParameters()[i];
            Parameter ours = over.getParameters()[i];
            repeated(place + "(" + ours.getName() + ")", theirs, ours, problems);
            if (!theirs.getName().equals(ours.getName())) {
                problems.add(
                        place + " calls " + theirs.getName() + " by the name " + ours.getName());
            }
        }
    }

    private static void repeated(
            String place, AnnotatedElement of, AnnotatedElement over, List<String> problems) {
        List<Annotation> ours = List.of(over.getAnnotations());
        for (Annotation annotation : of.getAnnotations()) {
            // The statement itself is what an override is there to change.
            if (!annotation.annotationType().isAnnotationPresent(UseExtensionHandler.class)
                    && !ours.contains(annotation)) {
                problems.add(
                        place + " does not repeat @" + annotation.annotationType().getSimpleName());
            }
        }
    }

    /** Returns what the annotation says, by name. */
    static Map<String, Object> members(Annotation annotation) {
        Map<String, Object> members = new TreeMap<>();
        for (Method member : annotation.annotationType().getDeclaredMethods()) {
            try {
                member.setAccessible(true);
                members.put(member.getName(), member.invoke(annotation));
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(annotation.toString(), e);
            }
        }
        return members;
    }
}
