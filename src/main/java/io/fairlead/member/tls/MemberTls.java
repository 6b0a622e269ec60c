package io.fairlead.member.tls;

import io.fairlead.member.Member;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedTrustManager;
import javax.net.ssl.X509KeyManager;

/**
 * What a pool's {@link TlsSettings} amount to: whom to trust and what to show. One per pool; any thread.
 */
public final class MemberTls {
    private static final char[] NO_PASSPHRASE = {};

    private final TlsSettings settings;
    private final X509ExtendedTrustManager trust;
    private final Optional<X509KeyManager> identity;
    private final List<String> files;

    private MemberTls(TlsSettings settings, X509ExtendedTrustManager trust, Optional<X509KeyManager> identity) {
        this.settings = settings;
        this.files = settings.contents();
        this.trust = trust;
        this.identity = identity;
    }

    /**
     * Reads the files.
     *
     * @throws IllegalArgumentException if one cannot be read any more
     */
    public static MemberTls of(TlsSettings settings) {
        try {
            X509ExtendedTrustManager trust =
                    settings.verify() ? new StrictTrust(authorities(settings)) : new BlindTrust();
            return new MemberTls(
                    settings, trust, settings.hasIdentity() ? Optional.of(keys(settings)) : Optional.empty());
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("tls: " + e.getMessage(), e); // every Java has what is asked for here
        }
    }

    /** Whether such settings amount to this very thing: they are equal, and their files have the content that was read here. */
    public boolean isCurrent(TlsSettings present) {
        return settings.equals(present) && files.equals(present.contents());
    }

    /** As configured. */
    public TlsSettings settings() {
        return settings;
    }

    /** Whom to trust; that a certificate is for the right name it checks only if {@link #identification()} is set. */
    public X509ExtendedTrustManager trust() {
        return trust;
    }

    /** The certificate to show, with its key. */
    public Optional<X509KeyManager> identity() {
        return identity;
    }

    /** How the name in a certificate is checked, by JSSE's word for it: {@code "HTTPS"} (RFC 9110, 4.3.4), or not at all, {@code ""}. */
    public String identification() {
        return settings.verify() ? "HTTPS" : "";
    }

    /** Whom a member's certificate must be for; a name of more than one label is asked for by SNI too. */
    public String peer(Member member) {
        String host = settings.serverName().isEmpty() ? member.address().host() : settings.serverName();
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }

    private static X509ExtendedTrustManager authorities(TlsSettings settings)
            throws GeneralSecurityException, IOException {
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(settings.hasOwnTrust() ? store(settings) : null);
        return (X509ExtendedTrustManager) factory.getTrustManagers()[0];
    }

    private static KeyStore store(TlsSettings settings) throws GeneralSecurityException, IOException {
        KeyStore store = empty();
        int count = 0;
        for (X509Certificate authority : PemFile.certificates("ca", settings.ca())) {
            store.setCertificateEntry("ca-" + count++, authority);
        }
        return store;
    }

    private static X509KeyManager keys(TlsSettings settings) throws GeneralSecurityException, IOException {
        PemFile.Identity identity = PemFile.identity(settings.cert(), settings.keyFile());
        KeyStore store = empty();
        store.setKeyEntry(
                "fairlead", identity.key(), NO_PASSPHRASE, identity.chain().toArray(new Certificate[0]));
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSPHRASE);
        return (X509KeyManager) factory.getKeyManagers()[0];
    }

    private static KeyStore empty() throws GeneralSecurityException, IOException {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, NO_PASSPHRASE);
        return store;
    }
}
