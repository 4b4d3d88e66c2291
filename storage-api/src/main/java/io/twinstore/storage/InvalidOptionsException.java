package io.twinstore.storage;

import java.util.List;

/**
 * The options, or the environment they were read from, do not say which database to open; all
 * problems at once.
 */
public final class InvalidOptionsException extends StorageException {

    private static final long serialVersionUID = 1L;

    // An array, since exceptions are serializable and a List need not be.
    private final String[] problems;

    /**
     * @param problems one sentence per problem, free of secrets, in the order found; at least one
     */
    public InvalidOptionsException(List<String> problems) {
        super(ErrorCode.INVALID_OPTIONS, message(problems));
        this.problems = problems.toArray(String[]::new);
    }

    /** Returns one sentence per problem. */
    public List<String> problems() {
        return List.of(problems);
    }

    private static String message(List<String> problems) {
        return problems.size() == 1
                ? problems.get(0)
                : problems.size()
                        + " problems with the storage options:\n- "
                        + String.join("\n- ", problems);
    }
}
