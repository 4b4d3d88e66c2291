package io.twinstore.storage.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

/** Configs: listing and counting them. Every filter has rows that must just miss. */
final class ConfigListClauses {

    private static ConfigId create(ClauseContext given, NewConfig config) {
        return given.configs().create(config.id(given.configId())).id();
    }

    private static List<ConfigId> ids(ClauseContext given, ConfigFilter filter) {
        List<ConfigId> ids =
                given.configs().list(filter, PageRequest.first()).items().stream()
                        .map(Config::id)
                        .toList();
        assertThat(given.configs().count(filter))
                .as("count, where the list has %s", ids)
                .isEqualTo(ids.size());
        return ids;
    }

    @Clause(id = "CFG-LIST-001")
    void newestUpdateFirst(ClauseContext given) {
        String name = given.unique("listed");
        List<ConfigId> created = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            created.add(create(given, NewConfig.named(name)));
            given.clock().move(Duration.ofSeconds(1));
        }
        given.configs().update(created.get(0), ConfigUpdate.nothing());

        assertThat(ids(given, ConfigFilter.all().named(name)))
                .containsExactly(created.get(0), created.get(2), created.get(1));
    }

    @Clause(id = "CFG-LIST-002")
    void tiesByIdDescending(ClauseContext given) {
        String name = given.unique("tied");
        // U+FF5E sorts behind the surrogates of an emoji when UTF-16 units are compared.
        List<ConfigId> ascending = new ArrayList<>();
        for (String end : List.of("B", "a", "b", "\u00E4", "\uFF5E", Samples.EMOJI)) {
            ConfigId id = ConfigId.of(name + end);
            given.configs().create(NewConfig.named(name).id(id));
            ascending.add(id);
        }
        Collections.reverse(ascending);

        assertThat(ids(given, ConfigFilter.all().named(name))).isEqualTo(ascending);
    }

    @Clause(id = "CFG-LIST-003")
    void pagesAreDisjointAndComplete(ClauseContext given) {
        String name = given.unique("paged");
        for (int i = 0; i < 10; i++) {
            create(given, NewConfig.named(name));
            given.clock().move(Duration.ofMillis(i % 3));
        }
        ConfigFilter filter = ConfigFilter.all().named(name);

        for (int size : new int[] {1, 3, 5, 10, 1000}) {
            assertThat(Expect.walk(size, page -> given.configs().list(filter, page)))
                    .as("all pages of %s", size)
                    .extracting(Config::id)
                    .isEqualTo(ids(given, filter));
        }
    }

    @Clause(id = "CFG-LIST-004")
    void filtersByExactName(ClauseContext given) {
        String name = given.unique("Name_%");
        for (String near :
                List.of(
                        name + " ",
                        " " + name,
                        name + "0",
                        name.toLowerCase(Locale.ROOT),
                        name.replace('_', 'x'))) {
            create(given, NewConfig.named(near));
        }
        ConfigId exact = create(given, NewConfig.named(name));

        assertThat(ids(given, ConfigFilter.all().named(name))).containsExactly(exact);
    }

    @Clause(id = "CFG-LIST-005")
    void filtersByTagsContained(ClauseContext given) {
        String mark = given.unique("mark");
        ConfigId exact = create(given, tagged(mark, "\"env\":\"dev\",\"ports\":[1,2]"));
        ConfigId more =
                create(given, tagged(mark, "\"x\":null,\"env\":\"dev\",\"ports\":[2,3,1.0]"));
        create(given, tagged(mark, "\"env\":\"develop\",\"ports\":[1,2]"));
        create(given, tagged(mark, "\"env\":[\"dev\"],\"ports\":[1,2]"));
        create(given, tagged(mark, "\"env\":\"dev\",\"ports\":[1,3]"));
        create(given, tagged(mark, "\"env\":\"dev\",\"ports\":[\"1\",\"2\"]"));
        create(given, tagged(mark, "\"deep\":{\"env\":\"dev\",\"ports\":[1,2]}"));

        Json sought = tags(mark, "\"ports\":[2,1],\"env\":\"dev\"");
        assertThat(ids(given, ConfigFilter.all().tagged(sought)))
                .containsExactlyInAnyOrder(exact, more);
        assertThat(ids(given, ConfigFilter.all().tagged(tags(mark, "\"env\":\"prod\"")))).isEmpty();
    }

    private static NewConfig tagged(String mark, String members) {
        return NewConfig.named("tagged").tags(tags(mark, members));
    }

    private static Json tags(String mark, String members) {
        return Json.of("{\"mark\":\"" + mark + "\"," + members + "}");
    }

    @Clause(id = "CFG-LIST-006")
    void filtersByVisibility(ClauseContext given) {
        ConfigFilter named = ConfigFilter.all().named(given.unique("seen"));
        String name = Objects.requireNonNull(named.name());
        ConfigId live = create(given, NewConfig.named(name));
        ConfigId deleted = create(given, NewConfig.named(name));
        given.configs().delete(deleted);
        ConfigId restored = create(given, NewConfig.named(name));
        given.configs().delete(restored);
        given.configs().restore(restored);

        assertThat(ids(given, named)).containsExactlyInAnyOrder(live, restored);
        assertThat(ids(given, named.visibility(Visibility.DELETED))).containsExactly(deleted);
        assertThat(ids(given, named.visibility(Visibility.ANY)))
                .containsExactlyInAnyOrder(live, deleted, restored);
    }

    @Clause(id = "CFG-LIST-007")
    void deletedOnesSayWhen(ClauseContext given) {
        String name = given.unique("deleted");
        ConfigId id = create(given, NewConfig.named(name));
        var deletedAt = given.clock().move(Duration.ofSeconds(5));
        given.configs().delete(id);

        ConfigFilter filter = ConfigFilter.all().named(name).visibility(Visibility.DELETED);
        assertThat(given.configs().list(filter, PageRequest.first()).items())
                .singleElement()
                .extracting(Config::deletedAt)
                .as("deleted at")
                .isEqualTo(deletedAt);
    }

    @Clause(id = "CFG-LIST-008")
    void allConditionsMustHold(ClauseContext given) {
        String name = given.unique("both");
        Json tags = tags(name, "\"a\":1");
        ConfigId both = create(given, NewConfig.named(name).tags(tags));
        create(given, NewConfig.named(name));
        create(given, NewConfig.named("other").tags(tags));

        assertThat(ids(given, ConfigFilter.all().named(name).tagged(tags))).containsExactly(both);
    }

    @Clause(id = "CFG-LIST-009")
    void emptyListIsAPage(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        Page<Config> page = fresh.configs().list(ConfigFilter.all(), PageRequest.first());

        assertThat(page.items()).as("items").isEmpty();
        assertThat(page.next()).as("a next page").isEmpty();
        assertThat(fresh.configs().count(ConfigFilter.all())).as("count").isZero();
    }
}
