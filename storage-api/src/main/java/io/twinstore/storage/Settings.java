package io.twinstore.storage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.IntFunction;
import org.jspecify.annotations.Nullable;

/**
 * Brings together the values that several sources give for one setting. What is meant for Twinstore
 * alone outranks the rest; equals in rank must agree. What is wrong is collected, not thrown, so
 * that all of it is told at once.
 */
final class Settings {

    private final Map<Setting, List<Candidate>> candidates = new EnumMap<>(Setting.class);
    private final List<String> problems;

    Settings(List<String> problems) {
        this.problems = problems;
    }

    void offer(Setting setting, Candidate candidate) {
        candidates.computeIfAbsent(setting, s -> new ArrayList<>()).add(candidate);
    }

    /** Offers what the variables of a setting say. */
    void offer(Setting setting, Environment environment) {
        for (String name : setting.variables()) {
            (setting.secret() ? environment.findVerbatim(name) : environment.find(name))
                    .ifPresent(v -> offer(setting, Candidate.variable(v, setting.secret())));
        }
    }

    /**
     * Returns the value that counts, or nothing; says so where two that count alike contradict each
     * other.
     */
    Optional<Candidate> pick(Setting setting) {
        List<Candidate> given = candidates.getOrDefault(setting, List.of());
        boolean prefixed = given.stream().anyMatch(Candidate::prefixed);
        List<Candidate> counting = given.stream().filter(c -> c.prefixed() == prefixed).toList();
        Optional<Candidate> first = counting.stream().findFirst();
        first.flatMap(
                        f ->
                                counting.stream()
                                        .filter(c -> !setting.same(f.value(), c.value()))
                                        .findFirst())
                .ifPresent(other -> problems.add(contradiction(setting, first.get(), other)));
        return first;
    }

    /** Returns the text that counts, or the fallback where there is none or it breaks the rule. */
    String text(Setting setting, String fallback, Function<String, @Nullable String> rule) {
        return pick(setting)
                .filter(c -> keeps(setting, c, rule.apply(c.value())))
                .map(Candidate::value)
                .orElse(fallback);
    }

    /**
     * Returns the whole number that counts, or the fallback where there is none or it breaks the
     * rule.
     */
    int number(Setting setting, int fallback, IntFunction<@Nullable String> rule) {
        Optional<Candidate> candidate = pick(setting);
        int number = candidate.map(c -> number(c.value())).orElse(fallback);
        return candidate.isEmpty() || keeps(setting, candidate.get(), rule.apply(number))
                ? number
                : fallback;
    }

    boolean isOffered(Setting setting) {
        return candidates.containsKey(setting);
    }

    /** Returns how many problems were found so far. */
    int problems() {
        return problems.size();
    }

    void problem(String sentence) {
        problems.add(sentence);
    }

    private boolean keeps(Setting setting, Candidate candidate, @Nullable String violated) {
        if (violated != null) {
            problems.add(candidate.subject(setting) + " must be " + violated + candidate.was());
        }
        return violated == null;
    }

    /**
     * What is not a number, or not one that a setting could have, is -1, which every rule refuses.
     */
    private static int number(String text) {
        return text.matches("\\d{1,9}") ? Integer.parseInt(text) : -1;
    }

    private static String contradiction(Setting setting, Candidate left, Candidate right) {
        return left.sourceAndValue()
                + " and "
                + right.sourceAndValue()
                + " contradict each other about the "
                + setting.noun()
                + ": remove one, or make them agree.";
    }
}
