package io.fairlead.health.probe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GrpcMessageTest {
    @Test
    void writesTheQuestion() {
        assertThat(hex("")).isEqualTo("0000000000");
        assertThat(hex("a.B")).isEqualTo("0000000005" + "0a03612e42");
        assertThat(hex("x".repeat(300)))
                .startsWith("000000012f" + "0aac02" + "7878")
                .hasSize(2 * (5 + 303));
    }

    @ParameterizedTest
    @CsvSource({
        "0000000000, 0",
        "00000000020801, 1",
        "00000000020802, 2",
        "00000000020800, 0",
        "000000000408010802, 2", // the last one counts
        "0000000009" + "1203616263" + "0801" + "1801" + ", 1", // fields 2 and 3, of a later version
        "0000000007" + "1501020304" + "0801" + ", 1", // one of four bytes
        "000000000b" + "110102030405060708" + "0801" + ", 1", // one of eight
        "000000000308ff01, 255",
        "000000000b08ffffffffffffffffff01, 2147483647"
    })
    void readsTheAnswerInWhateverPieces(String hex, int status) throws Unfit {
        byte[] bytes = HexFormat.of().parseHex(hex);
        assertThat(read(bytes, bytes.length)).isEqualTo(status);
        assertThat(read(bytes, 1)).isEqualTo(status);
    }

    @ParameterizedTest
    @CsvSource({
        "'', no message",
        "00000000, a message that breaks off",
        "000000000208, a message that breaks off",
        "0100000000, 'a compressed message, unasked'",
        "4854545000, no gRPC frame",
        "0040000000, a message of 1073741824 bytes",
        "00ffffffff, a message of 4294967295 bytes",
        "0000000401, a message of 1025 bytes",
        "000000000208010000000002, more than one message",
        "000000000108, a malformed message",
        "00000000020880, a malformed message",
        "000000000c08ffffffffffffffffffff01, a malformed message",
        "00000000020001, a malformed message",
        "00000000020f01, a malformed message",
        "000000000312ff01, a malformed message",
        "00000000031500ff, a malformed message",
        "000000000b12ffffffffffffffff7f00, a malformed message"
    })
    void saysWhatIsWrong(String hex, String words) {
        byte[] bytes = HexFormat.of().parseHex(hex);
        for (int piece : new int[] {1, Math.max(1, bytes.length)}) {
            Unfit unfit = catchThrowableOfType(Unfit.class, () -> read(bytes, piece));
            assertThat(unfit).isNotNull();
            assertThat(unfit.failure().detail()).isEqualTo("not gRPC: " + words);
        }
    }

    @Test
    void keepsNoMoreThanAMessageMayHave() {
        GrpcMessage message = new GrpcMessage();
        Unfit unfit = catchThrowableOfType(Unfit.class, () -> message.take(new byte[1 << 20]));
        assertThat(unfit.failure().detail()).isEqualTo("not gRPC: a message of more than 1024 bytes");
    }

    /** A status or a failure, and no other exception. */
    @Test
    void survivesNoise() {
        Random random = new Random(3);
        for (int i = 0; i < 50_000; i++) {
            byte[] bytes = new byte[5 + random.nextInt(12)];
            random.nextBytes(bytes);
            Arrays.fill(bytes, 0, 4, (byte) 0);
            bytes[4] = (byte) (bytes.length - 5);
            try {
                assertThat(read(bytes, 1 + random.nextInt(4))).isNotNegative();
            } catch (Unfit e) {
                assertThat(e.failure().detail()).isEqualTo("not gRPC: a malformed message");
            }
        }
    }

    private static int read(byte[] bytes, int piece) throws Unfit {
        GrpcMessage message = new GrpcMessage();
        for (int at = 0; at < bytes.length; at += piece) {
            message.take(Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + piece)));
        }
        return message.servingStatus();
    }

    private static String hex(String service) {
        return HexFormat.of().formatHex(GrpcMessage.request(service).getBytes());
    }
}
