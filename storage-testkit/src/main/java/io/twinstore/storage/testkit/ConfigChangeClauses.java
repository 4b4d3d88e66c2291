package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.Visibility;
import java.time.Duration;
import java.util.List;

/** Configs: updating, deleting, restoring and purging them. */
final class ConfigChangeClauses {

    private static final Duration LATER = Duration.ofMinutes(5);

    private static Config full(ClauseContext given) {
        return given.configs()
                .create(
                        NewConfig.named("old")
                                .description("old")
                                .yaml("old: 1\n")
                                .tags(Json.of("{\"env\":\"dev\"}")));
    }

    @Clause(id = "CFG-UPDATE-001")
    void changesOnlyWhatIsNamed(ClauseContext given) {
        List<ConfigUpdate> updates =
                List.of(
                        ConfigUpdate.nothing().name("new"),
                        ConfigUpdate.nothing().description("new"),
                        ConfigUpdate.nothing().noDescription(),
                        ConfigUpdate.nothing().yaml("new: 2"),
                        ConfigUpdate.nothing().tags(Json.of("{\"team\":\"x\"}")));
        for (ConfigUpdate update : updates) {
            Config old = full(given);

            Config updated = given.configs().update(old.id(), update);

            Config expected =
                    new Config(
                            old.id(),
                            update.name() == null ? old.name() : update.name(),
                            update.description() == null
                                    ? old.description()
                                    : update.description().value(),
                            update.yaml() == null ? old.yaml() : update.yaml(),
                            update.tags() == null ? old.tags() : update.tags(),
                            2,
                            old.createdAt(),
                            old.updatedAt(),
                            null);
            Expect.same(updated, expected);
            Expect.same(given.configs().get(old.id()), expected);
        }
    }

    @Clause(id = "CFG-UPDATE-002")
    void movesVersionAndInstant(ClauseContext given) {
        Config old = full(given);
        given.clock().move(LATER);

        given.configs().update(old.id(), ConfigUpdate.nothing().name("new"));

        Config found = given.configs().get(old.id());
        assertThat(found.version()).as("version").isEqualTo(2);
        assertThat(found.updatedAt()).as("updated at").isEqualTo(START.plus(LATER));
        assertThat(found.createdAt()).as("created at").isEqualTo(START);
    }

    @Clause(id = "CFG-UPDATE-003")
    void refusesOtherVersion(ClauseContext given) {
        Config old = full(given);
        ConfigUpdate update = ConfigUpdate.nothing().name("new").expectVersion(7);

        Expect.conflict(
                ConflictException.Reason.VERSION,
                7,
                1,
                () -> given.configs().update(old.id(), update));

        Expect.same(given.configs().get(old.id()), old);
    }

    @Clause(id = "CFG-UPDATE-004")
    void acceptsExpectedVersion(ClauseContext given) {
        Config old = full(given);
        given.configs().update(old.id(), ConfigUpdate.nothing().name("second").expectVersion(1));
        given.configs().update(old.id(), ConfigUpdate.nothing().name("third").expectVersion(2));

        assertThat(given.configs().get(old.id()).name()).isEqualTo("third");
    }

    @Clause(id = "CFG-UPDATE-005")
    void countsAnEmptyUpdate(ClauseContext given) {
        Config old = full(given);
        given.clock().move(LATER);

        Config updated = given.configs().update(old.id(), ConfigUpdate.nothing());

        assertThat(updated.version()).as("version").isEqualTo(2);
        assertThat(given.configs().get(old.id()).updatedAt()).isEqualTo(START.plus(LATER));
    }

    @Clause(id = "CFG-UPDATE-006")
    void refusesUnknownAndDeleted(ClauseContext given) {
        ConfigId unknown = given.configId();
        Config deleted = given.config();
        given.configs().delete(deleted.id());
        ConfigUpdate update = ConfigUpdate.nothing().name("new");

        Expect.notFound("config", unknown, () -> given.configs().update(unknown, update));
        Expect.notFound("config", deleted.id(), () -> given.configs().update(deleted.id(), update));
    }

    @Clause(id = "CFG-UPDATE-007")
    void updatedNeverGoesBack(ClauseContext given) {
        Config old = full(given);
        given.clock().move(LATER.negated());

        Config updated = given.configs().update(old.id(), ConfigUpdate.nothing().name("new"));

        assertThat(updated.updatedAt()).as("updated at").isEqualTo(START);
        assertThat(given.configs().get(old.id()).updatedAt()).isEqualTo(START);
    }

    @Clause(id = "CFG-UPDATE-008")
    void refusesBadValues(ClauseContext given) {
        Config old = full(given);
        ConfigUpdate named = ConfigUpdate.nothing().name("new");

        Expect.refused(
                "yaml", () -> given.configs().update(old.id(), named.yaml("a: [1, 2\nb: }")));
        Expect.refused(
                "tags", () -> given.configs().update(old.id(), named.tags(Json.emptyArray())));
        Expect.refused("name", () -> given.configs().update(old.id(), named.name("x".repeat(256))));
        Expect.refused(
                "description",
                () -> given.configs().update(old.id(), named.description(Samples.NUL)));

        Expect.same(given.configs().get(old.id()), old);
    }

    @Clause(id = "CFG-UPDATE-009")
    void oneOfConcurrentWins(ClauseContext given) {
        Config old = full(given);

        List<Outcome<Config>> outcomes =
                Together.run(
                        8,
                        i ->
                                given.configs()
                                        .update(
                                                old.id(),
                                                ConfigUpdate.nothing()
                                                        .name("by " + i)
                                                        .expectVersion(1)));

        assertThat(Outcome.values(outcomes)).as("updates that succeeded").hasSize(1);
        assertThat(Outcome.errors(outcomes)).hasOnlyElementsOfType(ConflictException.class);
        Expect.same(given.configs().get(old.id()), Outcome.values(outcomes).get(0));
    }

    @Clause(id = "CFG-UPDATE-010")
    void concurrentUpdatesAllCount(ClauseContext given) {
        Config old = full(given);

        List<Outcome<Config>> outcomes =
                Together.run(
                        20,
                        i ->
                                given.configs()
                                        .update(old.id(), ConfigUpdate.nothing().name("by " + i)));

        assertThat(Outcome.errors(outcomes)).as("updates that failed").isEmpty();
        Config found = given.configs().get(old.id());
        assertThat(found.version()).as("version after 20 updates").isEqualTo(21);
        assertThat(Outcome.values(outcomes))
                .as("the update that made version 21")
                .filteredOn(updated -> updated.version() == 21)
                .extracting(Config::name)
                .containsExactly(found.name());
    }

    @Clause(id = "CFG-DELETE-001")
    void deletesOnce(ClauseContext given) {
        Config config = given.config();

        assertThat(given.configs().delete(config.id())).as("the first time").isTrue();
        assertThat(given.configs().delete(config.id())).as("the second time").isFalse();
        assertThat(given.configs().delete(given.configId())).as("an unknown one").isFalse();
        assertThat(given.configs().find(config.id())).as("the deleted config").isEmpty();
    }

    @Clause(id = "CFG-RESTORE-001")
    void restoresOnce(ClauseContext given) {
        Config config = full(given);
        given.configs().delete(config.id());

        assertThat(given.configs().restore(config.id())).as("a deleted one").isTrue();
        assertThat(given.configs().restore(config.id())).as("a live one").isFalse();
        Config found = given.configs().get(config.id());
        assertThat(found.deletedAt()).as("deleted at").isNull();
        assertThat(found.yaml()).isEqualTo(config.yaml());
        assertThat(found.name()).isEqualTo(config.name());
        Expect.means(found.tags(), config.tags().text());
    }

    @Clause(id = "CFG-RESTORE-002")
    void restoresNoUnknown(ClauseContext given) {
        ConfigId unknown = given.configId();

        Expect.notFound("config", unknown, () -> given.configs().restore(unknown));
    }

    @Clause(id = "CFG-PURGE-001")
    void purgesOnce(ClauseContext given) {
        Config live = given.config();
        Config deleted = given.config();
        given.configs().delete(deleted.id());

        assertThat(given.configs().purge(live.id())).as("a live one").isTrue();
        assertThat(given.configs().purge(live.id())).as("the second time").isFalse();
        assertThat(given.configs().purge(deleted.id())).as("a deleted one").isTrue();
        assertThat(given.configs().purge(given.configId())).as("an unknown one").isFalse();
        Expect.notFound("config", live.id(), () -> given.configs().restore(live.id()));
        Expect.notFound("config", deleted.id(), () -> given.configs().restore(deleted.id()));
    }

    @Clause(id = "CFG-PURGE-002")
    void purgedIdIsFree(ClauseContext given) {
        Config config = full(given);
        given.configs().purge(config.id());

        Config again = given.configs().create(NewConfig.named("again").id(config.id()));

        assertThat(again.version()).as("version").isEqualTo(1);
        Expect.same(given.configs().get(config.id()), again);
    }

    @Clause(id = "CFG-PURGE-003")
    void purgeSparesOthers(ClauseContext given) {
        String name = given.unique("same name");
        Config purged = given.configs().create(NewConfig.named(name));
        Config spared = given.configs().create(NewConfig.named(name));
        given.configs().purge(purged.id());

        assertThat(given.configs().find(spared.id())).as("another config").isPresent();
        Expect.same(given.configs().get(spared.id()), spared);
        assertThat(given.configs().count(ConfigFilter.all().named(name).visibility(Visibility.ANY)))
                .as("configs of that name")
                .isEqualTo(1);
    }
}
