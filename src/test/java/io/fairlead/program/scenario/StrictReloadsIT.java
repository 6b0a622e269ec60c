package io.fairlead.program.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Reloads under clients that never try again. */
class StrictReloadsIT {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void loseNothing() throws Exception {
        StrictClients.Seen seen = StrictReloads.play(directory, 8);
        System.out.println(seen);
        assertThat(seen.reasons()).isEmpty();
        assertThat(seen.lost()).isZero();
        assertThat(seen.sent()).isPositive();
    }
}
