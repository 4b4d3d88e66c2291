package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.configs;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewConfig;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.PageRequest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link ConfigClauses} check. */
final class ConfigSaboteurs {

    private ConfigSaboteurs() {}

    private static Saboteur creating(String clause, String deed, UnaryOperator<NewConfig> change) {
        return configs(clause, "create", deed, given(NewConfig.class, change));
    }

    /** Takes what it should refuse, once it is changed like this. */
    private static Saboteur repairing(String clause, String deed, UnaryOperator<NewConfig> change) {
        return configs(
                clause,
                "create",
                deed,
                insteadOf(
                        InvalidValueException.class,
                        call -> call.proceedWith(change.apply(call.arg(NewConfig.class)))));
    }

    static List<Saboteur> all() {
        return List.of(
                creating(
                        "CFG-CREATE-001",
                        "forgets the description",
                        c -> new NewConfig(c.id(), c.name(), null, c.yaml(), c.tags())),
                configs("CFG-CREATE-001", "find", "counts from 0", answers("version", 0L)),
                configs(
                        "CFG-CREATE-002",
                        "create",
                        "says the same id for every config",
                        answers("id", ConfigId.of("same"))),
                configs(
                        "CFG-CREATE-003",
                        "create",
                        "overwrites the config that has the id",
                        insteadOf(AlreadyExistsException.class, ConfigSaboteurs::overwrite)),
                configs(
                        "CFG-CREATE-003",
                        "create",
                        "reports a taken id as a fault of the database",
                        misreports(AlreadyExistsException.class)),
                configs(
                        "CFG-CREATE-004",
                        "create",
                        "frees the id of a deleted config",
                        ConfigSaboteurs::freeAndCreate),
                creating("CFG-CREATE-005", "trims YAML", c -> c.yaml(c.yaml().strip())),
                creating(
                        "CFG-CREATE-005",
                        "changes line ends",
                        c -> c.yaml(c.yaml().replace("\r\n", "\n"))),
                repairing("CFG-CREATE-006", "takes malformed YAML", c -> c.yaml("")),
                repairing("CFG-CREATE-007", "follows any number of aliases", c -> c.yaml("")),
                repairing(
                        "CFG-CREATE-008",
                        "repairs a name out of bounds",
                        c -> NewConfig.named("x")),
                repairing("CFG-CREATE-009", "cuts a long description", c -> c.description("cut")),
                repairing(
                        "CFG-CREATE-010", "drops what it cannot store", c -> NewConfig.named("x")),
                creating("CFG-CREATE-011", "forgets the tags", c -> c.tags(Json.emptyObject())),
                repairing(
                        "CFG-CREATE-012",
                        "drops tags that it cannot index",
                        c -> c.tags(Json.emptyObject())),
                configs(
                        "CFG-CREATE-012",
                        "create",
                        "keeps to itself where the tags are bad",
                        insteadOf(
                                InvalidValueException.class,
                                call -> {
                                    throw new InvalidValueException("config.tags", "good", null);
                                })),
                repairing(
                        "CFG-CREATE-013",
                        "takes tags that are not an object",
                        c -> c.tags(Json.emptyObject())),
                creating(
                        "CFG-CREATE-014",
                        "puts question marks for emoji",
                        c -> c.yaml(c.yaml().replace(Samples.EMOJI, "?"))),
                configs(
                        "CFG-CREATE-015",
                        "find",
                        "keeps milliseconds",
                        changing(
                                config ->
                                        withEach(
                                                config,
                                                "createdAt",
                                                ConfigSaboteurs::toMilliseconds))),
                configs(
                        "CFG-CREATE-015",
                        "create",
                        "returns what it has not stored",
                        answers("updatedAt", Instant.EPOCH)),
                configs(
                        "CFG-FIND-001",
                        "find",
                        "invents a config",
                        call -> Optional.of(invented(call.arg(ConfigId.class)))),
                configs(
                        "CFG-FIND-001",
                        "get",
                        "reports an unknown config as a fault of the database",
                        misreports(NotFoundException.class)),
                configs("CFG-FIND-002", "delete", "only says that it deletes", claims(true)),
                configs(
                        "CFG-FIND-003",
                        "find",
                        "ignores the case of ids",
                        ConfigSaboteurs::findIgnoringCase),
                configs(
                        "CFG-FIND-004",
                        "find",
                        "trims ids",
                        changing(
                                config ->
                                        with(
                                                config,
                                                "id",
                                                ConfigId.of(
                                                        ((Config) config).id().value().strip())))),
                configs(
                        "CFG-FIND-004",
                        "count",
                        "takes a name for a pattern",
                        given(ConfigFilter.class, filter -> ConfigFilter.all())));
    }

    private static Object overwrite(Call call) {
        NewConfig config = call.arg(NewConfig.class);
        ConfigId id = Objects.requireNonNull(config.id());
        return call.configs().update(id, ConfigUpdate.nothing().name(config.name()));
    }

    private static @Nullable Object freeAndCreate(Call call) throws Throwable {
        ConfigId id = call.arg(NewConfig.class).id();
        if (id != null && call.configs().find(id).isEmpty()) {
            call.configs().purge(id);
        }
        return call.proceed();
    }

    private static Object toMilliseconds(@Nullable Object instant) {
        return ((Instant) Objects.requireNonNull(instant)).truncatedTo(ChronoUnit.MILLIS);
    }

    private static Config invented(ConfigId id) {
        Instant now = ClauseContext.START;
        return new Config(id, "invented", null, "", Json.emptyObject(), 1, now, now, null);
    }

    private static Object findIgnoringCase(Call call) {
        String id = call.arg(ConfigId.class).value();
        return call.configs().list(ConfigFilter.all(), PageRequest.ofSize(1000)).items().stream()
                .filter(config -> config.id().value().equalsIgnoreCase(id))
                .findFirst();
    }
}
