package io.twinstore.storage.testkit;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a run of the contract found.
 *
 * @param adapter the name that the harness gave
 * @param clauses one result per clause that ran, in order
 * @param saboteurs one result per saboteur that ran, in order
 * @param gaps what keeps the run from counting, such as clauses of the manifest that did not run
 */
public record ContractReport(
        String adapter,
        List<ClauseResult> clauses,
        List<SaboteurResult> saboteurs,
        List<String> gaps) {

    public ContractReport {
        clauses = List.copyOf(clauses);
        saboteurs = List.copyOf(saboteurs);
        gaps = List.copyOf(gaps);
    }

    /** How a clause fared. */
    public enum Outcome {
        /** The storage keeps it. */
        PASSED,
        /** The storage breaks it. */
        FAILED,
        /** The adapter does not declare what the clause is about. */
        NOT_DECLARED
    }

    /**
     * A clause that ran.
     *
     * @param id its id, such as {@code SES-CREATE-007}
     * @param text what it promises
     * @param level how binding it is
     * @param outcome how it fared
     * @param problem what was wrong, or null
     */
    public record ClauseResult(
            String id, String text, Level level, Outcome outcome, @Nullable String problem) {}

    /**
     * A saboteur that ran.
     *
     * @param clause the clause that it breaks
     * @param deed what it did
     * @param caught whether the clause failed on it, and said why
     * @param detail what the clause said, or what was wrong
     */
    public record SaboteurResult(String clause, String deed, boolean caught, String detail) {}

    /** Returns how many clauses the storage breaks, saboteurs got past and gaps there are. */
    public long failed() {
        return clauses.stream().filter(c -> c.outcome() == Outcome.FAILED).count()
                + saboteurs.stream().filter(s -> !s.caught()).count()
                + gaps.size();
    }

    /** Returns whether the storage keeps the contract, and the run proves it. */
    public boolean passed() {
        return failed() == 0;
    }

    /**
     * Returns one line, such as {@code Contract on sqlite: 112 clauses, 118 saboteurs caught, 0
     * failed}.
     */
    public String summary() {
        return "Contract on %s: %d clauses, %d saboteurs caught, %d failed"
                .formatted(
                        adapter,
                        clauses.size(),
                        saboteurs.stream().filter(SaboteurResult::caught).count(),
                        failed());
    }
}
