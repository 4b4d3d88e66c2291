package io.twinstore.storage;

/** What a JSON document is at its top: one of the six kinds of RFC 8259. */
public enum JsonKind {
    OBJECT,
    ARRAY,
    STRING,
    NUMBER,
    BOOLEAN,
    NULL
}
