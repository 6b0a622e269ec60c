package io.fairlead.config;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.balance.strategy.hash.ConsistentHashOptions;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.probe.ExpectedBody;
import io.fairlead.settings.Default;
import io.fairlead.settings.Provider;
import io.fairlead.settings.Secret;
import io.fairlead.settings.StatusRange;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Implementations to choose from that do not change when Fairlead gets another one: their names and keys are in messages. */
final class Scripted {
    private static final Map<Class<?>, List<Provider<?>>> ALL = Map.of(
            StrategyProvider.class,
            List.of(
                    new Strategy<>("round-robin", None.class),
                    new Strategy<>("consistent-hash", ConsistentHashOptions.class),
                    new Strategy<>("random", None.class)),
            ProbeProvider.class,
            List.of(
                    new Check<>("http", Http.class),
                    new Check<>("tcp", None.class),
                    new Check<>("login", Login.class)));

    private Scripted() {}

    static SortedMap<String, ? extends Provider<?>> implementations(Class<?> spi) {
        SortedMap<String, Provider<?>> byName = new TreeMap<>();
        ALL.getOrDefault(spi, List.of()).forEach(provider -> byName.put(provider.name(), provider));
        return byName;
    }

    record None() {}

    record Http(
            @Default("/health") String path,
            @Default("GET") String method,
            @Default("") String host,
            @Default("") Map<String, String> headers,
            @Default("200-299") List<StatusRange> expectStatus,
            @Default("") ExpectedBody expectBody,
            @Default("0") int port) {
        Http {
            if (port < 0 || port > 65_535) {
                throw new IllegalArgumentException("port: " + port + " (expected: 0 to 65535)");
            }
        }
    }

    record Login(String user, @Default("") Secret password) {}

    private record Strategy<O extends Record>(String name, Class<O> optionsType) implements StrategyProvider<O> {
        @Override
        public BalancingStrategy create(O options, StrategyProvider.Environment environment) {
            throw new UnsupportedOperationException();
        }
    }

    private record Check<O extends Record>(String name, Class<O> optionsType) implements ProbeProvider<O> {
        @Override
        public Probe create(O options, ProbeProvider.Environment environment) {
            throw new UnsupportedOperationException();
        }
    }
}
