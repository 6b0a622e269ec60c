package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** All members are restarted one by one under load. */
class RollingRestartIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @ParameterizedTest(name = "gently: {0}")
    @ValueSource(booleans = {true, false})
    void noRequestFails(boolean gently) throws Exception {
        RollingRestart seen = RollingRestart.play(directory, Pace.QUICK, gently);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.answers().count()).isPositive();
    }
}
