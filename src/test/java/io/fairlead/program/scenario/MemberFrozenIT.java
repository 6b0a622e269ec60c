package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.program.scenario.FrozenHalf.Settings;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member stops answering, and its connections stay open: what it has caught is answered by another. */
class MemberFrozenIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void requestsCaughtThereAreAnsweredByOthersAndItIsEjected() throws Exception {
        FrozenMember seen = FrozenMember.play(directory, Pace.QUICK, 500);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.ejected()).contains("is ejected: ", "the last: no answer in time", "(2 of 3 members serve)");
        assertThat(seen.caught()).as("%s", seen).isGreaterThanOrEqualTo(5).isEqualTo(seen.retried());
        assertThat(seen.caughtLater()).as("%s", seen).isZero();
    }

    @Test
    void sixSecondsOfHalfThePoolLoseNothingAndStrategiesThatLookHardlyNotice() throws Exception {
        FrozenHalf seen = FrozenHalf.play(
                directory, Pace.QUICK, FrozenHalf.FROZEN_SECONDS + 4, Settings.DEFAULTS, Settings.PER_TRY);
        seen.pools().forEach((pool, of) -> System.out.println(pool + ": " + of));

        assertThat(seen.pools()).hasSize(6).allSatisfy((pool, of) -> {
            assertThat(of.answers().failed()).as(pool).isZero();
            assertThat(of.caught()).as(pool).isPositive();
            assertThat(of.probes()).as(pool).isBetween(1, FrozenHalf.FROZEN_SECONDS + 1);
        });
        // By turns it is a tenth, until the first have timed out.
        assertThat(seen.pools()).allSatisfy((pool, of) -> {
            if (!pool.startsWith("round-robin")) {
                assertThat(of.caught()).as(pool).isLessThan(of.answers().count() / 20);
            }
        });
    }
}
