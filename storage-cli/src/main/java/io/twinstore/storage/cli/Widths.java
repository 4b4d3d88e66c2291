package io.twinstore.storage.cli;

/** How many columns of a terminal text takes: of East Asia's characters and emoji two each. */
final class Widths {

    private static final int[][] WIDE = {
        {0x1100, 0x115f},
        {0x2e80, 0x303e},
        {0x3041, 0x4dbf},
        {0x4e00, 0xa4cf},
        {0xac00, 0xd7a3},
        {0xf900, 0xfaff},
        {0xfe30, 0xfe6f},
        {0xff00, 0xff60},
        {0xffe0, 0xffe6},
        {0x1f300, 0x1f64f},
        {0x1f680, 0x1f6ff},
        {0x1f900, 0x1f9ff},
        {0x20000, 0x3fffd}
    };

    private Widths() {}

    static int of(String text) {
        return text.codePoints().map(Widths::of).sum();
    }

    private static int of(int c) {
        int type = Character.getType(c);
        if (type == Character.NON_SPACING_MARK
                || type == Character.ENCLOSING_MARK
                || type == Character.FORMAT) {
            return 0;
        }
        for (int[] range : WIDE) {
            if (c >= range[0] && c <= range[1]) {
                return 2;
            }
        }
        return 1;
    }

    /** Returns text as a harmless line that is cut or filled to just this many columns. */
    static String column(String text, int width) {
        String line = Printable.line(text);
        int whole = of(line);
        if (whole <= width) {
            return line + " ".repeat(width - whole);
        }
        StringBuilder cut = new StringBuilder();
        int taken = 0;
        for (int c : line.codePoints().toArray()) {
            if (taken + of(c) > width - 1) {
                break;
            }
            cut.appendCodePoint(c);
            taken += of(c);
        }
        return cut + "…" + " ".repeat(width - 1 - taken);
    }
}
