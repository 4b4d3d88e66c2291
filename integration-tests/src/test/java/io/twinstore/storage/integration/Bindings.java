package io.twinstore.storage.integration;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.lang.reflect.ParameterizedType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;

/** Whether the parameters of a SQL Object's method and those of its statement are the same. */
final class Bindings {

    private Bindings() {}

    static List<String> problems(String place, Method method, List<String> named, String sql) {
        List<String> problems = new ArrayList<>();
        Set<String> given = new HashSet<>();
        boolean any = false;
        for (Parameter parameter : method.getParameters()) {
            if (parameter.isAnnotationPresent(Define.class)) {
                String name = parameter.getAnnotation(Define.class).value();
                if (!sql.contains("<" + name + ">")) {
                    problems.add(place + " defines '" + name + "' and does not use it");
                }
            } else if (parameter.isAnnotationPresent(BindMap.class)) {
                any = true;
            } else if (parameter.isAnnotationPresent(BindMethods.class)) {
                Arrays.stream(bound(parameter).getMethods())
                        .filter(m -> m.getParameterCount() == 0)
                        .forEach(m -> given.add(m.getName()));
            } else {
                given.add(parameter.getName());
                if (!named.contains(parameter.getName())) {
                    problems.add(place + " does not use its " + parameter.getName());
                }
            }
        }
        boolean complete = any;
        new HashSet<>(named)
                .stream()
                        .filter(name -> !complete && !given.contains(name))
                        .forEach(name -> problems.add(place + " is not given :" + name));
        return problems;
    }

    /** The type of what a batch binds one after the other, or of the parameter itself. */
    private static Class<?> bound(Parameter parameter) {
        return parameter.getParameterizedType() instanceof ParameterizedType many
                        && many.getActualTypeArguments()[0] instanceof Class<?> element
                ? element
                : parameter.getType();
    }
}
