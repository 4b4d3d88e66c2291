package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Configs: creating and finding them. */
final class ConfigClauses {

    @Clause(id = "CFG-CREATE-001")
    void roundTrips(ClauseContext given) {
        ConfigId id = given.configId();
        Json tags = Json.of("{\"env\":\"dev\",\"team\":{\"size\":3}}");
        Config expected =
                new Config(id, "support-bot", "Answers.", "a: 1\n", tags, 1, START, START, null);

        Config created =
                given.configs()
                        .create(
                                NewConfig.named("support-bot")
                                        .id(id)
                                        .description("Answers.")
                                        .yaml("a: 1\n")
                                        .tags(tags));

        Expect.same(created, expected);
        Expect.same(given.configs().get(id), expected);
    }

    @Clause(id = "CFG-CREATE-002")
    void makesIds(ClauseContext given) {
        Config one = given.configs().create(NewConfig.named("a"));
        Config two = given.configs().create(NewConfig.named("a"));

        assertThat(one.id()).as("the id of another config").isNotEqualTo(two.id());
        Expect.same(given.configs().get(one.id()), one);
    }

    @Clause(id = "CFG-CREATE-003")
    void refusesTakenId(ClauseContext given) {
        Config first = given.config();

        Expect.taken(
                "config",
                first.id(),
                () -> given.configs().create(NewConfig.named("other").id(first.id())));

        Expect.same(given.configs().get(first.id()), first);
    }

    @Clause(id = "CFG-CREATE-004")
    void deletedIdStaysTaken(ClauseContext given) {
        Config first = given.config();
        given.configs().delete(first.id());

        Expect.taken(
                "config",
                first.id(),
                () -> given.configs().create(NewConfig.named("other").id(first.id())));
        assertThat(given.configs().find(first.id())).as("the deleted config").isEmpty();
    }

    @Clause(id = "CFG-CREATE-005")
    void keepsYamlByteForByte(ClauseContext given) {
        String yaml = "# Grüße " + Samples.EMOJI + "\r\nb:   1   \na: \"\\u0041\"\n\n\n# end  ";
        Config created = given.configs().create(NewConfig.named("a").yaml(yaml));

        assertThat(given.configs().get(created.id()).yaml()).isEqualTo(yaml);
    }

    @Clause(id = "CFG-CREATE-006")
    void refusesMalformedYaml(ClauseContext given) {
        ConfigId id = given.configId();

        Expect.refused(
                "yaml",
                () -> given.configs().create(NewConfig.named("a").id(id).yaml("a: [1, 2\nb: }")));

        assertThat(given.configs().find(id)).as("what was written").isEmpty();
    }

    @Clause(id = "CFG-CREATE-007")
    void refusesAliasBomb(ClauseContext given) {
        ConfigId id = given.configId();

        Expect.refused(
                "yaml",
                () ->
                        given.configs()
                                .create(NewConfig.named("a").id(id).yaml(Samples.aliasBomb())));

        assertThat(given.configs().find(id)).as("what was written").isEmpty();
    }

    @Clause(id = "CFG-CREATE-008")
    void boundsName(ClauseContext given) {
        String longest = Samples.EMOJI.repeat(255);

        assertThat(given.configs().create(NewConfig.named(longest)).name()).isEqualTo(longest);
        assertThat(given.configs().create(NewConfig.named("x")).name()).isEqualTo("x");
        Expect.refused("name", () -> given.configs().create(NewConfig.named("x".repeat(256))));
        Expect.refused("name", () -> given.configs().create(NewConfig.named("")));
    }

    @Clause(id = "CFG-CREATE-009")
    void boundsDescription(ClauseContext given) {
        String longest = Samples.EMOJI.repeat(10_000);
        Config created = given.configs().create(NewConfig.named("a").description(longest));

        assertThat(given.configs().get(created.id()).description()).isEqualTo(longest);
        Expect.refused(
                "description",
                () -> given.configs().create(NewConfig.named("a").description("x".repeat(10_001))));
    }

    @Clause(id = "CFG-CREATE-010")
    void refusesUnstorableText(ClauseContext given) {
        for (String bad : new String[] {Samples.NUL, Samples.LONE_SURROGATE}) {
            Expect.refused("name", () -> given.configs().create(NewConfig.named(bad)));
            Expect.refused(
                    "description",
                    () -> given.configs().create(NewConfig.named("a").description(bad)));
            Expect.refused(
                    "yaml", () -> given.configs().create(NewConfig.named("a").yaml("# " + bad)));
        }
    }

    @Clause(id = "CFG-CREATE-011")
    void keepsTagsByMeaning(ClauseContext given) {
        String tags =
                "{\"z\":1e2,\"Ä\":[true,null,1.10],\"a\":{\"deep\":{\"b\":\"x\\ny\"}},\"\":\"\"}";
        Config created = given.configs().create(NewConfig.named("a").tags(Json.of(tags)));

        Expect.means(created.tags(), tags);
        Expect.means(given.configs().get(created.id()).tags(), tags);
    }

    @Clause(id = "CFG-CREATE-012")
    void refusesTagsThatCannotBeIndexed(ClauseContext given) {
        ConfigId id = given.configId();
        for (String bad : new String[] {"a\\u0000b", "a\\ud800b"}) {
            Json tags = Json.of("{\"env\":\"dev\",\"deep\":[1,\"" + bad + "\"]}");

            assertThat(
                            Expect.refused(
                                    "tags",
                                    () ->
                                            given.configs()
                                                    .create(
                                                            NewConfig.named("a")
                                                                    .id(id)
                                                                    .tags(tags))))
                    .hasMessageContaining("/deep/1");
        }
        assertThat(given.configs().find(id)).as("what was written").isEmpty();
    }

    @Clause(id = "CFG-CREATE-013")
    void refusesTagsThatAreNoObject(ClauseContext given) {
        for (String bad : new String[] {"[]", "null", "\"env\"", "1"}) {
            Expect.refused(
                    "tags", () -> given.configs().create(NewConfig.named("a").tags(Json.of(bad))));
        }
    }

    @Clause(id = "CFG-CREATE-014")
    void keepsManyTools(ClauseContext given) {
        String yaml = Samples.tools(100);
        Config created =
                given.configs().create(NewConfig.named("Werkzeug " + Samples.EMOJI).yaml(yaml));

        Config found = given.configs().get(created.id());
        assertThat(found.yaml()).isEqualTo(yaml);
        assertThat(found.name()).isEqualTo("Werkzeug " + Samples.EMOJI);
    }

    @Clause(id = "CFG-CREATE-015")
    void keepsMicroseconds(ClauseContext given) {
        Instant now = Instant.parse("2026-11-20T09:30:12.123456789Z");
        given.clock().set(now);
        Config created = given.config();

        Config found = given.configs().get(created.id());
        assertThat(found.createdAt()).isEqualTo(now.truncatedTo(ChronoUnit.MICROS));
        assertThat(created.createdAt()).as("what create returns").isEqualTo(found.createdAt());
        assertThat(created.updatedAt()).as("what create returns").isEqualTo(found.updatedAt());
    }

    @Clause(id = "CFG-FIND-001")
    void unknownIsNotFound(ClauseContext given) {
        ConfigId unknown = given.configId();

        assertThat(given.configs().find(unknown)).isEmpty();
        Expect.notFound("config", unknown, () -> given.configs().get(unknown));
    }

    @Clause(id = "CFG-FIND-002")
    void deletedIsNotFound(ClauseContext given) {
        Config config = given.config();
        given.configs().delete(config.id());

        assertThat(given.configs().find(config.id())).as("the deleted config").isEmpty();
        Expect.notFound("config", config.id(), () -> given.configs().get(config.id()));
    }

    @Clause(id = "CFG-FIND-003")
    void comparesIdsByCodePoint(ClauseContext given) {
        String base = given.unique("Caf\u00E9");
        given.configs().create(NewConfig.named("a").id(ConfigId.of(base)));

        for (String near :
                new String[] {
                    base.toLowerCase(Locale.ROOT),
                    base.replace("\u00E9", "e\u0301"),
                    base + " ",
                    base.substring(0, base.length() - 1) + "%"
                }) {
            assertThat(given.configs().find(ConfigId.of(near))).as("config '%s'", near).isEmpty();
        }
        assertThat(given.configs().find(ConfigId.of(base))).isPresent();
    }

    @Clause(id = "CFG-FIND-004")
    void keepsAnyId(ClauseContext given) {
        ClauseContext fresh = given.fresh();
        for (String text : Samples.IDS) {
            fresh.configs().create(NewConfig.named(text).id(ConfigId.of(text)));
        }
        for (String text : Samples.IDS) {
            Config found = fresh.configs().get(ConfigId.of(text));
            assertThat(found.id().value()).isEqualTo(text);
            assertThat(found.name()).isEqualTo(text);
            assertThat(fresh.configs().count(ConfigFilter.all().named(text)))
                    .as("configs named '%s'", text)
                    .isEqualTo(1);
        }
    }
}
