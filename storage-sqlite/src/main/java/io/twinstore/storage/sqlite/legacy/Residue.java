package io.twinstore.storage.sqlite.legacy;

/**
 * A cell of the old file that is kept beside the row that stands for it.
 *
 * @param cell the original
 * @param fingerprint of what the way back made of the kept row when the cell was put here
 */
record Residue(Cell cell, String fingerprint) {}
