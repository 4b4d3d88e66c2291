package io.twinstore.storage.jdbi;

import static java.util.Objects.requireNonNull;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Json;
import io.twinstore.storage.NotFoundException;
import io.twinstore.storage.Page;
import io.twinstore.storage.PageRequest;
import io.twinstore.storage.User;
import io.twinstore.storage.UserFilter;
import io.twinstore.storage.UserId;
import io.twinstore.storage.UserStore;
import io.twinstore.storage.spi.MergePatch;
import java.time.Instant;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Users in SQL. When somebody was seen last never goes back, so a user who moves while somebody
 * pages moves towards the first page, and no later page can show that user again.
 */
final class JdbiUserStore implements UserStore {

    private static final NewestFirst<UserRow> ORDER =
            new NewestFirst<>(
                    "u.last_seen, u.user_id", UserRow::lastSeen, row -> row.userId().value());

    private final Handles handles;
    private final StoreTools tools;

    JdbiUserStore(Handles handles, StoreTools tools) {
        this.handles = handles;
        this.tools = tools;
    }

    @Override
    public void seen(UserId user, @Nullable AppId app) {
        requireNonNull(user, "user");
        Instant now = tools.clock().now();
        handles.write(handle -> tools.users(handle).seen(user, now, app, Json.emptyObject()));
    }

    @Override
    public Optional<User> find(UserId user) {
        requireNonNull(user, "user");
        return handles.read(handle -> tools.users(handle).find(user).map(UserRow::toUser));
    }

    @Override
    public Page<User> list(UserFilter filter, PageRequest page) {
        requireNonNull(filter, "filter");
        requireNonNull(page, "page");
        return ORDER.page(
                new Cursors("users " + filter),
                conditions(filter),
                page,
                (where, bindings, limit) ->
                        handles.read(handle -> tools.users(handle).list(where, bindings, limit)),
                UserRow::toUser);
    }

    @Override
    public long count(UserFilter filter) {
        requireNonNull(filter, "filter");
        Conditions conditions = conditions(filter);
        return handles.read(
                handle -> tools.users(handle).count(conditions.where(), conditions.bindings()));
    }

    private Conditions conditions(UserFilter filter) {
        Conditions conditions = new Conditions();
        if (filter.metadata() != null) {
            conditions.and(
                    tools.adapter().filters().contains("u.metadata", "metadata"),
                    "metadata",
                    FieldRules.object("filter.metadata", filter.metadata()));
        }
        return conditions;
    }

    @Override
    public User replaceMetadata(UserId user, Json metadata) {
        requireNonNull(user, "user");
        Json checked = FieldRules.object("user.metadata", metadata);
        return changed(user, old -> checked);
    }

    @Override
    public User mergeMetadata(UserId user, Json patch) {
        requireNonNull(user, "user");
        FieldRules.object("user.metadataPatch", patch);
        return changed(
                user, old -> FieldRules.object("user.metadata", MergePatch.apply(old, patch)));
    }

    private User changed(UserId user, UnaryOperator<Json> change) {
        return handles.write(
                handle -> {
                    UserDao dao = tools.users(handle);
                    Json old =
                            dao.lockMetadata(user)
                                    .orElseThrow(() -> new NotFoundException("user", user.value()));
                    dao.updateMetadata(user, change.apply(old));
                    return dao.find(user).orElseThrow().toUser();
                });
    }
}
