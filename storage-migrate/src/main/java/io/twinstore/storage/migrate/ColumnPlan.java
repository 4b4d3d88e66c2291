package io.twinstore.storage.migrate;

import io.twinstore.storage.InvalidValueException;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of one column.
 *
 * @param name its name in the source
 * @param target its name in the target
 * @param declared its type as the source declares it, perhaps empty
 * @param codec how its cells stand in the target: {@code bigint}, {@code double}, {@code text},
 *     {@code bytea}, {@code boolean}, {@code json}, {@code jsonb}, {@code timestamptz:FORM}, or
 *     {@code tagged}, bytes of which the first tells the type
 * @param notNull whether the target refuses NULL
 * @param defaultSql the default in the target, as SQL, or null
 * @param generated whether the source computes it
 * @param cells how many cells there are of each of SQLite's types
 * @param residue how many cells keep their original in the residue
 * @param longest how many bytes its longest cell has, a number having eight; {@link #UNMEASURED}
 *     where nobody looked
 * @param why why this codec
 */
public record ColumnPlan(
        String name,
        String target,
        String declared,
        String codec,
        boolean notNull,
        @Nullable String defaultSql,
        boolean generated,
        Map<String, Long> cells,
        long residue,
        long longest,
        String why) {

    /** What {@code longest} is where nobody looked how long the cells are. */
    public static final long UNMEASURED = -1;

    /**
     * @throws InvalidValueException when there is no such codec
     */
    public ColumnPlan {
        Codec.named(codec);
        cells = Collections.unmodifiableMap(new TreeMap<>(cells));
    }

    Codec how() {
        return Codec.named(codec);
    }
}
