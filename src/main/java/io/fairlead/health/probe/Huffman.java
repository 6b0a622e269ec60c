package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;

/**
 * The Huffman code of HPACK (RFC 7541, appendix B). It is canonical: its codes follow from their lengths, in the order of the
 * symbols.
 */
final class Huffman {
    /** Bits of the code of each byte, and of the end, in the digits of base 36. */
    private static final String LENGTHS =
            "dnsssssssoussussssssssusssssssss6aacd68baa8b8666555666666678f6cad677777777777777777777"
                    + "77878djde6f56565666577666567655677777fbedskmkkmmmnmnnnnnonoomnonnnnlmnmnnomlkmmnnlnmmo"
                    + "lmnnllmlnmnnkmmmnmmnqqkjmnmpqqqrrqopjlqrrqrollqqsrrrkoklmllnmmppooqnqrqqrrrrrsrrrrrqu";

    private static final int LONGEST = 30;
    private static final int[] FIRST_CODE = new int[LONGEST + 1];
    private static final int[] FIRST_INDEX = new int[LONGEST + 2];
    private static final int[] SYMBOLS = new int[LENGTHS.length()];

    static {
        int code = 0;
        int index = 0;
        for (int length = 1; length <= LONGEST; length++) {
            code <<= 1;
            FIRST_CODE[length] = code;
            FIRST_INDEX[length] = index;
            for (int symbol = 0; symbol < SYMBOLS.length; symbol++) {
                if (Character.digit(LENGTHS.charAt(symbol), 36) == length) {
                    SYMBOLS[index++] = symbol;
                    code++;
                }
            }
        }
        FIRST_INDEX[LONGEST + 1] = index;
    }

    private Huffman() {}

    /** The text that is coded there. */
    static String decode(byte[] bytes, int from, int to) throws Unfit {
        StringBuilder text = new StringBuilder();
        int code = 0;
        int length = 0;
        for (int at = from; at < to; at++) {
            for (int bit = 7; bit >= 0; bit--) {
                code = code << 1 | bytes[at] >> bit & 1;
                length++;
                int offset = code - FIRST_CODE[length];
                if (offset < FIRST_INDEX[length + 1] - FIRST_INDEX[length]) {
                    int symbol = SYMBOLS[FIRST_INDEX[length] + offset];
                    if (symbol > 0xff) {
                        throw malformed();
                    }
                    text.append((char) symbol);
                    code = 0;
                    length = 0;
                } else if (length == LONGEST) {
                    throw malformed();
                }
            }
        }
        if (length > 7 || code != (1 << length) - 1) { // padded with the first bits of the end
            throw malformed();
        }
        return text.toString();
    }

    private static Unfit malformed() {
        return new Unfit(Reason.PROTOCOL, "not HTTP/2: a malformed Huffman code");
    }
}
