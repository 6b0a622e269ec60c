package io.fairlead.member.tls;

import io.fairlead.settings.Default;
import io.fairlead.settings.IpLiteral;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * TLS towards the members of a pool: {@code [pools.X.tls]}. Its presence is what turns it on, for requests and for probes.
 * The files are read here, so that one which is missing or is not what it should be is an error of the configuration; they
 * are read again by {@link MemberTls}.
 *
 * @param verify whether a member's certificate must be trusted and be for its name
 * @param ca a PEM file with the certificates to trust; empty: those that Java trusts
 * @param serverName whom the certificate must be for, and what is asked for by SNI; empty: the member's host as configured
 * @param cert a PEM file with the certificate that Fairlead shows, and the chain behind it; empty: it shows none
 * @param key a PEM file with its key, without a passphrase; empty: it stands in the same file
 */
public record TlsSettings(
        @Default("true") boolean verify,
        @Default("") Path ca,
        @Default("") String serverName,
        @Default("") Path cert,
        @Default("") Path key) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9_-]+(\\.[A-Za-z0-9_-]+)*");

    public TlsSettings {
        if (!serverName.isEmpty() && !NAME.matcher(serverName).matches() && !IpLiteral.is(serverName)) {
            throw new IllegalArgumentException(
                    "server_name: \"" + serverName + "\" (expected: a host name, or an IP address, without a port)");
        }
        if (isSet(ca)) {
            PemFile.certificates("ca", ca);
        }
        if (isSet(key) && !isSet(cert)) {
            throw new IllegalArgumentException("key: \"" + key + "\" without cert (expected: both)");
        }
        if (isSet(cert)) {
            PemFile.identity(cert, isSet(key) ? key : cert);
        }
    }

    /** Whether members are shown a certificate. */
    boolean hasIdentity() {
        return isSet(cert);
    }

    /** Where the key of that certificate stands. */
    Path keyFile() {
        return isSet(key) ? key : cert;
    }

    /** Whether only certain authorities are trusted. */
    boolean hasOwnTrust() {
        return isSet(ca);
    }

    /** Digests of what stands in its files now, in the order of the settings; of a file that is not set the empty text. */
    List<String> contents() {
        return Stream.of(ca, cert, keyFile())
                .map(file -> isSet(file) ? PemFile.digest(file) : "")
                .toList();
    }

    private static boolean isSet(Path path) {
        return !path.toString().isEmpty();
    }
}
