package io.fairlead.balance.simulation;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.balance.StrategyProvider.Environment;
import io.fairlead.balance.strategy.NoOptions;
import io.fairlead.balance.strategy.PeakEwma;
import io.fairlead.balance.strategy.PeakEwmaOptions;
import io.fairlead.settings.Providers;
import java.time.Duration;
import java.util.function.Function;

/** The built-in strategies, by name, with their defaults. */
final class Strategies {
    private Strategies() {}

    static Function<Environment, BalancingStrategy> named(String name) {
        if (name.equals("peak-ewma")) {
            return peakEwma(Duration.ofSeconds(3));
        }
        return environment -> withoutOptions(name).create(new NoOptions(), environment);
    }

    static Function<Environment, BalancingStrategy> peakEwma(Duration decay) {
        return environment -> new PeakEwma.Named().create(new PeakEwmaOptions(decay), environment);
    }

    @SuppressWarnings("unchecked") // its options are NoOptions, or create fails
    private static StrategyProvider<NoOptions> withoutOptions(String name) {
        return (StrategyProvider<NoOptions>) Providers.named(StrategyProvider.class, name);
    }
}
