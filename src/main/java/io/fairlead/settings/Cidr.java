package io.fairlead.settings;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A set of client addresses; written {@code "10.0.0.0/8"}, {@code "2001:db8::/32"}, a single address, {@code "private"} or
 * {@code "loopback"}.
 */
public final class Cidr {
    private static final Pattern BLOCK = Pattern.compile("([0-9A-Fa-f:.]+)(?:/(\\d{1,3}))?");
    private static final List<String> LOOPBACK = List.of("127.0.0.0/8", "::1");
    private static final List<String> PRIVATE = List.of(
            "10.0.0.0/8",
            "172.16.0.0/12",
            "192.168.0.0/16",
            "127.0.0.0/8",
            "169.254.0.0/16",
            "fc00::/7",
            "fe80::/10",
            "::1");

    private final String text;
    private final List<Block> blocks;

    private Cidr(String text, List<Block> blocks) {
        this.text = text;
        this.blocks = blocks;
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException if it is neither an address, nor a block, nor one of the two words
     */
    public static Cidr parse(String text) {
        List<String> literals = switch (text) {
            case "private" -> PRIVATE;
            case "loopback" -> LOOPBACK;
            default -> List.of(text);
        };
        List<Block> blocks = new ArrayList<>();
        for (String literal : literals) {
            blocks.add(Block.parse(literal));
        }
        return new Cidr(text, List.copyOf(blocks));
    }

    /** Whether the address, an IP literal, is one of the set. An IPv4 address in IPv6 form counts as IPv4; a zone does
     * not count. */
    public boolean contains(String address) {
        byte[] bytes = IpLiteral.bytes(address);
        return bytes != null && blocks.stream().anyMatch(block -> block.contains(bytes));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Cidr cidr && text.equals(cidr.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }

    private static final class Block {
        private final byte[] network;
        private final int bits;

        private Block(byte[] network, int bits) {
            this.network = network;
            this.bits = bits;
        }

        static Block parse(String literal) {
            Matcher matcher = BLOCK.matcher(literal);
            byte[] network = matcher.matches() ? IpLiteral.bytes(matcher.group(1)) : null;
            if (network == null) {
                throw new IllegalArgumentException("\"" + literal
                        + "\" (expected: a block such as \"10.0.0.0/8\", an address, \"private\" or \"loopback\")");
            }
            int bits = matcher.group(2) == null ? network.length * 8 : Integer.parseInt(matcher.group(2));
            if (bits > network.length * 8) {
                throw new IllegalArgumentException(
                        "\"" + literal + "\" (expected: a prefix of at most " + network.length * 8 + " bits)");
            }
            return new Block(network, bits);
        }

        boolean contains(byte[] address) {
            if (address.length != network.length) {
                return false;
            }
            int whole = bits / 8;
            int rest = bits % 8;
            return Arrays.equals(address, 0, whole, network, 0, whole)
                    && (rest == 0 || ((address[whole] ^ network[whole]) & (0xFF << (8 - rest)) & 0xFF) == 0);
        }
    }
}
