package io.twinstore.storage.jdbi;

/**
 * How an adapter asks whether a stored document contains another, in the sense of PostgreSQL's
 * {@code @>}.
 */
@FunctionalInterface
public interface FilterSql {

    /**
     * Returns the condition.
     *
     * @param column the column of the stored document
     * @param parameter the name of the parameter that holds the document it must contain
     */
    String contains(String column, String parameter);
}
