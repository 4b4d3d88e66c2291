package io.twinstore.storage.spi;

/** How PostgreSQL's {@code numeric} holds and prints a JSON number, without exponent. */
final class PostgresNumeric {

    /** What it can hold, for messages. */
    static final String BOUND =
            "a number of at most 131072 digits before and 16383 after the decimal point";

    private static final int MOST_BEFORE_POINT = 131_072;
    private static final int MOST_AFTER_POINT = 16_383;

    /** From here on PostgreSQL refuses an exponent, even that of a zero. */
    private static final int EXPONENT_BOUND = Integer.MAX_VALUE / 2;

    private PostgresNumeric() {}

    /**
     * Whether {@code numeric} can hold the number. Costs no more than reading it, whatever the
     * exponent.
     */
    static boolean holds(String number) {
        int mantissaEnd = JsonNumber.mantissaEnd(number);
        String exponentText = JsonNumber.exponentOf(number, mantissaEnd);
        if (exponentText.length() > 11
                || Math.abs(Long.parseLong(exponentText)) >= EXPONENT_BOUND) {
            return false;
        }
        int exponent = Integer.parseInt(exponentText);
        Mantissa mantissa = Mantissa.of(number, mantissaEnd);
        long before = (long) mantissa.pointAfter - mantissa.leadingZeros() + exponent;
        long after = (long) mantissa.digits.length() - mantissa.pointAfter - exponent;
        return after <= MOST_AFTER_POINT && (mantissa.isZero() || before <= MOST_BEFORE_POINT);
    }

    /**
     * The number as PostgreSQL prints it: {@code 1e2} as 100, {@code 1.10} as 1.10, {@code -0.0} as
     * 0.0.
     */
    static void print(StringBuilder out, String number) {
        int mantissaEnd = JsonNumber.mantissaEnd(number);
        if (mantissaEnd == number.length() && number.charAt(0) != '-') {
            out.append(number);
            return;
        }
        Mantissa mantissa = Mantissa.of(number, mantissaEnd);
        int exponent = Integer.parseInt(JsonNumber.exponentOf(number, mantissaEnd));
        if (number.charAt(0) == '-' && !mantissa.isZero()) {
            out.append('-');
        }
        int digits = mantissa.digits.length();
        int point =
                mantissa.isZero()
                        ? Math.min(mantissa.pointAfter + exponent, digits)
                        : mantissa.pointAfter + exponent;
        int first = Math.min(mantissa.leadingZeros(), Math.max(point, 0));
        if (point <= first) {
            out.append('0');
        } else {
            out.append(mantissa.digits, first, Math.min(point, digits))
                    .append("0".repeat(Math.max(point - digits, 0)));
        }
        if (point < digits) {
            out.append('.')
                    .append("0".repeat(Math.max(-point, 0)))
                    .append(mantissa.digits, Math.max(point, 0), digits);
        }
    }

    /**
     * The digits without sign and point.
     *
     * @param pointAfter how many of them stand before the point
     */
    private record Mantissa(String digits, int pointAfter) {

        private static Mantissa of(String number, int mantissaEnd) {
            int start = number.charAt(0) == '-' ? 1 : 0;
            int point = number.indexOf('.');
            if (point < 0) {
                return new Mantissa(number.substring(start, mantissaEnd), mantissaEnd - start);
            }
            String digits =
                    number.substring(start, point) + number.substring(point + 1, mantissaEnd);
            return new Mantissa(digits, point - start);
        }

        private int leadingZeros() {
            int zeros = 0;
            while (zeros < digits.length() && digits.charAt(zeros) == '0') {
                zeros++;
            }
            return zeros;
        }

        private boolean isZero() {
            return leadingZeros() == digits.length();
        }
    }
}
