package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Members that answer 503 while their probes pass: one goes, all stay, and one bad endpoint is not held against any. */
class MembersRefuseIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void oneThatRefusesEverythingIsEjectedAndNoClientNotices() throws Exception {
        RefusingMember seen = RefusingMember.play(directory, Pace.QUICK, 6);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.transitions().get(0)).contains("is ejected: ", "the last: status 503; ejected for 2 s");
        assertThat(seen.ejections()).as("%s", seen.transitions()).isBetween(1, 2);
        // Five, those that were on their way meanwhile, and one when the time is over. In turn it would be 1,000.
        assertThat(seen.refused()).isBetween(5, 250);
    }

    @Test
    void whenAllRefuseNobodyIsEjectedAndRetriesStayWithinTheirBudget() throws Exception {
        RefusingPool seen = RefusingPool.play(directory, Pace.QUICK, 6);
        System.out.println(seen);

        assertThat(seen.transitions()).isEmpty();
        assertThat(seen.answers().failed()).isEqualTo(seen.asked());
        double most = seen.asked() * (1 + RefusingPool.BUDGET) + RefusingPool.RESERVE;
        assertThat((double) seen.given()).isBetween((double) seen.asked(), most);
    }

    @Test
    void anEndpointThatIsRefusedEverywhereTakesNothingFromTheOthers() throws Exception {
        RefusingPath seen = RefusingPath.play(directory, Pace.QUICK, 5);
        System.out.println(seen);

        assertThat(seen.good().failed()).as("%s", seen).isZero();
        assertThat(seen.bad().failed()).isEqualTo(seen.bad().count());
        assertThat(seen.transitions()).isEmpty();
    }
}
