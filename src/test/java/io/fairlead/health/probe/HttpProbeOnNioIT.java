package io.fairlead.health.probe;

import io.vertx.core.VertxOptions;

/** The same where there is no native transport, whose errors read differently. */
class HttpProbeOnNioIT extends HttpProbeIT {
    @Override
    VertxOptions vertxOptions() {
        return super.vertxOptions().setPreferNativeTransport(false);
    }
}
