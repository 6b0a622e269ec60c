package io.fairlead.reload;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.pool.PoolSettings;
import io.fairlead.settings.Providers;
import java.util.concurrent.ThreadLocalRandom;
import java.util.random.RandomGenerator;

/** Makes the strategies that pools are to have, on the system's time and chance. */
public final class Strategies {
    private static final RandomGenerator RANDOM =
            () -> ThreadLocalRandom.current().nextLong();

    private Strategies() {}

    /**
     * A new strategy for a pool. Any thread.
     *
     * @throws IllegalStateException if its provider fails to make one; the message has the provider's jar and class
     */
    @SuppressWarnings("unchecked") // a choice's options are of its provider's type: the configuration bound them so
    public static BalancingStrategy of(PoolSettings settings) {
        StrategyProvider<Record> provider =
                Providers.named(StrategyProvider.class, settings.strategy().name());
        try {
            return provider.create(
                    settings.strategy().options(), new StrategyProvider.Environment(System::nanoTime, RANDOM));
        } catch (RuntimeException | LinkageError e) { // what a plug-in lacks may be missed only now
            throw new IllegalStateException(Providers.place(provider) + ": cannot make the strategy: " + e, e);
        }
    }
}
