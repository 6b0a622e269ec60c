package io.fairlead.proxy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.settings.Cidr;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Size;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What of a listener can be changed while it listens; and how long a stop may wait. */
class ListenerSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final ListenerSettings NOW = settings("web", ":8080", "16KiB", SECOND);

    @Test
    void timeoutsTrustAndLimitOfBodiesAreLive() {
        assertThat(NOW.isLive(NOW)).isTrue();
        assertThat(NOW.isLive(new ListenerSettings(
                        "web",
                        ListenAddress.parse(":8080"),
                        List.of(Cidr.parse("10.0.0.0/8")),
                        Duration.ofSeconds(2),
                        Duration.ofSeconds(3),
                        Size.parse("16KiB"),
                        Size.parse("4KiB"))))
                .isTrue();
    }

    @Test
    void nameAddressAndLimitOfHeadersAreNot() {
        assertThat(NOW.isLive(settings("shop", ":8080", "16KiB", SECOND))).isFalse();
        assertThat(NOW.isLive(settings("web", ":8081", "16KiB", SECOND))).isFalse();
        assertThat(NOW.isLive(settings("web", ":8080", "8KiB", SECOND))).isFalse();
    }

    @Test
    void aStopMayWaitForNothingButNotForLess() {
        assertThat(new ShutdownSettings(Duration.ZERO, Duration.ZERO).grace()).isZero();
        assertThatThrownBy(() -> new ShutdownSettings(SECOND.negated(), SECOND)).hasMessageStartingWith("delay: ");
        assertThatThrownBy(() -> new ShutdownSettings(SECOND, SECOND.negated())).hasMessageStartingWith("grace: ");
    }

    private static ListenerSettings settings(String name, String address, String maxHeaderSize, Duration timeout) {
        return new ListenerSettings(
                name,
                ListenAddress.parse(address),
                List.of(),
                timeout,
                timeout,
                Size.parse(maxHeaderSize),
                Size.parse("0"));
    }
}
