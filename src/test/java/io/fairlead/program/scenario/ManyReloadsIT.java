package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads in a row under load. */
class ManyReloadsIT {
    private static final int WEB_SOCKETS = 20;

    /** A probe may be under way, or a request that holds on to who has gone; of 110 reloads each left one, it would be 110. */
    private static final int IN_WORK = 5;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void loseNothingCutNothingAndLeaveNothingBehind() throws Exception {
        ManyReloads seen = ManyReloads.play(directory, Pace.QUICK, new ManyReloads.Counts(40, 110, 1_000, WEB_SOCKETS));
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen.answers()).isZero();
        assertThat(seen.answers().count()).isPositive();
        assertThat(seen.talks().cut()).isEmpty();
        assertThat(seen.talks().echoes()).isGreaterThanOrEqualTo(2 * WEB_SOCKETS);
        assertThat(seen.late().threads()).isLessThanOrEqualTo(seen.early().threads());
        for (String kept :
                List.of("Member", "Pool", "Route", "MemberWatch", "ListenerVerticle", "InternalTimerHandler")) {
            assertThat(seen.late().alive(kept))
                    .as(kept)
                    .isBetween(1L, seen.early().alive(kept) + IN_WORK);
        }
        assertThat(seen.late().descriptors()).isLessThanOrEqualTo(seen.early().descriptors());
    }
}
