package io.fairlead.health.probe;

import io.fairlead.health.ProbeResult.Reason;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Header blocks of HTTP/2 (HPACK, RFC 7541) for a peer that keeps no table: blocks are written in their plainest form, and read
 * in all their forms but references to a table, which the other side was told not to make.
 */
final class HeaderBlock {
    private static final int LAST_STATIC = 61;
    private static final int FIRST_STATUS = 8;
    private static final List<String> STATUSES = List.of("200", "204", "206", "304", "400", "404", "500");
    private static final int CONTENT_TYPE = 31;

    private final byte[] bytes;
    private int at;

    private HeaderBlock(byte[] bytes) {
        this.bytes = bytes;
    }

    /** Writes fields; names are in lower case. */
    static byte[] write(Map<String, String> fields) {
        ByteArrayOutputStream block = new ByteArrayOutputStream();
        fields.forEach((name, value) -> {
            block.write(0); // a literal that is not to be remembered
            write(block, name);
            write(block, value);
        });
        return block.toByteArray();
    }

    private static void write(ByteArrayOutputStream block, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        int rest = bytes.length;
        if (rest < 0x7f) {
            block.write(rest);
        } else {
            block.write(0x7f);
            for (rest -= 0x7f; rest >= 0x80; rest >>>= 7) {
                block.write(rest & 0x7f | 0x80);
            }
            block.write(rest);
        }
        block.writeBytes(bytes);
    }

    /** Reads fields; of those that come twice the first. The names that nobody here asks for may be left out. */
    static Map<String, String> read(byte[] bytes) throws Unfit {
        HeaderBlock block = new HeaderBlock(bytes);
        Map<String, String> fields = new LinkedHashMap<>();
        while (block.at < bytes.length) {
            block.readField(fields);
        }
        return fields;
    }

    private void readField(Map<String, String> fields) throws Unfit {
        int first = bytes[at] & 0xff;
        if (first >= 0x80) {
            int index = number(7);
            int status = index - FIRST_STATUS;
            String name = staticName(index);
            put(fields, name, status >= 0 && status < STATUSES.size() ? STATUSES.get(status) : "");
        } else if (first >= 0x40) {
            literal(fields, 6);
        } else if (first >= 0x20) {
            if (number(5) != 0) {
                throw malformed("a table of headers, where none may be");
            }
        } else {
            literal(fields, 4);
        }
    }

    private void literal(Map<String, String> fields, int prefix) throws Unfit {
        int index = number(prefix);
        String name = index == 0 ? text() : staticName(index);
        put(fields, name, text());
    }

    private static void put(Map<String, String> fields, String name, String value) {
        if (!name.isEmpty()) {
            fields.putIfAbsent(name, value);
        }
    }

    /** Of the names that the standard numbers, those that matter to a probe; empty for the others. */
    private static String staticName(int index) throws Unfit {
        if (index < 1 || index > LAST_STATIC) {
            throw malformed("a reference to a header that was never sent");
        }
        if (index >= FIRST_STATUS && index < FIRST_STATUS + STATUSES.size()) {
            return ":status";
        }
        return index == CONTENT_TYPE ? "content-type" : "";
    }

    private String text() throws Unfit {
        if (at == bytes.length) {
            throw malformed("a malformed header block");
        }
        boolean coded = bytes[at] < 0;
        int length = number(7);
        if (length > bytes.length - at) {
            throw malformed("a malformed header block");
        }
        int start = at;
        at += length;
        return coded ? Huffman.decode(bytes, start, at) : new String(bytes, start, length, StandardCharsets.ISO_8859_1);
    }

    /** A number whose first bits share a byte with something else: RFC 7541, section 5.1. */
    private int number(int prefix) throws Unfit {
        int most = (1 << prefix) - 1;
        int value = bytes[at++] & most;
        if (value < most) {
            return value;
        }
        for (int shift = 0; shift < 28; shift += 7) {
            if (at == bytes.length) {
                break;
            }
            byte next = bytes[at++];
            value += (next & 0x7f) << shift;
            if (next >= 0) {
                return value;
            }
        }
        throw malformed("a malformed header block");
    }

    private static Unfit malformed(String what) {
        return new Unfit(Reason.PROTOCOL, "not HTTP/2: " + what);
    }
}
