package io.twinstore.storage;

/**
 * How words are brought to the form in which they are searched. A storage has one: the index is
 * made with it, and every query is read with it.
 */
public enum SearchLanguage {
    /**
     * English: words are searched by their stem (Snowball's English stemmer), so that {@code run}
     * finds {@code running}. Words of other languages are found as well, but in the form in which
     * they stand.
     */
    ENGLISH,

    /** No language in particular: words are searched as they stand, but for case and accents. */
    NEUTRAL
}
