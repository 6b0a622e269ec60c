package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.fairlead.program.Nginx;
import io.fairlead.program.Wrk;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A machine that is busy to its limit, or held up: neither probes nor requests that are late are held against members that are well. */
class SaturationIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whenFairleadIsHeldUpItselfMembersAreNotBlamed() throws Exception {
        HeldUp seen = HeldUp.play(directory, Pace.QUICK, 2);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.transitions()).isEmpty();
    }

    @Test
    void noHealthyMemberLeaves() throws Exception {
        assumeTrue(Nginx.isInstalled() && Wrk.isInstalled(), "nginx and wrk are needed");
        Saturation seen = Saturation.play(directory, 20);
        System.out.println(seen);

        assertThat(seen.transitions()).isEmpty();
        assertThat(seen.requests()).isPositive();
    }
}
