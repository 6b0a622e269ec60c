package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Members learn who the client is and what it asked for: RFC 7239 and the X-Forwarded fields. Only a trusted peer is
 * believed.
 */
class ForwardingHeadersIT {
    private static final String TRUST_LOOPBACK = "trusted_proxies = [\"loopback\"]";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @Test
    void tellsMembersOfTheClient() throws Exception {
        Head head = received(RawClient.HOST);
        assertThat(head.value("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(head.value("x-forwarded-proto")).isEqualTo("http");
        assertThat(head.value("x-forwarded-host")).isEqualTo("app.example");
        assertThat(head.value("x-forwarded-port")).isEqualTo(String.valueOf(fairlead.port()));
        assertThat(head.value("forwarded").split(";"))
                .containsExactlyInAnyOrder("for=127.0.0.1", "host=app.example", "proto=http");
    }

    @Test
    void quotesWhatForwardedMustQuote() throws Exception {
        Head head = received("Host: app.example:8080");
        assertThat(head.value("forwarded").split(";"))
                .containsExactlyInAnyOrder("for=127.0.0.1", "host=\"app.example:8080\"", "proto=http");
        assertThat(head.value("x-forwarded-host")).isEqualTo("app.example:8080");
    }

    @Test
    void replacesWhatAnUntrustedPeerSays() throws Exception {
        Head head = received(
                RawClient.HOST,
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-For: 192.0.2.2",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: evil.example",
                "X-Forwarded-Port: 1",
                "Forwarded: for=192.0.2.1;host=evil.example",
                "Forwarded: for=192.0.2.2");
        assertThat(head.value("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(head.value("x-forwarded-proto")).isEqualTo("http");
        assertThat(head.value("x-forwarded-host")).isEqualTo("app.example");
        assertThat(head.value("x-forwarded-port")).isEqualTo(String.valueOf(fairlead.port()));
        assertThat(head.value("forwarded")).doesNotContain("192.0.2").doesNotContain("evil");
    }

    @Test
    void appendsToWhatATrustedPeerSays() throws Exception {
        fairlead.listener(TRUST_LOOPBACK);
        Head head = received(
                RawClient.HOST,
                "X-Forwarded-For: 192.0.2.1",
                "X-Forwarded-Proto: https",
                "X-Forwarded-Host: shop.example",
                "X-Forwarded-Port: 443",
                "Forwarded: for=192.0.2.1;host=shop.example;proto=https");
        assertThat(listOf(head, "x-forwarded-for")).containsExactly("192.0.2.1", "127.0.0.1");
        assertThat(head.value("x-forwarded-proto")).isEqualTo("https");
        assertThat(head.value("x-forwarded-host")).isEqualTo("shop.example");
        assertThat(head.value("x-forwarded-port")).isEqualTo("443");
        assertThat(listOf(head, "forwarded")).hasSize(2);
        assertThat(listOf(head, "forwarded")[0]).isEqualTo("for=192.0.2.1;host=shop.example;proto=https");
        assertThat(listOf(head, "forwarded")[1]).contains("for=127.0.0.1");
    }

    @Test
    void appendsToEachOfSeveralFieldsOfATrustedPeer() throws Exception {
        fairlead.listener(TRUST_LOOPBACK);
        Head head = received(RawClient.HOST, "X-Forwarded-For: 192.0.2.1, 192.0.2.2", "X-Forwarded-For: 192.0.2.3");
        assertThat(listOf(head, "x-forwarded-for")).containsExactly("192.0.2.1", "192.0.2.2", "192.0.2.3", "127.0.0.1");
    }

    @Test
    void beginsTheListIfATrustedPeerSaysNothing() throws Exception {
        fairlead.listener(TRUST_LOOPBACK);
        Head head = received(RawClient.HOST);
        assertThat(head.value("x-forwarded-for")).isEqualTo("127.0.0.1");
        assertThat(head.value("x-forwarded-proto")).isEqualTo("http");
        assertThat(head.value("x-forwarded-host")).isEqualTo("app.example");
        assertThat(head.value("forwarded")).contains("for=127.0.0.1");
    }

    @Test
    void preservesTheHost() throws Exception {
        assertThat(received("Host: App.Example:81").value("host")).isEqualTo("App.Example:81");
    }

    @Test
    void namesTheMemberAsTheHostIfToldSo() throws Exception {
        fairlead.pool("host = \"member\"");
        RawServer member = fairlead.member(Script.ok());
        assertThat(fairlead.client().get("/").status()).isEqualTo(200);
        assertThat(member.onlyHead().value("host")).isEqualTo(member.address());
        assertThat(member.onlyHead().value("x-forwarded-host")).isEqualTo("app.example");
    }

    @Test
    void sendsAFixedHostIfToldSo() throws Exception {
        fairlead.pool("host = \"fixed.example\"");
        Head head = received(RawClient.HOST);
        assertThat(head.value("host")).isEqualTo("fixed.example");
        assertThat(head.value("x-forwarded-host")).isEqualTo("app.example");
    }

    @Test
    void givesEachRequestAnId() throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.get("/1");
        client.get("/2");
        String first = member.heads().get(0).value("x-request-id");
        String second = member.heads().get(1).value("x-request-id");
        assertThat(first).matches("[0-9A-Za-z-]{16,64}");
        assertThat(second).matches("[0-9A-Za-z-]{16,64}").isNotEqualTo(first);
    }

    @Test
    void replacesTheIdOfAnUntrustedPeer() throws Exception {
        assertThat(received(RawClient.HOST, "X-Request-Id: mine-0123456789").value("x-request-id"))
                .isNotEqualTo("mine-0123456789");
    }

    @Test
    void keepsTheIdOfATrustedPeer() throws Exception {
        fairlead.listener(TRUST_LOOPBACK);
        assertThat(received(RawClient.HOST, "X-Request-Id: mine-0123456789").value("x-request-id"))
                .isEqualTo("mine-0123456789");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "<script>", "\"quoted\"", "a;b", "LONG"})
    void replacesAnIdThatIsNotSane(String id) throws Exception {
        fairlead.listener(TRUST_LOOPBACK);
        String sent = id.equals("LONG") ? "x".repeat(500) : id;
        assertThat(received(RawClient.HOST, "X-Request-Id: " + sent).value("x-request-id"))
                .isNotEqualTo(sent)
                .matches("[0-9A-Za-z-]{16,64}");
    }

    private Head received(String... fields) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send("GET / HTTP/1.1\r\n" + Wire.head(fields));
        assertThat(client.readAnswer().status()).isEqualTo(200);
        return member.onlyHead();
    }

    private static String[] listOf(Head head, String name) {
        return String.join(",", head.values(name)).split("\\s*,\\s*");
    }
}
