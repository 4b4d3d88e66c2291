package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.ErrorCode;
import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PostgresOptions;
import io.twinstore.storage.Secret;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PlanReadingTest {

    private static final PostgresOptions POSTGRES =
            PostgresOptions.builder()
                    .host("db.example.org")
                    .database("app")
                    .user("hidden-user")
                    .password(Secret.of("hunter2"))
                    .build();

    private static final MigrationPlan PLAN =
            new MigrationPlan(
                    "01234567-0123-0123-0123-0123456789ab",
                    MigrationPlan.Layout.TABLES,
                    new PlannedSource(
                            List.of(
                                    new PlannedFile(
                                            Path.of("/data/a.db"),
                                            "ab".repeat(32),
                                            Instant.EPOCH,
                                            "v3")),
                            Path.of("/tmp"),
                            List.of(
                                    new MergedTable(
                                            Path.of("/data/b.db"), "t", 1, 2, 3, "t_of_b"))),
                    MigrationTarget.of(POSTGRES).into("legacy"),
                    "legacy",
                    25_000,
                    List.of(
                            new TablePlan(
                                    "t",
                                    "t",
                                    3,
                                    true,
                                    List.of("id"),
                                    null,
                                    "create table t (id)",
                                    List.of(
                                            new ColumnPlan(
                                                    "id",
                                                    "id",
                                                    "INTEGER",
                                                    "bigint",
                                                    true,
                                                    "7",
                                                    false,
                                                    Map.of("integer", 3L),
                                                    0,
                                                    8,
                                                    "why")),
                                    List.of("id"),
                                    List.of(new TablePlan.IndexPlan("u", List.of("id"))),
                                    List.of(),
                                    List.of(
                                            new TablePlan.ForeignKeyPlan(
                                                    "f",
                                                    List.of("id"),
                                                    "t",
                                                    List.of("id"),
                                                    "CASCADE",
                                                    "NO ACTION",
                                                    true)),
                                    "id",
                                    9,
                                    List.of("made"))),
                    List.of(new SourceObject("view", "v", "create view v as select 1")),
                    List.of(new MigrationPlan.Untranslated("view", "v", "why")),
                    new Survey(
                            Instant.parse("2026-11-20T09:30:12.345Z"),
                            Duration.ofMillis(1234),
                            Map.of("t", 24L),
                            Duration.ofSeconds(5),
                            new Survey.TargetState("16.4", false, true, 7, 8, 9),
                            List.of(
                                    new Survey.Missing(
                                            ErrorCode.ACCESS_DENIED, "What.", "Remedy."))));

    @Test
    void aPlanComesBackFromItsJson() {
        assertThat(MigrationPlan.of(PLAN.toJson(), POSTGRES)).isEqualTo(PLAN);
    }

    @Test
    void aPlanWithoutASurveyIsOne() {
        String text = PLAN.toJson().text();
        String bare = text.substring(0, text.indexOf(",\"survey\"")) + "}";
        MigrationPlan read = MigrationPlan.of(Json.of(bare), POSTGRES);
        assertThat(read.survey()).isNull();
        assertThat(read.bytesOf("t")).isZero();
        assertThat(PLAN.bytesOf("t")).isEqualTo(24);
    }

    @Test
    void aPlanHasNeitherUserNorPassword() {
        assertThat(PLAN.toJson().text()).doesNotContain("hunter2", "hidden-user");
        assertThat(PLAN.toString()).doesNotContain("hunter2");
    }

    @Test
    void aPlanForAnotherDatabaseIsRefused() {
        PostgresOptions other = POSTGRES.toBuilder().database("other").build();
        assertThatThrownBy(() -> MigrationPlan.of(PLAN.toJson(), other))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("plan.target", "db.example.org:5432/other");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"format\":1|\"format\":2|plan.format",
                "\"commitRows\":25000|\"commitRows\":0|plan.commitRows",
                "\"commitRows\":25000|\"commitRows\":1.5|plan.commitRows",
                "\"codec\":\"bigint\"|\"codec\":\"real\"|plan.codec",
                "\"layout\":\"TABLES\"|\"layout\":\"ELSE\"|plan.layout",
                "\"key\":[\"id\"]|\"key\":[]|plan.tables.t",
                "\"key\":[\"id\"]|\"key\":[\"no\"]|plan.tables.t",
                "\"onDelete\":\"CASCADE\"|\"onDelete\":\"drop\"|plan.foreignKey",
                "\"schema\":\"legacy\"|\"schema\":\"public\"|target.schema",
                "\"rowid\":true|\"rowid\":1|plan.tables.rowid",
                "\"at\":\"2026|\"at\":\"soon 2026|plan.survey.at",
                "\"code\":\"ACCESS_DENIED\"|\"code\":\"NONE\"|plan.survey.missing.code",
                "\"scanMillis\":1234|\"scanMillis\":null|plan.survey.scanMillis",
                "\"rows\":3|\"rows\":\"3\"|plan.tables.rows",
            })
    void whatIsWrongIsNamed(String sound, String wrong, String field) {
        String text = PLAN.toJson().text();
        assertThat(text).contains(sound);
        assertThatThrownBy(() -> MigrationPlan.of(Json.of(text.replace(sound, wrong)), POSTGRES))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining(field);
    }

    @Test
    void whatIsNoPlanIsRefused() {
        assertThatThrownBy(() -> MigrationPlan.of(Json.of("[]"), POSTGRES))
                .isInstanceOf(InvalidValueException.class);
        assertThatThrownBy(() -> MigrationPlan.of(Json.of("{}"), POSTGRES))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("plan.format");
    }
}
