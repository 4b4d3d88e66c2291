package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.Json;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** The kinds of columns that the legacy tables have. */
final class Columns {

    private static final Set<String> TRUE = Set.of("true", "yes", "on", "t", "y");

    private Columns() {}

    /** Both ways of one column. */
    private record Plain(String name, BiConsumer<SourceRow, Kept> way, Function<Kept, Cell> wayBack)
            implements Column {

        @Override
        public void forth(SourceRow row, Kept kept) {
            way.accept(row, kept);
        }

        @Override
        public Cell back(Kept kept) {
            return wayBack.apply(kept);
        }
    }

    static Column of(String name, BiConsumer<SourceRow, Kept> way, Function<Kept, Cell> back) {
        return new Plain(name, way, back);
    }

    /** The id of the row. */
    static Column key(String name, String kept) {
        return of(
                name,
                (row, to) -> to.put(kept, LegacyId.ofRow(row.cell(name), row.rowid())),
                from -> Cell.text(from.text(kept)));
    }

    /** The id of another row that must be there. */
    static Column reference(String name, String kept) {
        return of(
                name,
                (row, to) -> to.put(kept, LegacyId.of(row.cell(name))),
                from -> Cell.text(from.text(kept)));
    }

    /**
     * The id of somebody or something, or none.
     *
     * @param none what the earlier programs write for none, beside NULL
     * @param written what stands for none on the way back
     */
    static Column optionalReference(String name, String kept, String none, Cell written) {
        return of(
                name,
                (row, to) -> to.put(kept, unless(none, row.cell(name))),
                from -> {
                    String id = from.find(kept);
                    return id == null ? written : Cell.text(id);
                });
    }

    private static @Nullable String unless(String none, Cell cell) {
        return cell.isNull() || cell.equals(Cell.text(none)) ? null : LegacyId.of(cell);
    }

    /**
     * A time; one that cannot be read is shown by another time of the row, or by the file's.
     *
     * @param separator what is written between day and hour
     * @param others the other times of the row
     */
    static Column time(String name, String kept, char separator, String... others) {
        List<String> otherTimes = List.of(others);
        return of(
                name,
                (row, to) ->
                        to.put(
                                kept,
                                LegacyTime.kept(
                                        LegacyTime.read(row.cell(name))
                                                .orElseGet(() -> row.time(otherTimes)))),
                from -> Cell.text(LegacyTime.written(from.text(kept), separator)));
    }

    /** A time that may be missing. */
    static Column optionalTime(String name, String kept) {
        return of(
                name,
                (row, to) ->
                        to.put(
                                kept,
                                LegacyTime.read(row.cell(name)).map(LegacyTime::kept).orElse(null)),
                from -> {
                    String time = from.find(kept);
                    return time == null ? Cell.NULL : Cell.text(LegacyTime.written(time, ' '));
                });
    }

    /**
     * An object that is indexed. NULL, nothing, {@code null} and {@code []} mean {@code {}}; what
     * is no object is its member {@code legacy_value}.
     *
     * @param empty what stands for {@code {}} on the way back
     */
    static Column document(String name, String kept, Cell empty) {
        return of(
                name,
                (row, to) -> to.put(kept, object(row.cell(name))),
                from -> {
                    String document = from.text(kept);
                    return document.equals("{}") ? empty : Cell.text(document);
                });
    }

    private static String object(Cell cell) {
        String text = value(cell);
        return switch (text) {
            case "null", "[]", "\"\"" -> "{}";
            default -> LegacyJson.isObject(text) ? text : "{\"legacy_value\": " + text + "}";
        };
    }

    /** The value of a setting: JSON as it is, and any other text as a JSON string. */
    static Column value(String name, String kept) {
        return of(
                name,
                (row, to) -> to.put(kept, value(row.cell(name))),
                from -> Cell.text(from.text(kept)));
    }

    private static String value(Cell cell) {
        if (cell.isNull()) {
            return "null";
        }
        String text = cell.text().orElseGet(cell::shown);
        return LegacyJson.indexed(text)
                .or(() -> LegacyJson.indexed(Json.string(LegacyJson.plain(text)).text()))
                .orElse("{}");
    }

    /**
     * A text of at most so many characters.
     *
     * @param missing what stands here for none
     */
    static Column text(String name, String kept, int most, String missing) {
        return of(
                name,
                (row, to) -> {
                    String shown = cut(row.cell(name).shown(), most);
                    to.put(kept, shown.isEmpty() ? missing : shown);
                },
                from -> Cell.text(from.text(kept)));
    }

    /** A text that may be missing. */
    static Column optionalText(String name, String kept, int most) {
        return of(
                name,
                (row, to) -> {
                    Cell cell = row.cell(name);
                    to.put(kept, cell.isNull() ? null : cut(cell.shown(), most));
                },
                from -> Cell.nullable(from.find(kept)));
    }

    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    /** A truth value as 0 or 1; what says neither is false. */
    static Column flag(String name, String kept) {
        return of(
                name,
                (row, to) -> to.put(kept, isTrue(row.cell(name)) ? 1L : 0L),
                from -> Cell.integer(from.number(kept)));
    }

    private static boolean isTrue(Cell cell) {
        return switch (cell.type()) {
            case INTEGER -> cell.number() != 0;
            case TEXT -> TRUE.contains(cell.shown().toLowerCase(Locale.ROOT));
            default -> false;
        };
    }

    /** A number that this library counts itself. */
    static Column counted(String name, String kept) {
        return of(name, (row, to) -> {}, from -> Cell.integer(from.number(kept)));
    }

    /** The hash of a key; none is kept of a cell that holds no text. */
    static Column hash(String name, String kept) {
        return of(
                name,
                (row, to) ->
                        to.put(
                                kept,
                                row.cell(name)
                                        .text()
                                        .filter(text -> !text.isEmpty() && text.indexOf('\0') < 0)
                                        .orElse(null)),
                from -> Cell.text(Objects.requireNonNullElse(from.find(kept), "")));
    }
}
