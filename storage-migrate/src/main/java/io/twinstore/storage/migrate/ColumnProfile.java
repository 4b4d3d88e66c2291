package io.twinstore.storage.migrate;

import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What one scan of a column found, and the narrowest codec from which every cell of it comes back.
 * Where its cells are of several types, the one of most of them, with the others in the residue.
 */
final class ColumnProfile {

    /** Up to here a real holds every integer. */
    private static final long MOST_PRECISE = 1L << 53;

    /** A document is read whole, and takes many times its room. */
    private static final int MOST_OF_DOCUMENT = 4 << 20;

    private final String declared;
    private final Map<Cell.Kind, Long> counts = new EnumMap<>(Cell.Kind.class);
    private final Set<TimeForm> forms = EnumSet.allOf(TimeForm.class);
    private long holdable;
    private long longest;
    private boolean bits = true;
    private boolean precise = true;
    private boolean documents = true;

    /**
     * @param declared the column's declared type
     */
    ColumnProfile(String declared) {
        this.declared = declared.toUpperCase(Locale.ROOT);
    }

    void add(Cell cell) {
        counts.merge(cell.kind(), 1L, Long::sum);
        longest = Math.max(longest, cell.length());
        switch (cell.kind()) {
            case INTEGER -> {
                bits &= BooleanCodec.BOOLEAN.keeps(cell);
                precise &=
                        Math.abs(cell.asLong()) <= MOST_PRECISE && cell.asLong() != Long.MIN_VALUE;
            }
            case TEXT -> addText(cell);
            default -> {}
        }
    }

    private void addText(Cell cell) {
        if (TextCodec.isHoldable(cell)) {
            holdable++;
        }
        if (!forms.isEmpty()) {
            boolean longer = cell.length() > 40;
            String text = longer ? "" : new String(cell.bytes(), StandardCharsets.UTF_8);
            forms.removeIf(form -> form.parse(text) == null);
        }
        if (documents) {
            documents = cell.length() <= MOST_OF_DOCUMENT && isDocument(cell);
        }
    }

    private static boolean isDocument(Cell cell) {
        byte[] bytes = cell.bytes();
        return bytes.length > 0
                && (bytes[0] == '{' || bytes[0] == '[')
                && JsonCodec.JSONB.keeps(cell);
    }

    private long count(Cell.Kind kind) {
        return counts.getOrDefault(kind, 0L);
    }

    long filled() {
        return counts.values().stream().mapToLong(Long::longValue).sum() - count(Cell.Kind.NULL);
    }

    boolean hasNull() {
        return count(Cell.Kind.NULL) > 0;
    }

    /** Returns how many bytes the longest cell has. */
    long longest() {
        return longest;
    }

    /** Returns whether all cells that are not NULL are of one type. */
    boolean uniform() {
        return counts.keySet().stream().filter(kind -> kind != Cell.Kind.NULL).count() <= 1;
    }

    /**
     * A choice.
     *
     * @param codec the name of the codec
     * @param residue how many cells do not come back by themselves
     * @param why the reason, for a person
     */
    record Choice(String codec, long residue, String why) {}

    /**
     * Returns the codec to take.
     *
     * @param exact whether every cell must come back by itself, as in a key
     */
    Choice choice(boolean exact) {
        long filled = filled();
        if (filled == 0) {
            return new Choice(byDeclaration(), 0, "no cells; as declared");
        }
        Choice likely = likely(filled, exact);
        if (likely.residue() == 0) {
            return likely;
        }
        long numbers = count(Cell.Kind.INTEGER) + count(Cell.Kind.REAL);
        if (!exact && numbers == filled && precise) {
            return new Choice(
                    "double",
                    count(Cell.Kind.INTEGER),
                    "integers and reals; the residue tells which of them were integers");
        }
        return exact || likely.residue() * 2 > filled
                ? new Choice("tagged", 0, "cells of several types, and none of them are most")
                : likely;
    }

    private Choice likely(long filled, boolean exact) {
        Cell.Kind most =
                counts.entrySet().stream()
                        .filter(entry -> entry.getKey() != Cell.Kind.NULL)
                        .max(Map.Entry.comparingByValue())
                        .orElseThrow()
                        .getKey();
        long others = filled - count(most);
        return switch (most) {
            case INTEGER ->
                    bits && others == 0 && declared.contains("BOOL")
                            ? new Choice("boolean", 0, "declared so, and all cells are 0 or 1")
                            : new Choice("bigint", others, others == 0 ? all() : mixed());
            case REAL -> new Choice("double", others, others == 0 ? all() : mixed());
            case BLOB -> new Choice("bytea", others, others == 0 ? all() : mixed());
            default -> text(others, filled, exact);
        };
    }

    private Choice text(long others, long filled, boolean exact) {
        if (others == 0 && !exact && !forms.isEmpty()) {
            TimeForm form = forms.iterator().next();
            return new Choice(
                    TimeCodec.PREFIX + form.label(), 0, "all cells are instants of this form");
        }
        if (others == 0 && !exact && documents) {
            return new Choice("jsonb", 0, "all cells are JSON that jsonb gives back byte for byte");
        }
        long residue = filled - holdable;
        return new Choice("text", residue, residue == 0 ? all() : mixed());
    }

    private static String all() {
        return "all cells are of this type";
    }

    private static String mixed() {
        return "most cells are of this type; the originals of the others are kept in the residue";
    }

    /** By the rules of SQLite's affinity. */
    private String byDeclaration() {
        if (declared.contains("BOOL")) {
            return "boolean";
        }
        if (declared.contains("INT")) {
            return "bigint";
        }
        if (declared.contains("REAL") || declared.contains("FLOA") || declared.contains("DOUB")) {
            return "double";
        }
        return declared.contains("BLOB") ? "bytea" : "text";
    }

    /** Returns how many cells there are of each type, by its name in lower case. */
    Map<String, Long> cells() {
        Map<String, Long> cells = new TreeMap<>();
        counts.forEach((kind, count) -> cells.put(kind.name().toLowerCase(Locale.ROOT), count));
        return cells;
    }
}
