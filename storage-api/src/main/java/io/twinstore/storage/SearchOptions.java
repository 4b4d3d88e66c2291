package io.twinstore.storage;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Whether this process searches and indexes, and in which language. The language belongs to the
 * database: the first storage that names one, or searches, decides.
 */
public final class SearchOptions {

    private static final SearchOptions STANDARD = new SearchOptions(true, null);
    private static final SearchOptions OFF = new SearchOptions(false, null);

    private final boolean on;
    private final @Nullable SearchLanguage language;

    private SearchOptions(boolean on, @Nullable SearchLanguage language) {
        this.on = on;
        this.language = language;
    }

    /**
     * Returns options that take the database's language, {@code ENGLISH} where it has none yet. The
     * storage indexes from its first search on, and a process that never searches pays for no
     * index.
     */
    public static SearchOptions standard() {
        return STANDARD;
    }

    /**
     * Returns options that insist on a language: a database of another one is refused. The storage
     * indexes from its opening on.
     */
    public static SearchOptions in(SearchLanguage language) {
        return new SearchOptions(true, language);
    }

    /**
     * Returns options of a process that neither searches nor indexes. What it writes is noted as
     * not indexed, so that searches of other processes find it all the same.
     */
    public static SearchOptions off() {
        return OFF;
    }

    /** Returns whether this process searches and indexes. */
    public boolean isOn() {
        return on;
    }

    /** Returns the language to insist on, or nothing. */
    public Optional<SearchLanguage> language() {
        return Optional.ofNullable(language);
    }

    /** Shows the value of {@code STORAGE_SEARCH}, or {@code standard}. */
    @Override
    public String toString() {
        if (!on) {
            return "off";
        }
        return language == null
                ? "standard"
                : language == SearchLanguage.ENGLISH ? "english" : "neutral";
    }
}
