package io.twinstore.storage.jdbi;

import io.twinstore.storage.StorageInfo;
import java.util.function.Supplier;
import org.jdbi.v3.core.spi.JdbiPlugin;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter gives to the engine.
 *
 * @param types how the adapter stores times and documents, beside {@link ContractTypes}
 * @param configs the statements on configs
 * @param sessions the statements on sessions
 * @param applications the statements on applications
 * @param users the statements on users
 * @param settings the statements on settings
 * @param tails the statements by which tails look
 * @param retention the statements that find and delete what is old
 * @param searches the statements of search that are not about terms
 * @param appends the hot path
 * @param notices how processes tell each other of commits
 * @param transactions handles and transactions
 * @param hostConnections how to work on the host's connection
 * @param filters how to filter by containment
 * @param searchTables the index that search asks
 * @param errors what driver errors mean
 * @param info what the storage runs on; asks the database
 * @param expectedSchema the version of the schema, or null where that is not looked at
 */
public record SqlAdapter(
        JdbiPlugin types,
        Class<? extends ConfigDao> configs,
        Class<? extends SessionDao> sessions,
        Class<? extends ApplicationDao> applications,
        Class<? extends UserDao> users,
        Class<? extends SettingDao> settings,
        Class<? extends TailDao> tails,
        Class<? extends RetentionDao> retention,
        Class<? extends SearchDao> searches,
        Appends appends,
        Notices notices,
        Transactions transactions,
        HostConnections hostConnections,
        FilterSql filters,
        SearchTables searchTables,
        ErrorTranslator errors,
        Supplier<StorageInfo> info,
        @Nullable String expectedSchema) {}
