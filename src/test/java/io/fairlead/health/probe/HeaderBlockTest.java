package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.DefaultHttp2HeadersDecoder;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HeaderBlockTest {
    private static final HexFormat HEX = HexFormat.of();

    /** RFC 7541, appendix C. */
    @ParameterizedTest
    @CsvSource({
        "f1e3c2e5f23a6ba0ab90f4ff, www.example.com",
        "a8eb10649cbf, no-cache",
        "25a849e95ba97d7f, custom-key",
        "25a849e95bb8e8b4bf, custom-value",
        "6402, 302",
        "aec3771a4b, private",
        "d07abe941054d444a8200595040b8166e082a62d1bff, 'Mon, 21 Oct 2013 20:13:21 GMT'",
        "9d29ad171863c78f0b97c8e9ae82ae43d3, https://www.example.com"
    })
    void decodesTheExamplesOfTheStandard(String coded, String text) throws Unfit {
        byte[] bytes = HEX.parseHex(coded);
        assertThat(Huffman.decode(bytes, 0, bytes.length)).isEqualTo(text);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ffffffff", // the end of all
                "00", // padded with zeros
                "f1e3c2e5f23a6ba0ab90f4ffff", // padded with a whole byte
                "fffffffe"
            })
    void refusesWhatIsNoHuffmanCode(String coded) {
        byte[] bytes = HEX.parseHex(coded);
        assertThat(catchThrowableOfType(Unfit.class, () -> Huffman.decode(bytes, 0, bytes.length)))
                .isNotNull();
    }

    @Test
    void readsWhatAnotherImplementationWrites() throws Exception {
        Random random = new Random(1);
        for (boolean coded : new boolean[] {true, false}) {
            DefaultHttp2HeadersEncoder encoder = new DefaultHttp2HeadersEncoder(
                    Http2HeadersEncoder.NEVER_SENSITIVE, false, 16, coded ? 0 : Integer.MAX_VALUE);
            encoder.maxHeaderTableSize(0);
            for (int i = 0; i < 500; i++) {
                Http2Headers headers = new DefaultHttp2Headers(false)
                        .status(String.valueOf(new int[] {200, 204, 404, 503, 500, 302}[random.nextInt(6)]))
                        .set("content-type", "application/grpc")
                        .set("server", text(random))
                        .set("x-" + i, text(random))
                        .set("grpc-status", String.valueOf(random.nextInt(17)));
                ByteBuf block = Unpooled.buffer();
                encoder.encodeHeaders(1, headers, block);
                Map<String, String> fields = HeaderBlock.read(ByteBufUtil.getBytes(block));
                for (String name : new String[] {":status", "content-type", "x-" + i, "grpc-status"}) {
                    assertThat(fields.get(name)).isEqualTo(headers.get(name).toString());
                }
                block.release();
            }
        }
    }

    @Test
    void isReadByAnotherImplementation() throws Exception {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put(":method", "POST");
        fields.put("x-long", "v".repeat(126));
        fields.put("x-longer", "v".repeat(127));
        fields.put("x-longest", "v".repeat(5_000));
        Http2Headers read = new DefaultHttp2HeadersDecoder(false, 20_000)
                .decodeHeaders(1, Unpooled.wrappedBuffer(HeaderBlock.write(fields)));
        assertThat(read).hasSize(4);
        fields.forEach((name, value) -> assertThat(read.get(name)).hasToString(value));
        assertThat(HeaderBlock.read(HeaderBlock.write(fields))).isEqualTo(fields);
    }

    @ParameterizedTest
    @CsvSource({
        "80, a reference to a header that was never sent",
        "be, a reference to a header that was never sent",
        "7f0001, a reference to a header that was never sent",
        "3fe11f, 'a table of headers, where none may be'",
        "00, a malformed header block",
        "000161, a malformed header block",
        "00016105ff, a malformed header block",
        "ffffffffffff01, a malformed header block",
        "ff, a malformed header block",
        "00016184ffffffff, a malformed Huffman code"
    })
    void saysWhatIsWrong(String hex, String words) {
        Unfit unfit = catchThrowableOfType(Unfit.class, () -> HeaderBlock.read(HEX.parseHex(hex)));
        assertThat(unfit).isNotNull();
        assertThat(unfit.failure().detail()).isEqualTo("not HTTP/2: " + words);
    }

    /** Fields or a failure, and no other exception. */
    @Test
    void survivesNoise() {
        Random random = new Random(2);
        for (int i = 0; i < 100_000; i++) {
            byte[] bytes = new byte[1 + random.nextInt(12)];
            random.nextBytes(bytes);
            try {
                assertThat(HeaderBlock.read(bytes)).isNotNull();
            } catch (Unfit e) {
                assertThat(e.failure().detail()).startsWith("not HTTP/2: ");
            }
        }
    }

    private static String text(Random random) {
        byte[] bytes = new byte[random.nextInt(40)];
        random.nextBytes(bytes);
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
