package io.twinstore.storage.migrate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Cells whose bytes come in pieces are the same cells, wherever the pieces are cut. */
class LargeBytesTest {

    private static final List<String> TEXTS =
            List.of("", "plain", "caf\u00e9", "\u20ac", "\ud83d\ude00", "\ufffd", "a\u0000b");

    /** Bytes that come some at a time. */
    private static final class Cut extends LargeBytes {

        private final byte[] bytes;
        private final int piece;

        Cut(byte[] bytes, int piece) {
            super(bytes.length);
            this.bytes = bytes;
            this.piece = piece;
        }

        @Override
        protected void read(int from, int to, OnPiece work) throws SQLException, IOException {
            for (int at = from; at < to; at += piece) {
                work.take(Arrays.copyOfRange(bytes, at, Math.min(at + piece, to)));
            }
        }
    }

    private static byte[] mixed(Random random) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            text.append(TEXTS.get(random.nextInt(TEXTS.size())));
        }
        byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
        if (bytes.length > 0 && random.nextInt(2) == 0) {
            bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
        }
        return bytes;
    }

    @Test
    void aTextIsHeldAndReplacedAsOneThatIsWhole() throws Exception {
        Random random = new Random(21);
        for (int i = 0; i < 1_000; i++) {
            byte[] text = mixed(random);
            LargeBytes cut = new Cut(text, 1 + random.nextInt(5));
            Cell whole = Cell.of(Cell.Kind.TEXT, text);
            assertThat(HoldableText.isHoldable(cut)).isEqualTo(TextCodec.isHoldable(text));
            LargeBytes field = HoldableText.of(cut);
            assertThat(field.whole()).isEqualTo(TextCodec.TEXT.write(whole));
            assertThat(TextCodec.TEXT.readLarge(field).equals(Cell.large(Cell.Kind.TEXT, cut)))
                    .isEqualTo(TextCodec.TEXT.keeps(whole));
        }
    }

    @Test
    void itIsEqualToTheSameCellInMemoryAndToNoOther() {
        byte[] bytes = {1, 2, 3, 4, 5, 6, 7};
        Cell large = Cell.large(Cell.Kind.BLOB, new Cut(bytes, 3));
        assertThat(large).isEqualTo(Cell.of(Cell.Kind.BLOB, bytes.clone()));
        assertThat(Cell.of(Cell.Kind.BLOB, bytes.clone())).isEqualTo(large);
        assertThat(large).isEqualTo(Cell.large(Cell.Kind.BLOB, new Cut(bytes.clone(), 2)));
        assertThat(large).isNotEqualTo(Cell.of(Cell.Kind.TEXT, bytes));
        assertThat(large).isNotEqualTo(Cell.of(Cell.Kind.BLOB, new byte[] {1, 2, 3, 4, 5, 6, 8}));
        assertThat(large)
                .isNotEqualTo(Cell.large(Cell.Kind.BLOB, new Cut(new byte[] {1, 2, 3}, 3)));
    }

    @Test
    void digestsAreThoseOfCellsInMemory() {
        byte[] bytes = "some bytes".getBytes(StandardCharsets.UTF_8);
        MessageDigest one = CellList.sha256();
        Cell.large(Cell.Kind.TEXT, new Cut(bytes, 3)).addTo(one);
        MessageDigest other = CellList.sha256();
        Cell.of(Cell.Kind.TEXT, bytes).addTo(other);
        assertThat(one.digest()).isEqualTo(other.digest());
        assertThat(new Cut(bytes, 3).sha256()).isEqualTo(CellList.digest(bytes));
    }

    @Test
    void aTaggedFieldComesBack() throws Exception {
        byte[] bytes = {'t', 'b', 'x', 0, 1};
        for (Cell.Kind kind : List.of(Cell.Kind.TEXT, Cell.Kind.BLOB)) {
            Cell cell = Cell.of(kind, bytes);
            LargeBytes field = TaggedCodec.TAGGED.writeLarge(kind, new Cut(bytes, 2));
            assertThat(field.whole()).isEqualTo(TaggedCodec.TAGGED.write(cell));
            assertThat(TaggedCodec.TAGGED.readLarge(field)).isEqualTo(cell);
            assertThat(TaggedCodec.TAGGED.readLarge(new Cut(field.whole(), 3))).isEqualTo(cell);
        }
        Cell untagged = TaggedCodec.TAGGED.readLarge(new Cut(new byte[] {'z', 1, 2}, 2));
        assertThat(untagged).isEqualTo(Cell.of(Cell.Kind.BLOB, new byte[] {'z', 1, 2}));
    }

    @Test
    void aListOfCellsIsCutWhereItsCellsAre() {
        List<Cell> cells =
                List.of(
                        Cell.integer(7),
                        Cell.NULL,
                        Cell.text(""),
                        Cell.of(Cell.Kind.BLOB, new byte[LargeBytes.LARGE + 1]),
                        Cell.text("after"));
        byte[] encoded = CellList.encode(cells);
        List<Cell> decoded = CellList.decode(new Cut(encoded, 100_000));
        assertThat(decoded).isEqualTo(cells);
        assertThat(decoded.get(3).large()).isNotNull();
        assertThat(CellList.encode(decoded)).isEqualTo(encoded);
        assertThat(CellList.length(decoded)).isEqualTo(encoded.length);
    }

    @Test
    void bytesThatAreGoneAreToldAndNotTakenForTheCell() {
        LargeBytes gone =
                new LargeBytes(10) {
                    @Override
                    protected void read(int from, int to, OnPiece work)
                            throws SQLException, IOException {
                        work.take(new byte[9]);
                    }
                };
        assertThatThrownBy(gone::sha256)
                .isInstanceOf(MigrationException.class)
                .hasMessageContaining("was changed while it was read");
    }
}
