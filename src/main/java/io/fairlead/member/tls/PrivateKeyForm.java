package io.fairlead.member.tls;

import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/**
 * Private keys in the three forms that PEM files have them in: PKCS #8 (RFC 5958), which Java reads, and the older ones of RSA
 * (RFC 8017, A.1.2) and EC (RFC 5915), which are put into a PKCS #8 envelope here.
 */
final class PrivateKeyForm {
    private static final List<String> ALGORITHMS = List.of("RSA", "EC", "EdDSA");
    private static final int SEQUENCE = 0x30;
    private static final int OCTET_STRING = 0x04;
    private static final int CURVE = 0xa0; // [0] of an EC key
    private static final byte[] VERSION = HexFormat.of().parseHex("020100");
    private static final byte[] RSA = HexFormat.of().parseHex("06092a864886f70d0101010500");
    private static final byte[] EC = HexFormat.of().parseHex("06072a8648ce3d0201");

    private PrivateKeyForm() {}

    /**
     * Reads a key.
     *
     * @param kind what stands behind BEGIN
     * @throws GeneralSecurityException if it is none, or of an algorithm that TLS has no use for
     */
    static PrivateKey read(String kind, byte[] der) throws GeneralSecurityException {
        return switch (kind) {
            case "PRIVATE KEY" -> ofAnyAlgorithm(der);
            case "RSA PRIVATE KEY" -> ofAnyAlgorithm(envelope(RSA, der));
            case "EC PRIVATE KEY" -> ofAnyAlgorithm(envelope(join(EC, curve(der)), der));
            default -> throw new InvalidKeyException(kind);
        };
    }

    private static PrivateKey ofAnyAlgorithm(byte[] pkcs8) throws GeneralSecurityException {
        for (String algorithm : ALGORITHMS) {
            try {
                return KeyFactory.getInstance(algorithm).generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            } catch (InvalidKeySpecException e) {
                continue; // of another algorithm, or of none
            }
        }
        throw new InvalidKeyException("unknown algorithm");
    }

    private static byte[] envelope(byte[] algorithm, byte[] key) {
        return element(SEQUENCE, join(VERSION, element(SEQUENCE, algorithm), element(OCTET_STRING, key)));
    }

    /** The curve's object identifier: what is in the element [0] of the sequence. */
    private static byte[] curve(byte[] key) throws InvalidKeyException {
        int at = content(key, 0);
        while (at < key.length) {
            int start = content(key, at);
            int end = start + length(key, at);
            if ((key[at] & 0xff) == CURVE && end <= key.length) {
                return Arrays.copyOfRange(key, start, end);
            }
            at = end;
        }
        throw new InvalidKeyException("no curve");
    }

    /** Where the content of the element begins that begins there. */
    private static int content(byte[] der, int at) throws InvalidKeyException {
        int first = at + 1 < der.length ? der[at + 1] & 0xff : 0xff;
        if (first > 0x82) {
            throw new InvalidKeyException("length");
        }
        return at + 2 + (first < 0x80 ? 0 : first - 0x80);
    }

    private static int length(byte[] der, int at) throws InvalidKeyException {
        int start = content(der, at);
        if (start > der.length) {
            throw new InvalidKeyException("length");
        }
        int length = der[at + 1] & 0xff;
        if (length >= 0x80) {
            length = 0;
            for (int i = at + 2; i < start; i++) {
                length = length << 8 | der[i] & 0xff;
            }
        }
        return length;
    }

    private static byte[] element(int tag, byte[] content) {
        int length = content.length;
        byte[] head = length < 0x80
                ? new byte[] {(byte) tag, (byte) length}
                : new byte[] {(byte) tag, (byte) 0x82, (byte) (length >> 8), (byte) length};
        return join(head, content);
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            all.writeBytes(part);
        }
        return all.toByteArray();
    }
}
