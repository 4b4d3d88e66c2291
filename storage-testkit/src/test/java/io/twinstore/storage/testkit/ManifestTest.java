package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** Code and manifest say the same, and every binding clause has something that proves it. */
class ManifestTest {

    private final ClauseCatalog catalog = ClauseCatalog.contract();

    @Test
    void codeAndManifestAgree() {
        assertThat(catalog.manifest().missingIn(catalog.ids())).as("only in clauses.txt").isEmpty();
        assertThat(catalog.manifest().unknownIn(catalog.ids())).as("only in the code").isEmpty();
    }

    @Test
    void idsAreUnique() {
        assertThat(catalog.entries()).extracting(CatalogEntry::id).doesNotHaveDuplicates();
    }

    @Test
    void everyBindingClauseHasASaboteur() {
        assertThat(catalog.unproven()).isEmpty();
    }

    @Test
    void saboteursBreakClausesThatExist() {
        assertThat(catalog.ids())
                .containsAll(catalog.saboteurs().stream().map(Saboteur::clause).toList());
    }
}
