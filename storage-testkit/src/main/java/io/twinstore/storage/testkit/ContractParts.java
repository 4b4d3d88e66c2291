package io.twinstore.storage.testkit;

import java.util.List;
import java.util.stream.Stream;

/** What the contract is made of: a class of clauses and one of saboteurs per aggregate or theme. */
final class ContractParts {

    private ContractParts() {}

    static List<Class<?>> clauses() {
        return List.of(
                ConfigClauses.class,
                ConfigChangeClauses.class,
                ConfigListClauses.class,
                SessionClauses.class,
                SessionChangeClauses.class,
                SessionRaceClauses.class,
                SessionLifeClauses.class,
                SessionListClauses.class,
                SessionOrderClauses.class,
                ContainmentClauses.class,
                AppendClauses.class,
                ReplayClauses.class,
                AppendRaceClauses.class,
                CombiningClauses.class,
                WaitingClauses.class,
                AppendEndClauses.class,
                LeaseClauses.class,
                FencingClauses.class,
                GenerationClauses.class,
                ReplacingClauses.class,
                ReplacingRaceClauses.class,
                WindowClauses.class,
                HistoryClauses.class,
                TranscriptClauses.class,
                TailClauses.class,
                TailWakingClauses.class,
                TailEventClauses.class,
                TailEndClauses.class,
                TailReplacementClauses.class,
                TailAllClauses.class,
                TailListenerClauses.class,
                ApplicationClauses.class,
                ApplicationChangeClauses.class,
                ApiKeyClauses.class,
                ImportedKeyClauses.class,
                UserClauses.class,
                UserListClauses.class,
                SettingsClauses.class,
                CompareAndSetClauses.class,
                CleanupClauses.class,
                PurgingClauses.class,
                HealthClauses.class,
                MetricsClauses.class,
                SearchClauses.class,
                SearchScopeClauses.class,
                SearchPageClauses.class,
                SearchSettingClauses.class,
                ParticipantClauses.class,
                MembershipClauses.class,
                AccessClauses.class,
                AccessRuleClauses.class,
                AccessListClauses.class,
                AccessRaceClauses.class,
                AccessTailClauses.class,
                PageClauses.class,
                TransactionClauses.class,
                RetryClauses.class,
                ConnectionClauses.class,
                StorageClauses.class);
    }

    static List<Saboteur> saboteurs() {
        return Stream.of(
                        ConfigSaboteurs.all(),
                        ConfigChangeSaboteurs.all(),
                        SessionSaboteurs.all(),
                        SessionChangeSaboteurs.all(),
                        SessionListSaboteurs.all(),
                        ContainmentSaboteurs.all(),
                        AppendSaboteurs.all(),
                        ReplaySaboteurs.all(),
                        CombiningSaboteurs.all(),
                        LeaseSaboteurs.all(),
                        FencingSaboteurs.all(),
                        GenerationSaboteurs.all(),
                        WindowSaboteurs.all(),
                        HistorySaboteurs.all(),
                        TranscriptSaboteurs.all(),
                        TailSaboteurs.all(),
                        TailEventSaboteurs.all(),
                        TailListenerSaboteurs.all(),
                        ApplicationSaboteurs.all(),
                        ApiKeySaboteurs.all(),
                        UserSaboteurs.all(),
                        SettingsSaboteurs.all(),
                        RetentionSaboteurs.all(),
                        HealthSaboteurs.all(),
                        SearchSaboteurs.all(),
                        ParticipantSaboteurs.all(),
                        AccessSaboteurs.all(),
                        AccessRuleSaboteurs.all(),
                        PageSaboteurs.all(),
                        TransactionSaboteurs.all(),
                        StorageSaboteurs.all())
                .flatMap(List::stream)
                .toList();
    }
}
