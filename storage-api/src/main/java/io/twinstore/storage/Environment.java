package io.twinstore.storage;

import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Variables by name, where {@code TWINSTORE_X} stands in for {@code X}, an empty one is as good as
 * none, and white space around a value is not part of it. Only a password is taken as it is.
 */
final class Environment {

    static final String PREFIX = "TWINSTORE_";

    private final Map<String, String> variables;

    Environment(Map<String, String> variables) {
        this.variables = Map.copyOf(variables);
    }

    /**
     * A variable that is set.
     *
     * @param name its whole name, with the prefix if it has one
     * @param value what it holds
     * @param prefixed whether the name has the prefix
     */
    record Variable(String name, String value, boolean prefixed) {

        @Override
        public String toString() {
            return name;
        }
    }

    /** Returns the variable, without white space around its value. */
    Optional<Variable> find(String name) {
        return lookUp(name, true);
    }

    /** Returns the variable with its value as it is. */
    Optional<Variable> findVerbatim(String name) {
        return lookUp(name, false);
    }

    /**
     * Returns the names, without the prefix and in order, of the variables that are set and whose
     * name passes.
     */
    Stream<String> names(Predicate<String> passes) {
        TreeSet<String> names = new TreeSet<>();
        variables.keySet().stream()
                .map(Environment::withoutPrefix)
                .filter(passes)
                .filter(name -> find(name).isPresent())
                .forEach(names::add);
        return names.stream();
    }

    private static String withoutPrefix(String name) {
        return name.startsWith(PREFIX) ? name.substring(PREFIX.length()) : name;
    }

    private Optional<Variable> lookUp(String name, boolean strip) {
        return Stream.of(PREFIX + name, name)
                .filter(variables::containsKey)
                .map(n -> new Variable(n, value(n, strip), n.startsWith(PREFIX)))
                .filter(v -> !v.value().isEmpty())
                .findFirst();
    }

    private String value(String name, boolean strip) {
        String value = variables.getOrDefault(name, "");
        return strip ? value.strip() : value;
    }
}
