package io.fairlead.reload;

import io.fairlead.config.Config;
import io.fairlead.config.Reading;
import io.fairlead.pool.Intent;
import io.fairlead.pool.Pool;
import io.fairlead.pool.PoolParts;
import io.fairlead.pool.PoolSettings;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * What is to be in force: a configuration that was read, with the orders of the operator over it. Immutable; control context only.
 *
 * @param then how the pools were when this was in force before, by their names, if it is gone back to; else empty
 */
record Goal(Reading reading, Map<String, Then> then) {
    /**
     * How a pool was.
     *
     * @param parts with certificates as they were read then, whatever stands in their files now
     */
    record Then(Intent intent, PoolParts parts) {}

    Goal {
        then = Map.copyOf(then);
    }

    /** A file that is new. */
    static Goal of(Reading reading) {
        return new Goal(reading, Map.of());
    }

    /** What is in force, to be gone back to later. */
    static Goal present(Reading reading, Collection<Pool> pools) {
        Map<String, Then> then = new HashMap<>();
        pools.forEach(pool -> then.put(pool.name(), new Then(pool.intent(), pool.parts())));
        return new Goal(reading, then);
    }

    Config config() {
        return reading.config();
    }

    /**
     * What a pool that there is becomes.
     *
     * @param settings that the configuration has for it
     * @throws IllegalArgumentException if no member of it would be left
     */
    Intent intent(Pool pool, PoolSettings settings) {
        Then before = then.get(pool.name());
        Intent intent =
                before == null ? pool.intent().after(settings) : pool.intent().backTo(before.intent);
        return possible(pool.name(), intent);
    }

    /** What a pool that comes is. */
    Intent intent(String pool, PoolSettings settings) {
        Then before = then.get(pool);
        return before == null ? Intent.of(settings) : before.intent;
    }

    private static Intent possible(String pool, Intent intent) {
        try {
            intent.settings();
            return intent;
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("pools." + pool + "." + e.getMessage(), e);
        }
    }

    /** Whether a pool that there is goes on with the certificates that it has, if its settings are the same. */
    boolean keepsTls(Pool pool) {
        Then before = then.get(pool.name());
        return before == null
                ? pool.tls().stream().allMatch(tls -> tls.isCurrent(tls.settings()))
                : pool.tls().equals(before.parts.tls());
    }

    /**
     * What a pool that there is works with.
     *
     * @throws IllegalArgumentException if a file that TLS needs cannot be read any more
     */
    PoolParts parts(Pool pool, PoolSettings settings) {
        Then before = then.get(pool.name());
        Intent present = pool.intent();
        return before == null
                ? pool.parts().renewed(pool.name(), present.file(), settings, Strategies::of)
                : pool.parts().backTo(before.parts, present.file(), before.intent.file());
    }

    /**
     * What a pool that comes works with.
     *
     * @throws IllegalArgumentException likewise
     */
    PoolParts parts(String pool, PoolSettings settings) {
        Then before = then.get(pool);
        return before == null ? PoolParts.of(pool, settings, Strategies.of(settings)) : before.parts;
    }
}
