package io.twinstore.storage.sqlite.legacy;

/** A column of a legacy table, and how its cells are kept: forth, and back. */
interface Column {

    /** Returns its name in the legacy table. */
    String name();

    /** Sets what is kept of the row's cell. */
    void forth(SourceRow row, Kept kept);

    /** Returns the cell that an earlier program would have written for what is kept. */
    Cell back(Kept kept);

    /** Returns what tells whether the way back still makes the same of the row. */
    default String fingerprint(Kept kept) {
        return back(kept).fingerprint();
    }

    /** Returns the cell of the old file: the original, as long as nothing has changed since. */
    default Cell restored(Kept kept, Residue residue) {
        return residue.fingerprint().equals(fingerprint(kept)) ? residue.cell() : back(kept);
    }
}
