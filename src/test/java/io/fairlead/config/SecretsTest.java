package io.fairlead.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Values from the environment and from files, and that no message shows them; the golden files have more of the latter. */
class SecretsTest {
    private static final String POOL = "\n[pools.app]\nmembers = [\"127.0.0.1:9001\"]\n";

    @TempDir
    Path directory;

    private Config read(String admin, Map<String, String> environment) throws ConfigException {
        return new ConfigReader(environment, Scripted::implementations)
                .read("config.toml", "[admin]\n" + admin + POOL, directory);
    }

    private String token(String text, Map<String, String> environment) throws ConfigException {
        return read("token = '" + text + "'", environment).admin().token().value();
    }

    @Test
    void referencesStandForTheEnvironment() throws ConfigException {
        Map<String, String> environment = Map.of("A", "hunter2", "EMPTY", "", "NESTED", "${A}$1\\");
        assertThat(token("${A}", environment)).isEqualTo("hunter2");
        assertThat(token("<${A}-${A}>", environment)).isEqualTo("<hunter2-hunter2>");
        assertThat(token("${EMPTY}", environment)).isEmpty();
        assertThat(token("${EMPTY:-default}", environment)).isEqualTo("default");
        assertThat(token("${UNSET:-a:-b}", environment)).isEqualTo("a:-b");
        assertThat(token("${UNSET:-}", environment)).isEmpty();
        assertThat(token("${NESTED}", environment)).isEqualTo("${A}$1\\");
    }

    @Test
    void dollarsAloneMeanThemselves() throws ConfigException {
        assertThat(token("$ $A $$ {A}", Map.of())).isEqualTo("$ $A $$ {A}");
        assertThat(token("$${A}", Map.of())).isEqualTo("${A}");
        assertThat(token("$$${A}", Map.of("A", "b"))).isEqualTo("$${A}");
    }

    @Test
    void referencesStandForAFileLessItsLastLineEnd() throws ConfigException, IOException {
        Files.writeString(directory.resolve("relative"), "hunter2\n");
        Path absolute = Files.writeString(directory.resolve("absolute"), "a b\r\n");
        assertThat(token("${file:relative}", Map.of())).isEqualTo("hunter2");
        assertThat(token("${file:" + absolute + "}", Map.of())).isEqualTo("a b");
    }

    @Test
    void aFileThatCannotBeTakenIsAnError() throws IOException {
        Files.write(directory.resolve("binary"), new byte[] {(byte) 0xff});
        Files.writeString(directory.resolve("large"), "x".repeat((64 << 10) + 1));
        assertThatThrownBy(() -> token("${file:binary}", Map.of()))
                .hasMessageContaining("${file:binary} cannot be read: not UTF-8");
        assertThatThrownBy(() -> token("${file:large}", Map.of()))
                .hasMessageContaining("${file:large} is larger than 64KiB");
        assertThatThrownBy(() -> token("${file:none}", Map.of()))
                .hasMessageContaining("${file:none} cannot be read: no such file");
    }

    @Test
    void malformedReferencesAreErrors() {
        for (String text : List.of("${", "${}", "${A B}", "${1}", "${A", "${file:}", "${A-b}")) {
            assertThatThrownBy(() -> token(text, Map.of("A", "b")))
                    .as(text)
                    .hasMessageContaining("a malformed reference");
        }
    }

    @Test
    void aRefusedValueFromOutsideIsShownAsItIsWritten() {
        ConfigException refusal = catchThrowableOfType(
                ConfigException.class, () -> read("address = \"${WHERE}\"", Map.of("WHERE", "hunter2:99999")));
        assertThat(refusal)
                .hasMessage("config.toml:2: admin.address: \"${WHERE}\" (expected: 0 to 65535)\n"
                        + "    address = \"${WHERE}\"\n              ^");
    }

    @Test
    void aConfigurationPrintsWithoutItsSecrets() throws ConfigException {
        assertThat(read("token = \"hunter2\"", Map.of()).toString())
                .contains("token=***")
                .doesNotContain("hunter2");
    }

    private static Config probing(String health) throws ConfigException {
        return new ConfigReader(Map.of("A", "hunter1"))
                .read("config.toml", POOL + "[pools.app.health]\n" + health, Path.of(""));
    }

    @Test
    void whatAProbeSendsInItsHeadersIsShownNowhere() throws ConfigException {
        Config inline = probing("headers = { Authorization = \"hunter2\", X-Key = \"${A}\" }\n");
        Config table = probing("[pools.app.health.headers]\nAuthorization = \"hunter3\"\n");
        assertThat(ConfigText.of(inline, ""))
                .contains("Authorization = \"***\"", "X-Key = \"${A}\"")
                .doesNotContain("hunter");
        assertThat(ConfigDiff.between(inline, table))
                .hasSize(2)
                .allSatisfy(change -> assertThat(change.toString()).doesNotContain("hunter"));
        for (String wrong : List.of(
                "headers = { Authorization = \"hunter2\", Host = \"x\" }\n",
                "heders = { Authorization = \"hunter2\" }\n",
                "[pools.app.health.headers]\nAuthorization = \"hunter\u00fc\"\n")) {
            assertThatThrownBy(() -> probing(wrong))
                    .isInstanceOf(ConfigException.class)
                    .message()
                    .doesNotContain("hunter");
        }
    }

    @Test
    void othersWithALikeNameAreNotMasked() {
        assertThatThrownBy(() -> new ConfigReader(Map.of())
                        .read("config.toml", "[[listeners]]\nheader_timeout = 10\n" + POOL, Path.of("")))
                .hasMessageContaining("\n    header_timeout = 10\n");
    }

    @Test
    void aTokenThatNobodyCouldSendIsRefused() {
        for (String token : List.of("hunt\u00fcr2", "hunter2 ", " ")) {
            assertThatThrownBy(() -> read("token = \"" + token + "\"", Map.of()))
                    .hasMessageContaining(
                            "admin.token: the secret (expected: ASCII on one line, without a space at its ends)")
                    .message()
                    .doesNotContain("hunt");
        }
    }
}
