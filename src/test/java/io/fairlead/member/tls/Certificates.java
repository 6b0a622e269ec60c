package io.fairlead.member.tls;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.function.UnaryOperator;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** An authority made for one test class, and what it issues. Files are gone when the JVM ends. */
public final class Certificates {
    private static final Instant NOW = Instant.now();

    private final X509Bundle authority;

    public Certificates() {
        authority = made(() -> new CertificateBuilder()
                .ecp256()
                .notBefore(NOW.minus(Duration.ofDays(30)))
                .notAfter(NOW.plus(Duration.ofDays(30)))
                .subject("CN=An authority for tests")
                .setIsCertificateAuthority(true)
                .buildSelfSigned());
    }

    private interface Making<T> {
        T make() throws Exception;
    }

    /** A certificate of this authority, valid today, for a server or a client. */
    public X509Bundle issue(UnaryOperator<CertificateBuilder> what) {
        return made(() -> what.apply(new CertificateBuilder()
                        .ecp256()
                        .notBefore(NOW.minus(Duration.ofDays(1)))
                        .notAfter(NOW.plus(Duration.ofDays(1)))
                        .subject("CN=A member"))
                .buildIssuedBy(authority));
    }

    /** One for a host name. */
    public X509Bundle named(String host) {
        return issue(builder -> builder.addSanDnsName(host));
    }

    /** One for 127.0.0.1. */
    public X509Bundle loopback() {
        return issue(builder -> builder.addSanIpAddress("127.0.0.1"));
    }

    /** One for 127.0.0.1 whose time is over since yesterday. */
    public X509Bundle expired() {
        return issue(builder -> builder.addSanIpAddress("127.0.0.1")
                .notBefore(NOW.minus(Duration.ofDays(2)))
                .notAfter(NOW.minus(Duration.ofDays(1))));
    }

    /** The authority's own certificate in a file. */
    public Path authorityFile() {
        return file(authority.getCertificatePEM());
    }

    /** Settings that trust this authority, and no other. */
    public TlsSettings trusting(String serverName) {
        return new TlsSettings(true, authorityFile(), serverName, Path.of(""), Path.of(""));
    }

    /** A file with this text. */
    public static Path file(String text) {
        try {
            Path file = Files.createTempFile("fairlead-", ".pem");
            file.toFile().deleteOnExit();
            return Files.writeString(file, text);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** For a server that shows this certificate, and trusts this authority where it asks for one. */
    public SSLContext server(X509Bundle shown) {
        return made(() -> {
            KeyManagerFactory keys = shown.toKeyManagerFactory();
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", authority.getCertificate());
            TrustManagerFactory trust = TrustManagerFactory.getInstance("PKIX");
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
            return context;
        });
    }

    private static <T> T made(Making<T> making) {
        try {
            return making.make();
        } catch (Exception e) {
            throw new AssertionError("cannot make a certificate", e);
        }
    }
}
