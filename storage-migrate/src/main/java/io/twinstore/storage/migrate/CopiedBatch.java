package io.twinstore.storage.migrate;

import java.util.ArrayList;
import java.util.List;

/** What is to be written down of the rows that share a commit. */
final class CopiedBatch {

    /** How many rows a range has at most. */
    static final int GRAIN = 1_000;

    private final List<Object[]> ranges = new ArrayList<>();
    private final List<Object[]> residue = new ArrayList<>();
    private final List<Object[]> quarantine = new ArrayList<>();
    private long rangeNumber;
    private long inRange;
    private long rows;
    private long bytes;
    private List<Cell> order = List.of();

    /**
     * @param ranges how many ranges there are before
     */
    CopiedBatch(long ranges) {
        this.rangeNumber = ranges;
    }

    /** Counts a row, whatever becomes of it. */
    void add(SourceRow row) {
        order = row.order();
        rows++;
        inRange++;
        if (inRange == GRAIN) {
            endRange();
        }
    }

    void endRange() {
        if (inRange > 0) {
            ranges.add(new Object[] {rangeNumber++, inRange, CellList.encode(order)});
            inRange = 0;
        }
    }

    /**
     * @param held the digest of what the target holds, as {@link KeptCells#fingerprint}
     */
    void residue(List<Cell> key, String column, Cell original, byte[] held) {
        byte[] encoded = CellList.encode(key);
        bytes += original.held() + encoded.length;
        residue.add(
                new Object[] {
                    CellList.digest(encoded),
                    encoded,
                    column,
                    String.valueOf(original.kind().letter()),
                    KeptBytes.of(original),
                    held
                });
    }

    void quarantine(List<Cell> key, List<Cell> cells, String reason) {
        byte[] encodedKey = CellList.encode(key);
        bytes += cells.stream().mapToLong(Cell::held).sum();
        quarantine.add(
                new Object[] {
                    CellList.digest(encodedKey), encodedKey, KeptBytes.of(cells), reason
                });
    }

    long rows() {
        return rows;
    }

    /** Returns how much of the source's bytes is kept in memory until the commit. */
    long bytes() {
        return bytes;
    }

    List<Cell> order() {
        return order;
    }

    long rangeNumber() {
        return rangeNumber;
    }

    List<Object[]> ranges() {
        return ranges;
    }

    List<Object[]> residue() {
        return residue;
    }

    List<Object[]> quarantine() {
        return quarantine;
    }
}
