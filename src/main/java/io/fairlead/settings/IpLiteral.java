package io.fairlead.settings;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Tells IP addresses in text from host names, strictly: four decimal numbers without leading zeros, or the forms of RFC
 * 4291 section 2.2. No resolver is ever asked, and no short form is guessed at: Java itself reads {@code "10.1"} as
 * {@code 10.0.0.1}.
 */
public final class IpLiteral {
    private static final String BYTE = "(?:25[0-5]|2[0-4]\\d|1\\d\\d|[1-9]?\\d)";
    private static final Pattern IPV4 = Pattern.compile(BYTE + "(?:\\." + BYTE + "){3}");
    private static final Pattern IPV6_CHARACTERS = Pattern.compile("[0-9A-Fa-f:.]+");

    private IpLiteral() {}

    /** Whether the text is an address, without brackets; an IPv6 address may have a zone. */
    public static boolean is(String text) {
        return address(text) != null;
    }

    /** Whether the text is an address of this machine alone, {@code 127.0.0.0/8} or {@code ::1}. */
    public static boolean isLoopback(String text) {
        InetAddress address = address(text);
        return address != null && address.isLoopbackAddress();
    }

    /** The address in 4 or 16 bytes, without any zone; IPv4 in IPv6 form is 4. Null if the text is no address. */
    static byte @Nullable [] bytes(String text) {
        InetAddress address = address(text);
        return address == null ? null : address.getAddress();
    }

    private static @Nullable InetAddress address(String text) {
        boolean colons = text.indexOf(':') >= 0;
        int zone = colons ? text.indexOf('%') : -1;
        String address = zone < 0 ? text : text.substring(0, zone);
        if (!(colons ? IPV6_CHARACTERS : IPV4).matcher(address).matches()) {
            return null;
        }
        try {
            return InetAddress.getByName(colons ? "[" + address + "]" : address); // in brackets never a host name
        } catch (UnknownHostException e) {
            return null;
        }
    }
}
