package io.fairlead.admin.program;

import io.fairlead.pool.Pool;
import java.util.List;
import java.util.Set;

/**
 * Whether requests may be sent to this Fairlead: it listens, it was not told to stop, and every pool that a route leads to
 * can serve.
 *
 * @param listening whether every listener is bound
 * @param draining whether it was told to stop
 * @param idlePools routed pools that have no member to give, by name
 */
public record Readiness(boolean listening, boolean draining, List<String> idlePools) {
    /** As it is now. Control context only. */
    public static Readiness of(Program program) {
        Set<String> routed = program.routedPools();
        List<String> idle = program.pools().stream()
                .filter(pool -> routed.contains(pool.name()) && !pool.canServe())
                .map(Pool::name)
                .toList();
        return new Readiness(program.isListening(), program.isDraining(), idle);
    }

    /** Whether all of that is so. */
    public boolean isReady() {
        return listening && !draining && idlePools.isEmpty();
    }
}
