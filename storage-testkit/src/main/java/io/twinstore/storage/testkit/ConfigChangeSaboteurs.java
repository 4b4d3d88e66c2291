package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.repeatsAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.sortsByUnits;
import static io.twinstore.storage.testkit.Deeds.with;
import static io.twinstore.storage.testkit.Saboteur.configs;

import io.twinstore.storage.Config;
import io.twinstore.storage.ConfigFilter;
import io.twinstore.storage.ConfigId;
import io.twinstore.storage.ConfigUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.Cursor;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.Visibility;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link ConfigChangeClauses} and {@link ConfigListClauses} check. */
final class ConfigChangeSaboteurs {

    private ConfigChangeSaboteurs() {}

    static List<Saboteur> all() {
        return Stream.of(updates(), lives(), lists()).flatMap(List::stream).toList();
    }

    private static Saboteur updating(String clause, String deed, UnaryOperator<ConfigUpdate> how) {
        return configs(clause, "update", deed, given(ConfigUpdate.class, how));
    }

    private static Saboteur filtering(String clause, String deed, UnaryOperator<ConfigFilter> how) {
        return configs(clause, "list", deed, given(ConfigFilter.class, how));
    }

    private static ConfigUpdate expectingNothing(ConfigUpdate update) {
        return (ConfigUpdate) with(update, "expectedVersion", null);
    }

    private static Object current(Call call) {
        return call.configs().get(call.arg(ConfigId.class));
    }

    private static List<Saboteur> updates() {
        return List.of(
                updating("CFG-UPDATE-001", "empties the description", ConfigUpdate::noDescription),
                configs("CFG-UPDATE-002", "find", "never counts", answers("version", 1L)),
                configs(
                        "CFG-UPDATE-002",
                        "find",
                        "does not note when",
                        answers("updatedAt", START)),
                updating(
                        "CFG-UPDATE-003",
                        "ignores the expected version",
                        ConfigChangeSaboteurs::expectingNothing),
                configs(
                        "CFG-UPDATE-003",
                        "update",
                        "reports a conflict as a fault of the database",
                        misreports(ConflictException.class)),
                configs(
                        "CFG-UPDATE-004",
                        "update",
                        "does nothing where a version is expected",
                        call ->
                                call.arg(ConfigUpdate.class).expectedVersion() == null
                                        ? call.proceed()
                                        : current(call)),
                configs(
                        "CFG-UPDATE-005",
                        "update",
                        "skips an update that names nothing",
                        call ->
                                call.arg(ConfigUpdate.class).equals(ConfigUpdate.nothing())
                                        ? current(call)
                                        : call.proceed()),
                configs(
                        "CFG-UPDATE-006",
                        "update",
                        "updates what is not there",
                        insteadOf(NotFoundException.class, claims(null))),
                configs(
                        "CFG-UPDATE-007",
                        "update",
                        "follows the clock back",
                        answers("updatedAt", START.minusSeconds(300))),
                configs(
                        "CFG-UPDATE-008",
                        "update",
                        "changes the rest where one value is bad",
                        ConfigChangeSaboteurs::changeTheRest),
                configs(
                        "CFG-UPDATE-008",
                        "update",
                        "skips bad values in silence",
                        insteadOf(InvalidValueException.class, ConfigChangeSaboteurs::current)),
                updating(
                        "CFG-UPDATE-009",
                        "lets every update win",
                        ConfigChangeSaboteurs::expectingNothing),
                configs(
                        "CFG-UPDATE-010",
                        "update",
                        "loses updates",
                        skipsEveryOther(ConfigChangeSaboteurs::current)));
    }

    private static @Nullable Object changeTheRest(Call call) throws Throwable {
        try {
            return call.proceed();
        } catch (InvalidValueException e) {
            call.configs().update(call.arg(ConfigId.class), ConfigUpdate.nothing().name("new"));
            throw e;
        }
    }

    private static List<Saboteur> lives() {
        return List.of(
                configs("CFG-DELETE-001", "delete", "deletes again", doesAndClaims(true)),
                configs("CFG-DELETE-001", "delete", "only says that it deletes", claims(true)),
                configs("CFG-RESTORE-001", "restore", "restores again", doesAndClaims(true)),
                configs(
                        "CFG-RESTORE-002",
                        "restore",
                        "passes over an unknown id",
                        insteadOf(NotFoundException.class, claims(false))),
                configs(
                        "CFG-PURGE-001",
                        "purge",
                        "only deletes",
                        call -> call.configs().delete(call.arg(ConfigId.class))),
                configs(
                        "CFG-PURGE-002",
                        "create",
                        "goes on counting versions",
                        answers("version", 2L)),
                configs(
                        "CFG-PURGE-003",
                        "purge",
                        "purges all that have the name",
                        ConfigChangeSaboteurs::purgeNamesakes),
                configs(
                        "CFG-PURGE-004",
                        "purge",
                        "only deletes",
                        call -> call.configs().delete(call.arg(ConfigId.class))));
    }

    private static @Nullable Object purgeNamesakes(Call call) throws Throwable {
        ConfigFilter named =
                ConfigFilter.all().named(call.configs().get(call.arg(ConfigId.class)).name());
        for (Config config : call.configs().list(named, PageRequest.first()).items()) {
            call.configs().purge(config.id());
        }
        return call.proceed();
    }

    private static List<Saboteur> lists() {
        return List.of(
                configs(
                        "CFG-LIST-001",
                        "list",
                        "lists the oldest first",
                        rearranging(Deeds::reversed)),
                configs(
                        "CFG-LIST-002",
                        "list",
                        "compares UTF-16 units",
                        sortsByUnits(config -> ((Config) config).id().value())),
                configs(
                        "CFG-LIST-003",
                        "list",
                        "loses an item between pages",
                        losesAtPageBorders()),
                configs("CFG-LIST-003", "list", "repeats an item", repeatsAtPageBorders()),
                filtering(
                        "CFG-LIST-004",
                        "ignores the name",
                        f -> (ConfigFilter) with(f, "name", null)),
                configs(
                        "CFG-LIST-004",
                        "count",
                        "counts whatever the name",
                        given(ConfigFilter.class, f -> (ConfigFilter) with(f, "name", null))),
                filtering(
                        "CFG-LIST-005", "ignores tags", f -> (ConfigFilter) with(f, "tags", null)),
                filtering(
                        "CFG-LIST-006",
                        "never shows what is deleted",
                        f -> f.visibility(Visibility.LIVE)),
                filtering(
                        "CFG-LIST-006", "shows what is deleted", f -> f.visibility(Visibility.ANY)),
                configs(
                        "CFG-LIST-007",
                        "list",
                        "does not say when it was deleted",
                        answers("deletedAt", null)),
                filtering(
                        "CFG-LIST-008",
                        "takes one condition for all",
                        f -> (ConfigFilter) with(f, "tags", null)),
                configs(
                        "CFG-LIST-009",
                        "list",
                        "promises a page that is not there",
                        call -> new Page<>(call.proceedToPage().items(), Cursor.of("more"))));
    }
}
