package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinstore.storage.InvalidValueException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CodecTest {

    private static final List<Cell> CELLS =
            List.of(
                    Cell.NULL,
                    Cell.integer(0),
                    Cell.integer(1),
                    Cell.integer(2),
                    Cell.integer(Long.MIN_VALUE),
                    Cell.integer(Long.MAX_VALUE),
                    Cell.real(0.0),
                    Cell.real(-0.0),
                    Cell.real(1),
                    Cell.real(Double.MIN_VALUE),
                    Cell.real(Double.NEGATIVE_INFINITY),
                    Cell.text(""),
                    Cell.text("1"),
                    Cell.text("nul\0"),
                    Cell.text("{\"a\": 1}"),
                    Cell.text("{\"a\":1}"),
                    Cell.text("2026-11-20T09:30:12.345678Z"),
                    Cell.of(Cell.Kind.TEXT, new byte[] {(byte) 0xff}),
                    Cell.of(Cell.Kind.TEXT, new byte[] {(byte) 0xed, (byte) 0xa0, (byte) 0x80}),
                    Cell.of(Cell.Kind.BLOB, new byte[0]),
                    Cell.of(Cell.Kind.BLOB, new byte[] {'1'}));

    /** Two cells that differ never come back from the same field, unless one has a residue. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "bigint",
                "double",
                "text",
                "bytea",
                "boolean",
                "json",
                "jsonb",
                "tagged",
                "timestamptz:micros-z"
            })
    void whatACodecKeepsComesBackAsItWas(String name) {
        Codec codec = Codec.named(name);
        assertThat(codec.label()).isEqualTo(name);
        for (Cell cell : CELLS) {
            byte[] field = cell.isNull() ? null : codec.write(cell);
            if (field != null && codec.keeps(cell)) {
                assertThat(codec.read(field)).as(name + " " + cell.shown()).isEqualTo(cell);
            }
        }
        for (Cell one : CELLS) {
            for (Cell other : CELLS) {
                if (!one.equals(other)
                        && codec.keeps(one)
                        && codec.keeps(other)
                        && !one.isNull()
                        && !other.isNull()) {
                    assertThat(codec.write(one)).isNotEqualTo(codec.write(other));
                }
            }
        }
    }

    @Test
    void eachCodecKeepsWhatItIsForAndNothingElse() {
        assertThat(kept("bigint")).isEqualTo(6);
        assertThat(kept("double")).isEqualTo(6);
        assertThat(kept("boolean")).isEqualTo(3);
        assertThat(kept("bytea")).isEqualTo(3);
        assertThat(kept("text")).isEqualTo(6);
        assertThat(kept("json")).isEqualTo(4);
        assertThat(kept("jsonb")).isEqualTo(3);
        assertThat(kept("timestamptz:micros-z")).isEqualTo(2);
        assertThat(kept("tagged")).isEqualTo(CELLS.size());
    }

    private static long kept(String name) {
        return CELLS.stream().filter(Codec.named(name)::keeps).count();
    }

    @Test
    void whatStandsForACellIsStated() {
        Codec text = Codec.named("text");
        assertThat(text.write(Cell.text("a\0b")))
                .isEqualTo("a\ufffdb".getBytes(StandardCharsets.UTF_8));
        assertThat(text.write(Cell.integer(-7))).isEqualTo("-7".getBytes(StandardCharsets.UTF_8));
        assertThat(text.write(Cell.of(Cell.Kind.BLOB, new byte[] {1}))).isNull();
        assertThat(Codec.named("double").read(new byte[8])).isEqualTo(Cell.real(0.0));
        assertThat(Codec.named("bigint").write(Cell.text("abc"))).isNull();
    }

    @Test
    void textOfAnyLengthIsCheckedToItsEnd() {
        byte[] long1 = "\u00e9".repeat(50_000).getBytes(StandardCharsets.UTF_8);
        assertThat(TextCodec.isHoldable(long1)).isTrue();
        long1[long1.length - 1] = 'x';
        assertThat(TextCodec.isHoldable(long1)).isFalse();
    }

    @Test
    void whatTextCannotHoldIsFoundWhereverItStands() {
        for (int length = 1; length < 40; length++) {
            for (int at = 0; at < length; at++) {
                for (int odd : new int[] {0, 0x80, 0xff}) {
                    byte[] text =
                            "\u007f\u0001"
                                    .repeat(20)
                                    .substring(0, length)
                                    .getBytes(StandardCharsets.UTF_8);
                    assertThat(TextCodec.isHoldable(text)).isTrue();
                    text[at] = (byte) odd;
                    assertThat(TextCodec.isHoldable(text)).as("%d of %d", at, length).isFalse();
                }
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "seconds-z, 2026-11-20T09:30:12.000001Z",
        "millis-z, 2026-11-20T09:30:12.345678Z",
        "seconds, 2026-11-20 09:30:12.500000",
        "python-offset, 2026-11-20 09:30:12.000001+00:00",
    })
    void aFinerTimeThatTheTargetWasGivenShows(String form, String shown) {
        byte[] field =
                Objects.requireNonNull(
                        Codec.named("timestamptz:micros-z").write(Cell.text(isoOf(shown))));
        assertThat(Codec.named("timestamptz:" + form).read(field)).isEqualTo(Cell.text(shown));
    }

    private static String isoOf(String shown) {
        return shown.substring(0, 26).replace(' ', 'T') + "Z";
    }

    @ParameterizedTest
    @CsvSource({
        "micros-z, 2026-11-20T09:30:12.345678Z",
        "micros-z, 0001-01-01T00:00:00.000000Z",
        "micros-z, 9999-12-31T23:59:59.999999Z",
        "seconds-z, 2026-11-20T09:30:12Z",
        "millis-z, 2026-11-20T09:30:12.345Z",
        "seconds, 2026-11-20 09:30:12",
        "python-offset, 2026-11-20 09:30:12+00:00",
        "python-offset, 2026-11-20 09:30:12.000001+00:00",
        "iso-offset, 2026-11-20T09:30:12.345678+00:00",
        "iso-naive, 2026-11-20T09:30:12",
        "python-naive, 2026-11-20 09:30:12.345678",
    })
    void instantsComeBackInTheirForm(String form, String text) {
        assertThat(Codec.named("timestamptz:" + form).keeps(Cell.text(text))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "micros-z, 2026-11-20T09:30:12.34567Z",
        "micros-z, 2026-11-20T09:30:12.345678901Z",
        "micros-z, 2026-02-30T09:30:12.345678Z",
        "micros-z, 2026-11-20T24:00:00.000000Z",
        "micros-z, 2026-11-20T09:30:60.000000Z",
        "seconds-z, 2026-11-20T09:30:12+00:00",
        "python-offset, 2026-11-20 09:30:12.000000+00:00",
        "python-offset, 2026-11-20 09:30:12+01:00",
        "seconds, 2026-11-20",
        "seconds, 2026-11-20 09:30:12.5",
        "seconds, now",
    })
    void whatIsNotExactlyOfTheFormIsNoInstant(String form, String text) {
        assertThat(Codec.named("timestamptz:" + form).write(Cell.text(text))).isNull();
    }

    @Test
    void otherNamesAreRefused() {
        assertThatThrownBy(() -> Codec.named("real"))
                .isInstanceOf(InvalidValueException.class)
                .hasMessageContaining("plan.codec must be bigint, double");
        assertThatThrownBy(() -> Codec.named("timestamptz:local"))
                .isInstanceOf(InvalidValueException.class);
    }

    @Test
    void listsOfCellsAreToldApart() {
        assertThat(CellList.decode(CellList.encode(CELLS))).isEqualTo(CELLS);
        assertThat(CellList.encode(List.of(Cell.text("ab"), Cell.text(""))))
                .isNotEqualTo(CellList.encode(List.of(Cell.text("a"), Cell.text("b"))));
    }

    @Test
    void longNamesAreCutToWhatPostgresTakes() {
        assertThat(Sql.fitting("short")).isEqualTo("short");
        assertThat(Sql.fitting("x".repeat(63))).hasSize(63).doesNotContain("_");
        String one = Sql.fitting("\u00e9".repeat(40) + "1");
        assertThat(one.getBytes(StandardCharsets.UTF_8)).hasSize(63);
        assertThat(one).isNotEqualTo(Sql.fitting("\u00e9".repeat(40) + "2"));
        assertThat(Sql.quoted("a\"b")).isEqualTo("\"a\"\"b\"");
    }
}
