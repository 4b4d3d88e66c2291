package io.twinstore.storage.migrate;

/** What both databases take an operand for. */
enum OperandType {
    NULL("NULL"),
    /** SQLite's 0 and 1, PostgreSQL's false and true. */
    BOOLEAN("a truth value"),
    INTEGER("an integer"),
    REAL("a real"),
    TEXT("text"),
    BLOB("a blob"),
    /** Text on one side, {@code timestamptz} on the other: equal where the other is. */
    INSTANT("an instant"),
    /** Only whether it is NULL is the same on both sides. */
    OTHER("a value of another kind");

    private final String noun;

    OperandType(String noun) {
        this.noun = noun;
    }

    String noun() {
        return noun;
    }
}
