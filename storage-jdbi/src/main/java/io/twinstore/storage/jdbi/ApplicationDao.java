package io.twinstore.storage.jdbi;

import io.twinstore.storage.AppId;
import io.twinstore.storage.Secret;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jdbi.v3.sqlobject.config.RegisterConstructorMapper;
import org.jdbi.v3.sqlobject.customizer.BindMap;
import org.jdbi.v3.sqlobject.customizer.BindMethods;
import org.jdbi.v3.sqlobject.customizer.Define;
import org.jdbi.v3.sqlobject.statement.SqlQuery;
import org.jdbi.v3.sqlobject.statement.SqlUpdate;

/**
 * The statements on {@code applications} and {@code application_keys}. Whoever changes an
 * application or its keys locks the application's row first.
 */
@RegisterConstructorMapper(ApplicationRow.class)
@RegisterConstructorMapper(KeyedApplicationRow.class)
public interface ApplicationDao {

    @SqlUpdate(
            """
            insert into applications (app_id, name, active, settings, version, created_at, updated_at)
            values (:appId, :name, :active, :settings, :version, :createdAt, :updatedAt)
            on conflict (app_id) do nothing
            """)
    int insert(@BindMethods ApplicationRow row);

    @SqlQuery(
            """
            select a.app_id, a.name, a.active, a.settings, k.lookup as key_prefix, a.version, a.created_at, a.updated_at
              from applications a
              left join application_keys k on k.app_id = a.app_id and k.expires_at is null
             where a.app_id = :id
            """)
    Optional<ApplicationRow> find(AppId id);

    /** Keeps every other writer off the application until the transaction ends, and reads it. */
    Optional<ApplicationRow> lock(AppId id);

    @SqlUpdate(
            """
            update applications
               set name = :name, active = :active, settings = :settings, version = :version, updated_at = :updatedAt
             where app_id = :appId
            """)
    int update(@BindMethods ApplicationRow row);

    @SqlUpdate("delete from applications where app_id = :id")
    int delete(AppId id);

    @SqlQuery(
            """
            select a.app_id, a.name, a.active, a.settings, k.lookup as key_prefix, a.version, a.created_at, a.updated_at
              from applications a
              left join application_keys k on k.app_id = a.app_id and k.expires_at is null
             where <where>
             order by a.app_id
             limit :limit
            """)
    List<ApplicationRow> list(
            @Define("where") String where, @BindMap Map<String, Object> bindings, int limit);

    @SqlQuery("select count(*) from applications")
    long count();

    @SqlUpdate(
            """
            insert into application_keys (app_id, lookup, key_hash, created_at, expires_at)
            values (:appId, :lookup, :keyHash, :createdAt, :expiresAt)
            """)
    int insertKey(@BindMethods ApplicationKeyRow row);

    /** Lets every key of the application expire at this time, unless it does so before. */
    @SqlUpdate(
            """
            update application_keys
               set expires_at = :expiresAt
             where app_id = :id and (expires_at is null or expires_at > :expiresAt)
            """)
    int expireKeys(AppId id, Instant expiresAt);

    @SqlUpdate("delete from application_keys where app_id = :id and expires_at <= :now")
    int deleteExpiredKeys(AppId id, Instant now);

    /** Finds by the key's look-up: one row of one unique index. */
    @SqlQuery(
            """
            select a.app_id, a.name, a.active, a.settings, l.lookup as key_prefix, a.version, a.created_at, a.updated_at,
                   k.key_hash, k.expires_at
              from application_keys k
              join applications a on a.app_id = k.app_id
              left join application_keys l on l.app_id = a.app_id and l.expires_at is null
             where k.lookup = :lookup
            """)
    Optional<KeyedApplicationRow> findByKey(String lookup);

    /** Finds the application's key that was imported as a hash and not used since. */
    @SqlQuery(
            """
            select a.app_id, a.name, a.active, a.settings, l.lookup as key_prefix, a.version, a.created_at, a.updated_at,
                   k.key_hash, k.expires_at
              from application_keys k
              join applications a on a.app_id = k.app_id
              left join application_keys l on l.app_id = a.app_id and l.expires_at is null
             where k.app_id = :id and k.lookup is null
            """)
    Optional<KeyedApplicationRow> findImportedKey(AppId id);

    /** Adds a key unless another application has it. */
    @SqlUpdate(
            """
            insert into application_keys (app_id, lookup, key_hash, created_at, expires_at)
            values (:appId, :lookup, :keyHash, :createdAt, :expiresAt)
            on conflict (lookup) do nothing
            """)
    int insertKeyIfFree(@BindMethods ApplicationKeyRow row);

    @SqlUpdate("delete from application_keys where app_id = :id and key_hash = :hash")
    int deleteKey(AppId id, Secret hash);
}
