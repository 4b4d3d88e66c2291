package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.Json;
import io.twinstore.storage.PostgresOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Whatever a person makes of a plan, it is taken or refused by name, and nothing else happens. */
class EditedPlanTest {

    private static final PostgresOptions POSTGRES =
            PostgresOptions.builder().host("db").database("app").user("u").build();

    private static final String SOUND =
            """
            {"format":1,"id":"01234567-0123-0123-0123-0123456789ab","layout":"TABLES",
             "files":[{"file":"/data/a.db","sha256":"%s","modifiedAt":"2026-02-05T12:34:56Z",
               "upgradedFrom":null}],
             "workFolder":"/tmp",
             "merged":[{"file":"/data/b.db","table":"t","added":1,"same":2,"apart":3,
               "apartTable":"t_of_b"}],
             "target":{"host":"db","port":5432,"database":"app","twinstoreSchema":"twinstore"},
             "schema":"legacy","commitRows":100,
             "tables":[{"name":"t","target":"t","rows":3,"rowid":true,"key":["id"],
               "rowColumn":null,"sql":"create table t (id)",
               "columns":[{"name":"id","target":"id","declared":"INTEGER","codec":"bigint",
                 "notNull":true,"defaultSql":null,"generated":false,"cells":{"integer":3},
                 "residue":0,"why":"w"}],
               "primaryKey":["id"],"uniques":[{"name":"u","columns":["id"]}],"indexes":[],
               "foreignKeys":[{"name":"f","columns":["id"],"parent":"t","parentColumns":["id"],
                 "onDelete":"CASCADE","onUpdate":"NO ACTION",
                 "enforced":true}],
               "identity":"id","lastId":9,"madeAnew":[],
               "checks":[{"name":"c","condition":"id > 0"}],
               "expressionIndexes":[{"name":"e","unique":true,"keys":["abs(id)"],
                 "condition":"id < 9"}]}],
             "objects":[{"type":"view","name":"v","sql":"create view v as select 1"}],
             "untranslated":[{"kind":"view","name":"v","why":"w"}]}
            """
                    .formatted("ab".repeat(32));

    private static final List<@Nullable Object> NONSENSE =
            Arrays.asList(
                    null,
                    "",
                    "\0",
                    "x".repeat(300),
                    -1L,
                    Long.MAX_VALUE,
                    new java.math.BigDecimal("1e30"),
                    1.5,
                    true,
                    List.of(),
                    List.of("no"),
                    List.of(List.of()),
                    Map.of(),
                    Map.of("a", 1L));

    private static MigrationPlan read(String text) {
        return MigrationPlan.of(Json.of(text), POSTGRES);
    }

    @Test
    void everyFieldTakesNonsenseWithATypedRefusal() {
        assertThat(read(SOUND).tables()).hasSize(1);
        List<Json> edited = new ArrayList<>();
        Object plan = Json.of(SOUND).toJava();
        edits(plan, changed -> edited.add(Json.from(changed)));
        assertThat(edited).hasSizeGreaterThan(500);
        int refused = 0;
        for (Json json : edited) {
            try {
                MigrationPlan.of(json, POSTGRES).toJson();
            } catch (InvalidValueException e) {
                refused++;
                assertThat(e.getMessage()).as(json.text()).isNotBlank();
            }
        }
        assertThat(refused).isGreaterThan(400);
    }

    /** Gives each document that differs from this one in one place. */
    private static void edits(@Nullable Object value, java.util.function.Consumer<Object> taker) {
        if (value instanceof Map<?, ?> map) {
            for (Object name : map.keySet()) {
                Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
                copy.remove(name);
                taker.accept(copy);
                for (Object nonsense : NONSENSE) {
                    taker.accept(with(map, name, nonsense));
                }
                edits(map.get(name), changed -> taker.accept(with(map, name, changed)));
            }
        } else if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                int at = i;
                edits(
                        list.get(i),
                        changed -> {
                            List<@Nullable Object> copy = new ArrayList<>(list);
                            copy.set(at, changed);
                            taker.accept(copy);
                        });
            }
        }
    }

    private static Map<Object, @Nullable Object> with(
            Map<?, ?> map, Object name, @Nullable Object value) {
        Map<Object, @Nullable Object> copy = new LinkedHashMap<>(map);
        copy.put(name, value);
        return copy;
    }

    @Test
    void aNameThatIsThereTwiceIsRefused() {
        for (String twice :
                List.of(
                        SOUND.replace("\"rows\":3", "\"rows\":3,\"rows\":4"),
                        SOUND.replace("\"format\":1", "\"\\u0066ormat\":1, \"format\" :1"))) {
            assertThatThrownBy(() -> read(twice))
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining("each name once");
        }
        // A text that looks like a name, and the same name in two objects, are none.
        assertThat(DuplicateNames.first(Json.of("[{\"a\":\"a\",\"b\":{\"a\":\"\\\"a\\\":\"}}]")))
                .isNull();
        assertThat(DuplicateNames.first(Json.of("{\"a\":[{\"a\":1}],\"b\":[\"a\",\"a\"]}")))
                .isNull();
    }

    @Test
    void tablesThatDoNotFitEachOtherAreRefused() {
        for (String[] edit :
                new String[][] {
                    {"\"parent\":\"t\"", "\"parent\":\"gone\"", "foreignKeys.f"},
                    {
                        "\"parentColumns\":[\"id\"]",
                        "\"parentColumns\":[\"id\",\"id\"]",
                        "foreignKeys.f"
                    },
                    {"\"parentColumns\":[\"id\"]", "\"parentColumns\":[\"no\"]", "plan.tables.t"},
                    {"\"identity\":\"id\"", "\"identity\":\"no\"", "plan.tables.t"},
                    {"\"target\":\"t\"", "\"target\":\"\"", "plan.tables.t.target"},
                    {"\"id > 0\"", "\"id > 0) or (true\"", "plan.tables.t.checks.c"},
                    {"\"id > 0\"", "\"now() > id\"", "uses the function now"},
                    {"\"abs(id)\"", "\"id); drop table t\"", "plan.tables.t.expressionIndexes.e"},
                    {"\"keys\":[\"abs(id)\"]", "\"keys\":[]", "plan.tables.t.expressionIndexes.e"},
                    {"\"codec\":\"bigint\"", "\"codec\":\"text\"", "plan.tables.t.checks.c"},
                }) {
            assertThat(SOUND).contains(edit[0]);
            assertThatThrownBy(() -> read(SOUND.replace(edit[0], edit[1])))
                    .as(edit[1])
                    .isInstanceOf(InvalidValueException.class)
                    .hasMessageContaining(edit[2]);
        }
    }
}
