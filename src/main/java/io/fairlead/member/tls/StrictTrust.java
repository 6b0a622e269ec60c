package io.fairlead.member.tls;

import java.net.Socket;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * Judges members' certificates exactly as Java does, and says in words why one was refused: what Java's own message says
 * differs from case to case and from release to release. Any thread.
 */
final class StrictTrust extends X509ExtendedTrustManager {
    private static final int DNS = 2;
    private static final int IP = 7;
    private static final int NAMES_SHOWN = 3;

    private final X509ExtendedTrustManager judge;

    StrictTrust(X509ExtendedTrustManager judge) {
        this.judge = judge;
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        try {
            judge.checkServerTrusted(chain, authType, engine);
        } catch (CertificateException e) {
            throw refused(e, chain[0], engine.getHandshakeSession().getPeerHost());
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkServerTrusted(chain, authType, socket);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkServerTrusted(chain, authType);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, Socket socket)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, socket);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType, SSLEngine engine)
            throws CertificateException {
        judge.checkClientTrusted(chain, authType, engine);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String authType) throws CertificateException {
        judge.checkClientTrusted(chain, authType);
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return judge.getAcceptedIssuers();
    }

    private static CertificateException refused(
            CertificateException why, X509Certificate shown, @Nullable String peer) {
        boolean pathIsGood = true;
        for (Throwable cause = why; cause != null; cause = cause.getCause()) {
            if (cause instanceof CertificateExpiredException) {
                return new TlsTrouble.Refused("certificate expired", why);
            }
            if (cause instanceof CertificateNotYetValidException) {
                return new TlsTrouble.Refused("certificate is not valid yet", why);
            }
            pathIsGood &= !(cause instanceof CertPathValidatorException)
                    && !cause.getClass().getSimpleName().equals("ValidatorException");
        }
        String message = String.valueOf(why.getMessage());
        boolean otherName = message.startsWith("No subject alternative") || message.startsWith("No name matching");
        return pathIsGood && otherName
                ? new TlsTrouble.Refused(
                        "certificate is for another name", "certificate is for " + names(shown) + ", not " + peer, why)
                : new TlsTrouble.Refused("certificate is not trusted", why);
    }

    /** Whom a certificate is for, as it says itself: at most three of its names, without what cannot be printed. */
    private static String names(X509Certificate certificate) {
        List<String> names = new ArrayList<>();
        try {
            Collection<List<?>> all = certificate.getSubjectAlternativeNames();
            for (List<?> name : all == null ? List.<List<?>>of() : all) {
                if (name.get(0).equals(DNS) || name.get(0).equals(IP)) {
                    names.add(String.valueOf(name.get(1)));
                }
            }
        } catch (CertificateParsingException e) {
            return "names that cannot be read";
        }
        if (names.isEmpty()) {
            return "no host";
        }
        String shown = String.join(", ", names.subList(0, Math.min(names.size(), NAMES_SHOWN)));
        return shown.replaceAll("[^\\x20-\\x7e]", ".") + (names.size() > NAMES_SHOWN ? ", ..." : "");
    }
}
