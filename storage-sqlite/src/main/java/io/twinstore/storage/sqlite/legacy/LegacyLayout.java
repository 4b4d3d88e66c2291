package io.twinstore.storage.sqlite.legacy;

import java.util.List;
import java.util.Optional;

/** What the files of the earlier programs look like. */
enum LegacyLayout {
    V1("v1", LegacyTable.CONFIGURATION, LegacyTable.SESSIONS_V1),
    V1_OPENED_BY_V2(
            "v1-opened-by-v2",
            LegacyTable.CONFIGURATION,
            LegacyTable.CONFIGS,
            LegacyTable.SESSIONS_V1),
    V2("v2", LegacyTable.CONFIGURATION, LegacyTable.CONFIGS, LegacyTable.SESSIONS_V2),
    V3(
            "v3",
            LegacyTable.CONFIGURATION,
            LegacyTable.CONFIGS,
            LegacyTable.APPLICATIONS,
            LegacyTable.SESSIONS_V3,
            LegacyTable.USERS);

    private final String label;

    @SuppressWarnings("ImmutableEnumChecker") // List.of is immutable; its type does not say so.
    private final List<LegacyTable> tables;

    LegacyLayout(String label, LegacyTable... tables) {
        this.label = label;
        this.tables = List.of(tables);
    }

    /** Returns its name in messages and in the name of the backup. */
    String label() {
        return label;
    }

    /** Returns its tables, in the order in which their rows can be kept. */
    List<LegacyTable> tables() {
        return tables;
    }

    Optional<LegacyTable> table(Kind kind) {
        return tables.stream().filter(table -> table.kind() == kind).findFirst();
    }
}
