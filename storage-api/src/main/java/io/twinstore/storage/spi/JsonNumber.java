package io.twinstore.storage.spi;

/**
 * The exact value of a JSON number in the one form that all spellings of it share: a sign,
 * significant digits without zeros around them, and a power of ten. Takes time and space in
 * proportion to the text, whatever the exponent, so that {@code 1e1000000000} is as cheap as {@code
 * 1}.
 *
 * @param negative false for zero, too
 * @param digits significant digits, empty for zero
 * @param exponent the power of ten by which the digits, read as an integer, are multiplied;
 *     decimal, of any length
 */
record JsonNumber(boolean negative, String digits, String exponent) {

    private static final JsonNumber ZERO = new JsonNumber(false, "", "0");

    /**
     * The longest run of digits that is sure to fit into a long together with the offset of the
     * digits.
     */
    private static final int DIGITS_OF_LONG = 17;

    /** The value of a number as RFC 8259 writes it. */
    static JsonNumber of(String text) {
        boolean negative = text.charAt(0) == '-';
        int start = negative ? 1 : 0;
        int mantissaEnd = mantissaEnd(text);
        int point = text.indexOf('.');
        String whole = text.substring(start, point < 0 ? mantissaEnd : point);
        String fraction = point < 0 ? "" : text.substring(point + 1, mantissaEnd);
        String all = whole + fraction;
        int first = 0;
        while (first < all.length() && all.charAt(first) == '0') {
            first++;
        }
        if (first == all.length()) {
            return ZERO;
        }
        int last = all.length();
        while (all.charAt(last - 1) == '0') {
            last--;
        }
        long shift = (long) (all.length() - last) - fraction.length();
        return new JsonNumber(
                negative, all.substring(first, last), add(exponentOf(text, mantissaEnd), shift));
    }

    /** Reads the number that starts at an offset, and returns the offset behind it. */
    static int end(String text, int start) {
        int i = text.startsWith("-", start) ? start + 1 : start;
        i = text.startsWith("0", i) ? i + 1 : digitsEnd(text, i);
        if (text.startsWith(".", i)) {
            i = digitsEnd(text, i + 1);
        }
        if (text.startsWith("e", i) || text.startsWith("E", i)) {
            boolean signed = text.startsWith("+", i + 1) || text.startsWith("-", i + 1);
            i = digitsEnd(text, signed ? i + 2 : i + 1);
        }
        return i;
    }

    private static int digitsEnd(String text, int start) {
        int i = start;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        if (i == start) {
            throw JsonFaults.syntax(text, start);
        }
        return i;
    }

    /** Where the exponent's letter stands, or the length of the text if there is none. */
    static int mantissaEnd(String text) {
        int lower = text.indexOf('e');
        int letter = lower >= 0 ? lower : text.indexOf('E');
        return letter >= 0 ? letter : text.length();
    }

    /**
     * The exponent as written, without a plus sign and without leading zeros; {@code 0} if there is
     * none.
     */
    static String exponentOf(String text, int mantissaEnd) {
        int start = mantissaEnd + 1;
        if (start >= text.length()) {
            return "0";
        }
        boolean negative = text.charAt(start) == '-';
        if (negative || text.charAt(start) == '+') {
            start++;
        }
        while (start < text.length() && text.charAt(start) == '0') {
            start++;
        }
        String digits = text.substring(start);
        return digits.isEmpty() ? "0" : negative ? "-" + digits : digits;
    }

    private static String add(String exponent, long shift) {
        if (exponent.length() <= DIGITS_OF_LONG) {
            return Long.toString(Long.parseLong(exponent) + shift);
        }
        boolean negative = exponent.charAt(0) == '-';
        String magnitude = negative ? exponent.substring(1) : exponent;
        String sum = addToMagnitude(magnitude, negative ? -shift : shift);
        return negative ? "-" + sum : sum;
    }

    /** Adds to a number that is too long for a long, digit by digit: its sign cannot change. */
    private static String addToMagnitude(String magnitude, long shift) {
        char[] sum = magnitude.toCharArray();
        long carry = shift;
        for (int i = sum.length - 1; i >= 0 && carry != 0; i--) {
            long digit = sum[i] - '0' + carry;
            sum[i] = (char) ('0' + Math.floorMod(digit, 10L));
            carry = Math.floorDiv(digit, 10L);
        }
        String digits = new String(sum);
        if (carry > 0) {
            return carry + digits;
        }
        return digits.charAt(0) == '0' ? digits.substring(1) : digits;
    }

    /** A text that is equal exactly if the numbers are. */
    String canonical() {
        return digits.isEmpty() ? "0" : (negative ? "-" : "") + digits + "e" + exponent;
    }
}
