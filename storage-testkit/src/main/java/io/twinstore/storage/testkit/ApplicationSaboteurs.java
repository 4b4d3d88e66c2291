package io.twinstore.storage.testkit;

import static io.twinstore.storage.testkit.ClauseContext.START;
import static io.twinstore.storage.testkit.Deeds.answers;
import static io.twinstore.storage.testkit.Deeds.changing;
import static io.twinstore.storage.testkit.Deeds.claims;
import static io.twinstore.storage.testkit.Deeds.doesAndClaims;
import static io.twinstore.storage.testkit.Deeds.given;
import static io.twinstore.storage.testkit.Deeds.insteadOf;
import static io.twinstore.storage.testkit.Deeds.losesAtPageBorders;
import static io.twinstore.storage.testkit.Deeds.misreports;
import static io.twinstore.storage.testkit.Deeds.rearranging;
import static io.twinstore.storage.testkit.Deeds.skipsEveryOther;
import static io.twinstore.storage.testkit.Deeds.startsAgain;
import static io.twinstore.storage.testkit.Deeds.withEach;
import static io.twinstore.storage.testkit.Saboteur.applications;
import static io.twinstore.storage.testkit.Saboteur.sessions;

import io.twinstore.storage.AlreadyExistsException;
import io.twinstore.storage.AppId;
import io.twinstore.storage.Application;
import io.twinstore.storage.ApplicationUpdate;
import io.twinstore.storage.ConflictException;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.IssuedKey;
import io.twinstore.storage.Json;
import io.twinstore.storage.NewApplication;
import io.twinstore.storage.NotFoundException;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Breaks what {@link ApplicationClauses} and {@link ApplicationChangeClauses} check. */
final class ApplicationSaboteurs {

    private ApplicationSaboteurs() {}

    static List<Saboteur> all() {
        return List.of(
                creating(
                        "APPS-CREATE-001",
                        "loses the settings",
                        a -> a.settings(Json.emptyObject())),
                creating(
                        "APPS-CREATE-001",
                        "activates everything",
                        a -> new NewApplication(a.id(), a.name(), true, a.settings(), null)),
                applications("APPS-CREATE-001", "find", "counts from 0", answers("version", 0L)),
                applications(
                        "APPS-CREATE-002",
                        "create",
                        "overwrites the application that has the id",
                        insteadOf(AlreadyExistsException.class, ApplicationSaboteurs::overwrite)),
                applications(
                        "APPS-CREATE-002",
                        "create",
                        "reports a taken id as a fault of the database",
                        misreports(AlreadyExistsException.class)),
                applications(
                        "APPS-CREATE-003",
                        "create",
                        "says the same id for every application",
                        changing(
                                issued ->
                                        withEach(
                                                issued,
                                                "application",
                                                ApplicationSaboteurs::sameId))),
                applications(
                        "APPS-CREATE-004",
                        "create",
                        "repairs what is out of bounds",
                        insteadOf(
                                InvalidValueException.class,
                                call ->
                                        call.proceedWith(
                                                NewApplication.named("x")
                                                        .id(
                                                                Objects.requireNonNull(
                                                                        call.arg(
                                                                                        NewApplication
                                                                                                .class)
                                                                                .id()))))),
                applications(
                        "APPS-FIND-001",
                        "find",
                        "makes up what is not there",
                        ApplicationSaboteurs::madeUp),
                applications(
                        "APPS-FIND-001",
                        "deactivate",
                        "agrees with anything",
                        insteadOf(NotFoundException.class, claims(false))),
                applications("APPS-FIND-001", "delete", "agrees always", doesAndClaims(true)),
                applications(
                        "APPS-LIST-001", "list", "loses at page borders", losesAtPageBorders()),
                applications(
                        "APPS-LIST-001",
                        "list",
                        "orders by UTF-16 unit",
                        rearranging(ApplicationSaboteurs::byUnits)),
                applications(
                        "APPS-LIST-001",
                        "list",
                        "hides inactive ones",
                        rearranging(ApplicationSaboteurs::active)),
                applications("APPS-LIST-001", "count", "counts one", claims(1L)),
                applications("APPS-LIST-002", "list", "takes any cursor", startsAgain()),
                updating(
                        "APPS-UPDATE-001",
                        "renames",
                        given(ApplicationUpdate.class, u -> u.name("x"))),
                updating("APPS-UPDATE-001", "only says so", ApplicationSaboteurs::sayUpdated),
                updating(
                        "APPS-UPDATE-002",
                        "expects nothing",
                        insteadOf(ConflictException.class, ApplicationSaboteurs::regardless)),
                updating(
                        "APPS-UPDATE-003",
                        "replaces where it should merge",
                        ApplicationSaboteurs::replace),
                updating(
                        "APPS-UPDATE-004",
                        "drops every other update",
                        skipsEveryOther(call -> call.applications().get(call.arg(AppId.class)))),
                updating(
                        "APPS-UPDATE-005",
                        "takes what it should refuse",
                        insteadOf(
                                InvalidValueException.class,
                                call -> call.proceedWith(ApplicationUpdate.nothing()))),
                applications(
                        "APPS-UPDATE-006",
                        "find",
                        "follows the clock",
                        changing(ApplicationSaboteurs::backwards)),
                applications("APPS-DELETE-001", "delete", "only says so", claims(true)),
                applications(
                        "APPS-DELETE-001",
                        "delete",
                        "deactivates instead",
                        ApplicationSaboteurs::deactivateOnly),
                applications(
                        "APPS-DELETE-001",
                        "authenticate",
                        "remembers every key",
                        new ApiKeySaboteurs.RememberedKeys()),
                sessions(
                        "APPS-DELETE-002",
                        "find",
                        "forgets the application",
                        answers("createdByApp", null)),
                applications(
                        "APPS-TXN-001",
                        "create",
                        "takes back what it creates",
                        ApplicationSaboteurs::takenBack));
    }

    private static Saboteur creating(
            String clause, String deed, UnaryOperator<NewApplication> change) {
        return applications(clause, "create", deed, given(NewApplication.class, change));
    }

    private static Saboteur updating(String clause, String deed, Interceptor how) {
        return applications(clause, "update", deed, how);
    }

    private static @Nullable Object overwrite(Call call) throws Throwable {
        call.applications().delete(Objects.requireNonNull(call.arg(NewApplication.class).id()));
        return call.proceed();
    }

    private static Object sameId(@Nullable Object application) {
        return Deeds.with(application, "id", AppId.of("same"));
    }

    private static Optional<Application> madeUp(Call call) {
        AppId id = call.arg(AppId.class);
        return call.applications()
                .find(id)
                .or(
                        () ->
                                Optional.of(
                                        new Application(
                                                id,
                                                "x",
                                                true,
                                                Json.emptyObject(),
                                                null,
                                                1,
                                                START,
                                                START)));
    }

    private static List<Object> byUnits(List<Object> items) {
        return items.stream()
                .sorted(Comparator.comparing(item -> ((Application) item).id().value()))
                .toList();
    }

    private static List<Object> active(List<Object> items) {
        return items.stream().filter(item -> ((Application) item).active()).toList();
    }

    private static Object backwards(Object application) {
        return withEach(
                application,
                "updatedAt",
                time -> ((Instant) Objects.requireNonNull(time)).minusSeconds(300));
    }

    private static Application sayUpdated(Call call) {
        AppId id = call.arg(AppId.class);
        Application old = call.applications().get(id);
        Application updated = call.applications().update(id, call.arg(ApplicationUpdate.class));
        call.applications()
                .update(id, ApplicationUpdate.nothing().name(old.name()).settings(old.settings()));
        return updated;
    }

    private static Application regardless(Call call) {
        ApplicationUpdate update = call.arg(ApplicationUpdate.class);
        return call.applications()
                .update(
                        call.arg(AppId.class),
                        new ApplicationUpdate(
                                update.name(), update.settings(), update.settingsPatch(), null));
    }

    private static @Nullable Object replace(Call call) throws Throwable {
        ApplicationUpdate update = call.arg(ApplicationUpdate.class);
        Json patch = update.settingsPatch();
        return patch == null
                ? call.proceed()
                : call.proceedWith(ApplicationUpdate.nothing().settings(patch));
    }

    private static @Nullable Object takenBack(Call call) throws Throwable {
        IssuedKey issued = (IssuedKey) Objects.requireNonNull(call.proceed());
        call.applications().delete(issued.application().id());
        return issued;
    }

    private static boolean deactivateOnly(Call call) {
        try {
            return call.applications().deactivate(call.arg(AppId.class));
        } catch (NotFoundException e) {
            return false;
        }
    }
}
