package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A member is killed with -9: no request fails, and it is out soon. */
class MemberKilledIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void probesAloneTakeItOutAndNoRequestFails() throws Exception {
        KilledMember seen = KilledMember.play(directory, Pace.QUICK, false);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.out()).contains("is out: 3 of 3 probes failed: connection refused (2 of 3 members serve)");
        assertThat(seen.triesLater()).as("%s", seen).isZero();
    }

    @Test
    void whatRequestsMeetTakesItOutBeforeProbesCould() throws Exception {
        KilledMember seen = KilledMember.play(directory, Pace.QUICK, true);
        System.out.println(seen);

        assertThat(seen.answers().failed()).as("%s", seen).isZero();
        assertThat(seen.out()).contains("is ejected: ", " requests in a row failed", "(2 of 3 members serve)");
        assertThat(seen.triesLater()).as("%s", seen).isZero();
    }
}
