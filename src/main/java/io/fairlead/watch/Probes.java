package io.fairlead.watch;

import io.fairlead.health.HealthSettings;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.Scheduler;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.settings.Providers;
import io.vertx.core.Vertx;
import java.util.Optional;

/** Makes the probes that pools are to have, on the system's time. Control context only. */
public final class Probes {
    private Probes() {}

    /**
     * A new probe.
     *
     * @param tls how members are spoken to by TLS
     * @throws IllegalStateException if its provider fails to make one; the message has the provider's jar and class
     */
    @SuppressWarnings("unchecked") // a choice's options are of its provider's type: the configuration bound them so
    public static Probe of(HealthSettings settings, Optional<MemberTls> tls, Vertx vertx, Scheduler scheduler) {
        ProbeProvider<Record> provider =
                Providers.named(ProbeProvider.class, settings.type().name());
        try {
            return provider.create(
                    settings.type().options(),
                    new ProbeProvider.Environment(vertx, scheduler, System::nanoTime, settings.timeout(), tls));
        } catch (RuntimeException | LinkageError e) { // what a plug-in lacks may be missed only now
            throw new IllegalStateException(Providers.place(provider) + ": cannot make the probe: " + e, e);
        }
    }
}
