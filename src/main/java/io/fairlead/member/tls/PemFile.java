package io.fairlead.member.tls;

import io.fairlead.settings.StoredFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads certificates and keys in PEM form (RFC 7468). What is wrong with a file is an {@link IllegalArgumentException} that
 * names the setting, as the configuration wants it; what stands in a key is never part of a message.
 */
final class PemFile {
    private static final int LARGEST = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----\\s(.*?)-----END \\1-----", Pattern.DOTALL);

    private PemFile() {}

    /**
     * A private key with its certificate.
     *
     * @param chain the key's own certificate first
     */
    record Identity(PrivateKey key, List<X509Certificate> chain) {}

    private record Block(String kind, String text) {
        byte[] bytes() {
            return Base64.getMimeDecoder().decode(text);
        }
    }

    /** All certificates of a file, at least one. */
    static List<X509Certificate> certificates(String setting, Path file) {
        List<Block> blocks = blocks(setting, file);
        List<X509Certificate> all = new ArrayList<>();
        try {
            for (Block block : blocks) {
                if (block.kind.equals("CERTIFICATE")) {
                    all.add((X509Certificate) CertificateFactory.getInstance("X.509")
                            .generateCertificate(new ByteArrayInputStream(block.bytes())));
                }
            }
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw refusal(setting, file, "a certificate in it cannot be read", "PEM, as openssl writes it");
        }
        if (all.isEmpty()) {
            throw refusal(setting, file, "no certificate in it", "-----BEGIN CERTIFICATE-----");
        }
        return List.copyOf(all);
    }

    /** The certificates of one file and the key of another, or of the same; they belong together. */
    static Identity identity(Path certFile, Path keyFile) {
        List<X509Certificate> chain = certificates("cert", certFile);
        PrivateKey key = key(keyFile);
        if (!belong(key, chain.get(0).getPublicKey())) {
            throw refusal("key", keyFile, "not the key of the certificate in cert", "the key that it was made with");
        }
        return new Identity(key, chain);
    }

    /** What tells its content from any other: SHA-256 in hexadecimal. */
    static String digest(Path file) {
        try {
            byte[] content = text("file", file).getBytes(StandardCharsets.ISO_8859_1);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every Java has SHA-256
        }
    }

    private static PrivateKey key(Path file) {
        for (Block block : blocks("key", file)) {
            if (block.kind.startsWith("ENCRYPTED ") || block.text.contains("ENCRYPTED")) {
                throw refusal("key", file, "it is encrypted", "a key without a passphrase");
            }
            if (block.kind.endsWith("PRIVATE KEY")) {
                try {
                    return PrivateKeyForm.read(block.kind, block.bytes());
                } catch (GeneralSecurityException | IllegalArgumentException e) {
                    throw refusal("key", file, "the key in it cannot be read", "an RSA, EC or Ed25519 key");
                }
            }
        }
        throw refusal("key", file, "no private key in it", "-----BEGIN PRIVATE KEY-----");
    }

    private static List<Block> blocks(String setting, Path file) {
        List<Block> blocks = new ArrayList<>();
        Matcher matcher = BLOCK.matcher(text(setting, file));
        while (matcher.find()) {
            blocks.add(new Block(matcher.group(1), matcher.group(2)));
        }
        return blocks;
    }

    private static String text(String setting, Path file) {
        try (InputStream stream = StoredFile.open(file)) {
            byte[] bytes = stream.readNBytes(LARGEST + 1);
            if (bytes.length > LARGEST) {
                throw refusal(setting, file, "larger than 1MiB", "a PEM file");
            }
            return new String(bytes, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            throw refusal(setting, file, "no such file", "a PEM file");
        } catch (AccessDeniedException e) {
            throw refusal(setting, file, "permission denied", "a PEM file that may be read");
        } catch (IOException e) {
            throw refusal(setting, file, "cannot be read: " + e.getMessage(), "a PEM file");
        }
    }

    /** Whether what one signs the other verifies. */
    private static boolean belong(PrivateKey key, PublicKey publicKey) {
        String algorithm = switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
        byte[] words = "who signs this?".getBytes(StandardCharsets.US_ASCII);
        try {
            Signature signer = Signature.getInstance(algorithm);
            signer.initSign(key);
            signer.update(words);
            Signature verifier = Signature.getInstance(algorithm);
            verifier.initVerify(publicKey);
            verifier.update(words);
            return verifier.verify(signer.sign());
        } catch (GeneralSecurityException e) {
            return false; // keys of different kinds
        }
    }

    private static IllegalArgumentException refusal(String setting, Path file, String what, String expected) {
        return new IllegalArgumentException(setting + ": \"" + file + "\": " + what + " (expected: " + expected + ")");
    }
}
