package io.twinstore.storage.sqlite.legacy;

import io.twinstore.storage.InvalidValueException;
import io.twinstore.storage.spi.TextRules;
import java.util.Optional;

/** Ids of the earlier programs, of which nearly all are ids here, too. */
final class LegacyId {

    private static final int DIGITS = 32;

    private LegacyId() {}

    /** Returns the id, if it is one here: 1 to 255 characters of text without NUL. */
    private static Optional<String> asItIs(Cell cell) {
        return cell.text()
                .filter(
                        text -> {
                            try {
                                TextRules.requireId("id", text);
                                return true;
                            } catch (InvalidValueException e) {
                                return false;
                            }
                        });
    }

    /**
     * Returns the id, or where it can be none here, one that is made of its type and bytes: the
     * same wherever the cell occurs.
     */
    static String of(Cell cell) {
        return asItIs(cell).orElseGet(() -> made(cell.fingerprint()));
    }

    /** Returns the id of a row, of which several may lack one. */
    static String ofRow(Cell cell, long rowid) {
        return cell.isNull() ? "legacy-row-" + rowid : of(cell);
    }

    /** Returns the id that is made of this fingerprint. */
    static String made(String fingerprint) {
        return "legacy-" + fingerprint.substring(0, DIGITS);
    }
}
