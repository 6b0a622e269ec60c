package io.fairlead.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is malformed is refused, not repaired, before any member hears of it: RFC 9112, RFC 9110 section 5 and 7.2. */
class MalformedRequestIT {
    private static final String HOST = "Host: app.example\r\n";

    @RegisterExtension
    final FairleadFixture fairlead = new FairleadFixture();

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void accepts(String what, String request) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send(request);
        assertThat(client.readAnswer().text()).isEqualTo("ok");
        assertThat(member.heads()).hasSize(1);
    }

    static Stream<Arguments> accepts() {
        return Stream.of(
                arguments("plain GET", "GET / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("an empty line before the request", "\r\nGET / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("Host with a port", "GET / HTTP/1.1\r\nHost: app.example:8080\r\n\r\n"),
                arguments("Host that is an IPv4 address", "GET / HTTP/1.1\r\nHost: 192.0.2.1\r\n\r\n"),
                arguments("Host that is an IPv6 address", "GET / HTTP/1.1\r\nHost: [2001:db8::1]:80\r\n\r\n"),
                arguments("Host in capitals", "GET / HTTP/1.1\r\nHOST: APP.example\r\n\r\n"),
                arguments("Host with blanks around it", "GET / HTTP/1.1\r\nHost:  app.example \r\n\r\n"),
                arguments("absolute form", "GET http://app.example/ HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("a tab within a value", "GET / HTTP/1.1\r\n" + HOST + "X: a\tb\r\n\r\n"),
                arguments("an empty value", "GET / HTTP/1.1\r\n" + HOST + "X:\r\n\r\n"),
                arguments("bytes above 127 in a value", "GET / HTTP/1.1\r\n" + HOST + "X: \u00e9\u00ff\r\n\r\n"),
                arguments(
                        "odd characters in a header's name",
                        "GET / HTTP/1.1\r\n" + HOST + "!#$%&'*+-.^`|~9: 1\r\n\r\n"),
                arguments("a method of its own", "M-SEARCH / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("a body with a length", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 3\r\n\r\nabc"),
                arguments("a length of 0", "POST / HTTP/1.1\r\n" + HOST + "Content-Length: 0\r\n\r\n"),
                arguments(
                        "chunks",
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n"),
                arguments(
                        "Chunked in capitals",
                        "POST / HTTP/1.1\r\n" + HOST + "Transfer-Encoding: Chunked\r\n\r\n0\r\n\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesAsMalformed(String what, String request) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send(request);
        Problem.expect(client.readAnswer(), 400, "malformed");
        client.expectClosed();
        member.expectNoConnection();
    }

    static Stream<Arguments> refusesAsMalformed() {
        return Stream.of(hosts(), lengths(), encodings(), fields(), lines()).flatMap(cases -> cases);
    }

    private static Stream<Arguments> hosts() {
        return Stream.of(
                        arguments("no Host", ""),
                        arguments("empty Host with a port", "Host: :80"),
                        arguments("two Hosts", "Host: a.example\r\nHost: b.example"),
                        arguments("the same Host twice", "Host: a.example\r\nHost: a.example"),
                        arguments("Host with a blank", "Host: a.example b.example"),
                        arguments("Host list", "Host: a.example, b.example"),
                        arguments("Host with userinfo", "Host: user@a.example"),
                        arguments("Host with a path", "Host: a.example/path"),
                        arguments("Host with a backslash", "Host: a.example\\x"),
                        arguments("Host with a query", "Host: a.example?x"),
                        arguments("Host with a quote", "Host: \"a.example\""),
                        arguments("Host with angle brackets", "Host: <a.example>"),
                        arguments("Host with a scheme", "Host: http://a.example"),
                        arguments("Host with a port that is no number", "Host: a.example:http"),
                        arguments("Host with a negative port", "Host: a.example:-1"),
                        arguments("Host with a port above 65535", "Host: a.example:65536"),
                        arguments("Host with two ports", "Host: a.example:80:80"),
                        arguments("Host with an open bracket", "Host: [::1"),
                        arguments("Host with text behind the bracket", "Host: [::1]x"),
                        arguments("Host in brackets that is no address", "Host: [a.example]"),
                        arguments("Host with bytes above 127", "Host: \u00e9.example"))
                .map(Arguments::get)
                .map(with -> arguments(
                        with[0], "GET / HTTP/1.1\r\n" + with[1] + (with[1].equals("") ? "" : "\r\n") + "\r\n"));
    }

    private static Stream<Arguments> lengths() {
        return Stream.of(
                        arguments("length and chunks", "Content-Length: 3\r\nTransfer-Encoding: chunked"),
                        arguments("chunks and length", "Transfer-Encoding: chunked\r\nContent-Length: 3"),
                        arguments("two lengths that differ", "Content-Length: 3\r\nContent-Length: 4"),
                        arguments("a list of lengths that differ", "Content-Length: 3, 4"),
                        arguments("a length that is no number", "Content-Length: three"),
                        arguments("an empty length", "Content-Length:"),
                        arguments("a negative length", "Content-Length: -3"),
                        arguments("a length with a plus sign", "Content-Length: +3"),
                        arguments("a length in hexadecimal", "Content-Length: 0x3"),
                        arguments("a length with a fraction", "Content-Length: 3.0"),
                        arguments("a length with a blank within", "Content-Length: 3 3"),
                        arguments("a length above 2^63", "Content-Length: 9223372036854775808"))
                .map(Arguments::get)
                .map(with -> arguments(with[0], "POST / HTTP/1.1\r\n" + HOST + with[1] + "\r\n\r\n"));
    }

    private static Stream<Arguments> encodings() {
        return Stream.of(
                        arguments("transfer-encoding gzip", "Transfer-Encoding: gzip"),
                        arguments("transfer-encoding gzip, chunked", "Transfer-Encoding: gzip, chunked"),
                        arguments("transfer-encoding identity", "Transfer-Encoding: identity"),
                        arguments("chunked twice in a list", "Transfer-Encoding: chunked, chunked"),
                        arguments("chunked in two fields", "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked"),
                        arguments(
                                "chunked and identity in two fields",
                                "Transfer-Encoding: chunked\r\nTransfer-Encoding: identity"),
                        arguments("an unknown encoding that ends in chunked", "Transfer-Encoding: xchunked"),
                        arguments("chunked in quotes", "Transfer-Encoding: \"chunked\""),
                        arguments("chunked with a parameter", "Transfer-Encoding: chunked;q=1"),
                        arguments("chunked behind a vertical tab", "Transfer-Encoding: \u000bchunked"),
                        arguments("an empty transfer-encoding", "Transfer-Encoding:"))
                .map(Arguments::get)
                .map(with -> arguments(with[0], "POST / HTTP/1.1\r\n" + HOST + with[1] + "\r\n\r\n0\r\n\r\n"));
    }

    private static Stream<Arguments> fields() {
        return Stream.of(
                        arguments("a blank before the colon", "X : 1"),
                        arguments("a blank before the colon of a length", "Content-Length : 0"),
                        arguments("a header without a colon", "X"),
                        arguments("a header without a name", ": 1"),
                        arguments("a blank within a header's name", "X Y: 1"),
                        arguments("a parenthesis in a header's name", "X(Y): 1"),
                        arguments("a NUL in a header's name", "X\0: 1"),
                        arguments("a byte above 127 in a header's name", "X\u00e9: 1"),
                        arguments("a NUL in a value", "X: a\0b"),
                        arguments("a bare CR in a value", "X: a\rb"),
                        arguments("a control character in a value", "X: a\u0001b"),
                        arguments("a DEL in a value", "X: a\u007fb"))
                .map(Arguments::get)
                .map(with -> arguments(with[0], "GET / HTTP/1.1\r\n" + HOST + with[1] + "\r\n\r\n"));
    }

    private static Stream<Arguments> lines() {
        return Stream.of(
                        arguments("a method with a parenthesis", "G(T / HTTP/1.1"),
                        arguments("a method with a control character", "G\u0001T / HTTP/1.1"),
                        arguments("a target with a control character", "GET /a\u0001b HTTP/1.1"),
                        arguments("a target with a tab", "GET /a\tb HTTP/1.1"),
                        arguments("a target with a blank", "GET /a b HTTP/1.1"),
                        arguments("a target with a fragment", "GET /a#b HTTP/1.1"),
                        arguments("a target without a slash", "GET a HTTP/1.1"),
                        arguments("an asterisk with another method", "GET * HTTP/1.1"),
                        arguments("another authority than the Host", "GET http://other.example/ HTTP/1.1"),
                        arguments("absolute form with another port", "GET http://app.example:81/ HTTP/1.1"),
                        arguments("absolute form with userinfo", "GET http://u@app.example/ HTTP/1.1"),
                        arguments("absolute form without a host", "GET http:/// HTTP/1.1"))
                .map(Arguments::get)
                .map(with -> arguments(with[0], with[1] + "\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void refusesSomehow(String what, String request) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.send(request);
        Head head = client.nextHead();
        if (head != null) {
            assertThat(head.status()).isBetween(400, 599);
            client.readBody(head, new Payload.Sink());
        }
        client.expectClosed();
        member.expectNoConnection();
    }

    static Stream<Arguments> refusesSomehow() {
        return Stream.of(
                arguments("CONNECT", "CONNECT app.example:443 HTTP/1.1\r\nHost: app.example:443\r\n\r\n"),
                arguments("CONNECT with a path", "CONNECT / HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("absolute form of another scheme", "GET ftp://app.example/ HTTP/1.1\r\n" + HOST + "\r\n"),
                arguments("HTTP/0.9", "GET /\r\n\r\n"),
                arguments("HTTP/2's preface in clear", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
                arguments("HTTP/2.0 in the request line", "GET / HTTP/2.0\r\n" + HOST + "\r\n"),
                arguments("HTTP/1.2 in the request line", "GET / HTTP/1.2\r\n" + HOST + "\r\n"),
                arguments("a version in small letters", "GET / http/1.1\r\n" + HOST + "\r\n"),
                arguments("another protocol", "GET / ICAP/1.0\r\n" + HOST + "\r\n"),
                arguments("a TLS hello", "\u0016\u0003\u0001\u0000\u0005hello\r\n\r\n"),
                arguments(
                        "chunks in HTTP/1.0",
                        "POST / HTTP/1.0\r\n" + HOST + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n"),
                arguments("lines that end in a bare LF", "GET / HTTP/1.1\nHost: app.example\n\n"),
                arguments("a field that ends in a bare LF", "GET / HTTP/1.1\r\n" + HOST + "X: 1\nY: 2\r\n\r\n"),
                arguments("a blank before the first field", "GET / HTTP/1.1\r\n X: 1\r\n" + HOST + "\r\n"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void breaksOffAtMalformedChunks(String what, String chunks) throws Exception {
        RawServer member = fairlead.member(wire -> {
            assertThat(wire.readRequestBody(wire.readHead(), new Payload.Sink()).complete())
                    .as("the request looks complete to the member")
                    .isFalse();
        });
        RawClient client = fairlead.client();
        client.sendHead("POST / HTTP/1.1", RawClient.HOST, "Transfer-Encoding: chunked");
        client.sendChunk("good");
        member.awaitHeads(1);
        client.send(chunks);
        Head head = client.nextHead();
        if (head != null) {
            assertThat(head.status()).isEqualTo(400);
            client.readBody(head, new Payload.Sink());
        }
        client.expectClosed();
        member.awaitEnded(1);
    }

    static Stream<Arguments> breaksOffAtMalformedChunks() {
        return Stream.of(
                arguments("a size that is no number", "zz\r\n"),
                arguments("an empty size", "\r\nabc\r\n0\r\n\r\n"),
                arguments("a negative size", "-1\r\n"),
                arguments("a size with a plus sign", "+1\r\na\r\n0\r\n\r\n"),
                arguments("a size in C's notation", "0x1\r\na\r\n0\r\n\r\n"),
                arguments("a size above 2^63", "fffffffffffffffff\r\n"),
                arguments("more bytes than the size says", "1\r\nab\r\n0\r\n\r\n"),
                arguments("a size line that ends in a bare LF", "1\na\r\n0\r\n\r\n"),
                arguments("a bare LF in an extension", "1;x\nGET / HTTP/1.1\r\na\r\n0\r\n\r\n"));
    }

    /** RFC 9112, section 5.2, leaves these two. */
    @ParameterizedTest
    @ValueSource(strings = {"a\r\n b", "a\r\n\tb", "a\r\n  \t b"})
    void unfoldsAFoldedValueOrRefusesIt(String value) throws Exception {
        RawServer member = fairlead.member(Script.ok());
        RawClient client = fairlead.client();
        client.sendHead("GET / HTTP/1.1", RawClient.HOST, "X: " + value);
        Answer answer = client.readAnswer();
        if (answer.status() == 200) {
            assertThat(member.onlyHead().value("x")).matches("a +b");
        } else {
            Problem.expect(answer, 400, "malformed");
            member.expectNoConnection();
        }
    }

    @Test
    void servesOthersWhileItRefusesOne() throws Exception {
        fairlead.member(Script.ok());
        RawClient good = fairlead.client();
        good.expectUsable();
        RawClient bad = fairlead.client();
        bad.sendHead("GET / HTTP/1.1");
        Problem.expect(bad.readAnswer(), 400, "malformed");
        good.expectUsable();
    }
}
