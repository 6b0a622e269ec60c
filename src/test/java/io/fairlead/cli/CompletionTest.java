package io.fairlead.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** What shells are given to complete. */
class CompletionTest {
    @Test
    void theScriptKnowsTheCommandsAndBashReadsIt() throws Exception {
        CommandRun run = CommandRun.of(new FairleadCommand(), "completion");
        assertThat(run.exit()).isZero();
        assertThat(run.out()).contains("bashcompinit");
        String ask = "\nCOMP_WORDS=(fairlead members d); COMP_CWORD=2; _complete_fairlead; echo \"=${COMPREPLY[*]}\"\n";
        Process bash =
                new ProcessBuilder("bash", "--norc").redirectErrorStream(true).start();
        bash.getOutputStream().write((run.out() + ask).getBytes(StandardCharsets.UTF_8));
        bash.getOutputStream().close();
        assertThat(new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .isEqualTo("=drain\n");
    }
}
