package io.fairlead.member.tls;

import java.security.cert.CertificateException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/**
 * What went wrong with TLS, in words.
 *
 * @param general for anybody: names nobody
 * @param detail for the operator: says whom a certificate is for
 */
public record TlsTrouble(String general, String detail) {
    private static final Pattern ALERT = Pattern.compile("(?:Received fatal alert|fatal alert): (\\w+)");
    private static final int LONGEST = 120;

    /** Why a certificate was refused. */
    static final class Refused extends CertificateException {
        private final String general;

        Refused(String words, Throwable cause) {
            this(words, words, cause);
        }

        Refused(String general, String detail, Throwable cause) {
            super(detail, cause);
            this.general = general;
        }
    }

    /** What the failure of a connection says of TLS; empty if it says nothing of it. */
    public static Optional<TlsTrouble> in(Throwable failure) {
        Optional<TlsTrouble> found = Optional.empty();
        int depth = 0;
        for (Throwable cause = failure; cause != null && depth < 16; cause = cause.getCause(), depth++) {
            if (cause instanceof Refused refused) {
                return Optional.of(new TlsTrouble(refused.general, String.valueOf(refused.getMessage())));
            }
            if (cause instanceof SSLException) {
                found = Optional.of(of(String.valueOf(cause.getMessage())));
            }
        }
        return found;
    }

    private static TlsTrouble of(String message) {
        if (message.contains("not an SSL/TLS record") || message.contains("Unsupported or unrecognized SSL message")) {
            return same("the member does not speak TLS");
        }
        Matcher alert = ALERT.matcher(message);
        if (alert.find()) {
            return same("the member refused the handshake: " + alert.group(1).replace('_', ' '));
        }
        String lower = message.toLowerCase(Locale.ROOT);
        if (lower.contains("timed out")) {
            return same("the handshake took too long");
        }
        if (lower.contains("closed") || lower.contains("failed to create ssl connection")) {
            return same("the member closed the connection in the handshake");
        }
        String visible = message.replaceAll("[^\\x20-\\x7e]", ".");
        return new TlsTrouble(
                "the handshake failed",
                "the handshake failed: "
                        + (visible.length() <= LONGEST ? visible : visible.substring(0, LONGEST) + "..."));
    }

    private static TlsTrouble same(String words) {
        return new TlsTrouble(words, words);
    }
}
