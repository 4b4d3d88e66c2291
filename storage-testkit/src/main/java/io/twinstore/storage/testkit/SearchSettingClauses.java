package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Searches.bury;
import static io.twinstore.storage.testkit.Searches.found;
import static io.twinstore.storage.testkit.Searches.message;
import static io.twinstore.storage.testkit.Searches.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.twinstore.storage.InvalidOptionsException;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.SearchLanguage;
import io.twinstore.storage.SearchOptions;
import io.twinstore.storage.SearchScope;
import io.twinstore.storage.SessionId;
import io.twinstore.storage.Storage;

/** The language of a storage, and processes that do not search. */
final class SearchSettingClauses {

    @Clause(id = "SRC-LANG-001", needs = Capability.SEARCH)
    void englishUnlessSaidOtherwise(ClauseContext given) {
        SessionId id = given.session().id();
        say(given, id, "the foxes were running");

        assertThat(found(given, id, "fox run")).as("what is found by stems").hasSize(1);
        bury(given, id);
        assertThat(found(given, id, "fox run")).as("what is found by stems").hasSize(1);
        assertThat(found(given, id, "runner")).as("what is found by another word").isEmpty();
    }

    @Clause(id = "SRC-LANG-002", needs = Capability.SEARCH)
    void languageStaysWithTheDatabase(ClauseContext given) {
        ClauseContext own = given.fresh();
        Storage first = own.open(options -> options.search(in(SearchLanguage.NEUTRAL)));
        assertThat(first).isNotNull();
        SessionId id = own.session().id();
        say(own, id, "the foxes were running");

        assertThat(found(own, id, "fox")).as("what is found by a stem").isEmpty();
        assertThat(found(own, id, "FOXES")).as("what is found as it stands").hasSize(1);
        Expect.thrown(
                InvalidOptionsException.class,
                () -> own.open(options -> options.search(in(SearchLanguage.ENGLISH))));
        Expect.answer(() -> own.open(options -> options.search(in(SearchLanguage.NEUTRAL))));
        Expect.answer(() -> own.open(options -> options.search(SearchOptions.standard())));
    }

    private static SearchOptions in(SearchLanguage language) {
        return SearchOptions.in(language);
    }

    @Clause(id = "SRC-LANG-003", needs = Capability.SEARCH)
    void languageIsChangedByIndexingAnew(ClauseContext given) {
        ClauseContext own = given.fresh();
        SessionId id = own.session().id();
        say(own, id, "the foxes were running");
        bury(own, id);
        Storage another = own.open(options -> options);
        assertThat(found(own, id, "fox")).as("what is found before").hasSize(1);
        assertThat(another.sessions().search("fox", SearchScope.all(), first()).hits())
                .as("what another storage finds before")
                .hasSize(1);

        own.storage().reindex(SearchLanguage.NEUTRAL);
        for (int round = 0; round < 2; round++) {
            assertThat(found(own, id, "fox")).as("what is found by a stem").isEmpty();
            assertThat(found(own, id, "foxes")).as("what is found as it stands").hasSize(1);
            assertThat(another.sessions().search("fox", SearchScope.all(), first()).hits())
                    .as("what another storage finds by a stem")
                    .isEmpty();
            assertThat(another.sessions().search("foxes", SearchScope.all(), first()).hits())
                    .as("what another storage finds")
                    .hasSize(1);
            say(own, id, "more");
            bury(own, id);
        }
        Expect.thrown(
                InvalidOptionsException.class,
                () -> own.open(options -> options.search(in(SearchLanguage.ENGLISH))));
    }

    private static PageRequest first() {
        return PageRequest.first();
    }

    @Clause(id = "SRC-OFF-001", needs = Capability.SEARCH)
    void processesThatDoNotSearchHideNothing(ClauseContext given) {
        SessionId id = given.session().id();
        String w = Searches.word(given);
        bury(given, id);
        assertThat(found(given, id, w)).as("what is found at first").isEmpty();
        Storage off = given.open(options -> options.search(SearchOptions.off()));
        off.sessions().append(id, message(w));

        assertThat(found(given, id, w)).as("what is found of what it appended").hasSize(1);
        Expect.thrown(
                InvalidOptionsException.class,
                () -> off.sessions().search(w, SearchScope.all(), first()));
        Expect.thrown(InvalidOptionsException.class, () -> off.reindex(SearchLanguage.ENGLISH));
    }

    @Clause(id = "SRC-CAP-001")
    void isThereIfDeclared(ClauseContext given) {
        boolean declared = given.harness().capabilities().contains(Capability.SEARCH);

        Throwable refusal =
                catchThrowable(() -> given.sessions().search("a", SearchScope.all(), first()));

        if (declared) {
            assertThat(refusal).as("what a declared capability throws").isNull();
        } else {
            assertThat(refusal)
                    .as("what a capability that is not declared throws")
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
