package io.twinstore.storage.migrate;

import java.io.DataOutputStream;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import org.postgresql.util.ByteStreamWriter;

/** Cells as parameters of a statement; large ones are read while they are sent. */
final class KeptBytes {

    private KeptBytes() {}

    /** Returns a cell's bytes. */
    static Object of(Cell cell) {
        LargeBytes large = cell.large();
        return large == null ? cell.bytes() : writer(large.length(), out -> large.each(out::write));
    }

    /** Returns what {@link CellList#encode} would. */
    static Object of(List<Cell> cells) {
        return cells.stream().allMatch(cell -> cell.large() == null)
                ? CellList.encode(cells)
                : writer(CellList.length(cells), out -> CellList.write(cells, out));
    }

    private interface Written {
        void to(DataOutputStream out) throws SQLException, IOException;
    }

    private static ByteStreamWriter writer(int length, Written written) {
        return new ByteStreamWriter() {
            @Override
            public int getLength() {
                return length;
            }

            @Override
            public void writeTo(ByteStreamTarget target) throws IOException {
                try {
                    DataOutputStream out = new DataOutputStream(target.getOutputStream());
                    written.to(out);
                    out.flush();
                } catch (SQLException e) {
                    throw new LargeBytes.Unread(e);
                }
            }
        };
    }
}
