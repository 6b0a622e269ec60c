package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads of a large file under load. */
class LargeReloadsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void areTakenWithoutAFailure() throws Exception {
        LargeReloads seen = LargeReloads.play(directory, Pace.QUICK, 2, 200);
        System.out.println(seen);

        assertThat(seen.during().failed()).as("%s", seen.during()).isZero();
        assertThat(seen.before().failed()).as("%s", seen.before()).isZero();
        assertThat(seen.during().count()).isPositive();
        assertThat(seen.changes()).as("a weight each, a path, an address").isGreaterThanOrEqualTo(2_000);
        assertThat(seen.pools()).isEqualTo(200);
        assertThat(seen.members()).isEqualTo(2_000);
        assertThat(seen.routes()).isEqualTo(1_001);
    }
}
