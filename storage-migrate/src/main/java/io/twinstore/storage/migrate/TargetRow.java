package io.twinstore.storage.migrate;

import java.util.List;

/**
 * A row of the target, as the source would have it.
 *
 * @param key what the row is found by; a NULL where the target added it without a number
 * @param cells its columns: what the residue has where the target still holds what it stands for,
 *     otherwise what the target's value stands for
 */
record TargetRow(List<Cell> key, List<Cell> cells) {}
