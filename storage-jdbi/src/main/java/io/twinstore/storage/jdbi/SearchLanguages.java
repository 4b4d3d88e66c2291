package io.twinstore.storage.jdbi;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.search.SearchTerms;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The language of the storage's index, as this process knows it. Another process may change it;
 * whoever reads or writes the index compares the epoch.
 */
final class SearchLanguages {

    private final Handles handles;
    private final StoreTools tools;
    private final SearchOptions options;
    private volatile @Nullable Known known;

    /** The terms of a language, and since which epoch it is the index's. */
    record Known(SearchLanguage language, SearchTerms terms, long epoch) {

        static Known of(SearchLanguage language, long epoch) {
            return new Known(language, SearchTerms.of(language), epoch);
        }
    }

    SearchLanguages(Handles handles, StoreTools tools, SearchOptions options) {
        this.handles = handles;
        this.tools = tools;
        this.options = options;
    }

    boolean isOn() {
        return options.isOn();
    }

    /**
     * Refuses to search or index where that is switched off.
     *
     * @throws InvalidOptionsException when it is
     */
    void refuseOff() {
        if (!options.isOn()) {
            throw new InvalidOptionsException(
                    List.of(
                            "Search is switched off in this process: set STORAGE_SEARCH to english"
                                    + " or neutral, or leave it out."));
        }
    }

    /**
     * Chooses the language of a database that has none yet.
     *
     * @throws InvalidOptionsException when the options insist on another than it has
     */
    Known settle() {
        SearchStateRow found = handles.read(handle -> tools.searches(handle).state());
        if (found.language() == null) {
            String chosen = text(options.language().orElse(SearchLanguage.ENGLISH));
            found =
                    handles.write(
                            handle -> {
                                tools.searches(handle).chooseLanguage(chosen);
                                return tools.searches(handle).state();
                            });
        }
        Known now = note(found);
        options.language()
                .filter(wanted -> wanted != now.language())
                .ifPresent(wanted -> refuse(wanted, now.language()));
        return now;
    }

    private static void refuse(SearchLanguage wanted, SearchLanguage found) {
        throw new InvalidOptionsException(
                List.of(
                        "STORAGE_SEARCH is "
                                + text(wanted)
                                + ", but the database is indexed in "
                                + text(found)
                                + ". Leave the setting out to search in "
                                + text(found)
                                + ", or open the storage without it and call"
                                + " reindex("
                                + wanted
                                + ") once, which makes the index anew."));
    }

    /** Returns what is known, settling it where nothing is. */
    Known known() {
        Known now = known;
        return now != null ? now : settle();
    }

    /** Takes the language from a row that was just read, and returns it. */
    Known note(SearchStateRow row) {
        Known before = known;
        if (before != null && before.epoch() == row.epoch()) {
            return before;
        }
        Known now =
                Known.of(
                        row.language() == null
                                ? options.language().orElse(SearchLanguage.ENGLISH)
                                : language(row.language()),
                        row.epoch());
        known = now;
        return now;
    }

    /** Returns the stored form. */
    static String text(SearchLanguage language) {
        return language.name().toLowerCase(Locale.ROOT);
    }

    private static SearchLanguage language(String text) {
        return SearchLanguage.valueOf(text.toUpperCase(Locale.ROOT));
    }
}
