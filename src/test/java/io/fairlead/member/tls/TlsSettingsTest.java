package io.fairlead.member.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import java.nio.file.Path;
import java.security.interfaces.ECPrivateKey;
import java.security.interfaces.RSAPrivateCrtKey;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TlsSettingsTest {
    private static final Certificates CERTIFICATES = new Certificates();
    private static final X509Bundle MEMBER = CERTIFICATES.named("app.internal");
    private static final Path NONE = Path.of("");

    @Test
    void takesOneFileForCertificateAndKeyOrTwo() {
        Path both = Certificates.file(MEMBER.getCertificatePathPEM() + "some words\n" + MEMBER.getPrivateKeyPEM());
        Path key = Certificates.file(MEMBER.getPrivateKeyPEM());
        Path cert = Certificates.file(MEMBER.getCertificatePathPEM());
        assertThat(MemberTls.of(identity(both, NONE)).identity()).isPresent();
        assertThat(MemberTls.of(identity(cert, key)).identity()).isPresent();
        assertThat(MemberTls.of(CERTIFICATES.trusting("")).identity()).isEmpty();
    }

    @Test
    void takesTheKeysOfAllUsualAlgorithms() {
        for (CertificateBuilder.Algorithm algorithm : new CertificateBuilder.Algorithm[] {
            CertificateBuilder.Algorithm.ecp256,
            CertificateBuilder.Algorithm.rsa2048,
            CertificateBuilder.Algorithm.ed25519
        }) {
            X509Bundle bundle = CERTIFICATES.issue(builder -> builder.algorithm(algorithm));
            Path both = Certificates.file(bundle.getCertificatePEM() + bundle.getPrivateKeyPEM());
            assertThat(MemberTls.of(identity(both, NONE)).identity())
                    .as(algorithm.name())
                    .isPresent();
        }
    }

    @Test
    void takesTheOlderFormOfRsaKeys() {
        X509Bundle bundle = CERTIFICATES.issue(CertificateBuilder::rsa2048);
        assertThat(bundle.getKeyPair().getPrivate()).isInstanceOf(RSAPrivateCrtKey.class);
        byte[] pkcs8 = bundle.getKeyPair().getPrivate().getEncoded();
        byte[] pkcs1 = Arrays.copyOfRange(pkcs8, 26, pkcs8.length); // behind the envelope, whose length is fixed
        Path cert = Certificates.file(bundle.getCertificatePEM());
        assertThat(identity(cert, pem("RSA PRIVATE KEY", pkcs1)).hasIdentity()).isTrue();
    }

    @Test
    void takesTheOlderFormOfEcKeys() {
        byte[] secret = new byte[32];
        byte[] number = ((ECPrivateKey) MEMBER.getKeyPair().getPrivate()).getS().toByteArray();
        int length = Math.min(32, number.length);
        System.arraycopy(number, number.length - length, secret, 32 - length, length);
        // version 1, the number, and the name of the curve P-256: RFC 5915, section 3
        String sec1 = "3031020101" + "0420" + HexFormat.of().formatHex(secret) + "a00a" + "06082a8648ce3d030107";
        Path cert = Certificates.file(MEMBER.getCertificatePEM());
        assertThat(identity(cert, pem("EC PRIVATE KEY", HexFormat.of().parseHex(sec1)))
                        .hasIdentity())
                .isTrue();
    }

    @Test
    void saysWhatIsWrongWithAFile() {
        Path words = Certificates.file("nothing\n");
        Path broken = Certificates.file("-----BEGIN CERTIFICATE-----\nbm90aGluZw==\n-----END CERTIFICATE-----\n");
        assertThatThrownBy(() -> trusting(Path.of("gone.pem")))
                .hasMessage("ca: \"gone.pem\": no such file (expected: a PEM file)");
        assertThatThrownBy(() -> trusting(words))
                .hasMessage("ca: \"" + words + "\": no certificate in it (expected: -----BEGIN CERTIFICATE-----)");
        assertThatThrownBy(() -> trusting(broken))
                .hasMessage("ca: \"" + broken
                        + "\": a certificate in it cannot be read (expected: PEM, as openssl writes it)");
        assertThatThrownBy(() -> trusting(Path.of("src")))
                .hasMessageEndingWith("cannot be read: Is a directory (expected: a PEM file)");
    }

    @Test
    void saysWhatIsWrongWithAKey() {
        Path cert = Certificates.file(MEMBER.getCertificatePEM());
        Path other = Certificates.file(CERTIFICATES.named("b").getPrivateKeyPEM());
        Path rsa = Certificates.file(
                CERTIFICATES.issue(CertificateBuilder::rsa2048).getPrivateKeyPEM());
        assertThatThrownBy(() -> identity(cert, other)).hasMessageContaining("not the key of the certificate in cert");
        assertThatThrownBy(() -> identity(cert, rsa)).hasMessageContaining("not the key of the certificate in cert");
        assertThatThrownBy(() -> identity(cert, NONE)).hasMessageContaining("no private key in it");
        assertThatThrownBy(() -> identity(cert, pem("ENCRYPTED PRIVATE KEY", new byte[8])))
                .hasMessageContaining("it is encrypted (expected: a key without a passphrase)");
        assertThatThrownBy(() -> identity(cert, pem("PRIVATE KEY", new byte[8])))
                .hasMessageContaining("the key in it cannot be read");
        assertThatThrownBy(() -> identity(NONE, other)).hasMessageEndingWith("without cert (expected: both)");
    }

    @ParameterizedTest
    @ValueSource(strings = {"3080", "30820000", "30", "", "3003020101", "3006a0ff06010203", "30050201a00a06"})
    void nonsenseForAKeyIsRefusedInWords(String hex) {
        Path cert = Certificates.file(MEMBER.getCertificatePEM());
        assertThatThrownBy(() ->
                        identity(cert, pem("EC PRIVATE KEY", HexFormat.of().parseHex(hex))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("the key in it cannot be read");
    }

    @ParameterizedTest
    @ValueSource(strings = {"app internal", "https://app", "app:443", "app..internal", ".app", "app."})
    void aServerNameIsAHostWithoutMore(String name) {
        assertThatThrownBy(() -> new TlsSettings(true, NONE, name, NONE, NONE))
                .hasMessage("server_name: \"" + name + "\" (expected: a host name, or an IP address, without a port)");
    }

    @Test
    void thePeerIsTheServerNameOrElseTheMembersHost() {
        Member named = new Member("app", "a", MemberAddress.parse("app.internal.:9001"));
        Member numbered = new Member("app", "b", MemberAddress.parse("[2001:db8::1]:9001"));
        MemberTls own = MemberTls.of(CERTIFICATES.trusting(""));
        assertThat(own.peer(named)).isEqualTo("app.internal");
        assertThat(own.peer(numbered)).isEqualTo("2001:db8::1");
        assertThat(MemberTls.of(CERTIFICATES.trusting("x.example")).peer(named)).isEqualTo("x.example");
    }

    private static TlsSettings identity(Path cert, Path key) {
        return new TlsSettings(true, NONE, "", cert, key);
    }

    private static TlsSettings trusting(Path ca) {
        return new TlsSettings(true, ca, "", NONE, NONE);
    }

    private static Path pem(String kind, byte[] der) {
        String text = Base64.getMimeEncoder().encodeToString(der);
        return Certificates.file("-----BEGIN " + kind + "-----\n" + text + "\n-----END " + kind + "-----\n");
    }
}
