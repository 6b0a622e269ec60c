package io.fairlead.proxy;

import io.fairlead.settings.Default;
import io.fairlead.settings.Range;
import java.time.Duration;

/**
 * What a stop waits for: {@code [shutdown]}. Neither is waited for longer than there are connections.
 *
 * @param delay for so long new connections are still taken while {@code /readyz} says 503 and answers say that their connection
 *     closes, until who stands before Fairlead has noticed; 0s or more
 * @param grace what requests in flight, connections that idle and tunnels may take after that, and after their listener was replaced
 *     or taken out of the configuration; 0s or more
 */
public record ShutdownSettings(
        @Default("1s") Duration delay, @Default("30s") Duration grace) {
    public ShutdownSettings {
        Range.atLeast("delay", delay, Duration.ZERO);
        Range.atLeast("grace", grace, Duration.ZERO);
    }
}
