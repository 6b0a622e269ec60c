package io.fairlead.config;

import io.fairlead.pool.PoolSettings;
import io.fairlead.proxy.ListenerSettings;
import io.fairlead.route.RouteSettings;
import io.fairlead.settings.Choice;
import io.fairlead.settings.ListenAddress;
import io.fairlead.settings.Provider;
import io.fairlead.settings.Providers;
import io.fairlead.settings.Secret;
import java.lang.reflect.Type;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;

/**
 * Configurations by chance. Made by the components of the settings records, each at a value that its record accepts, so that new keys
 * are among them by themselves.
 */
final class RandomConfig {
    /** What the references of secrets stand for. */
    static final Map<String, String> ENVIRONMENT =
            Map.of("SECRET", "hunter2", "HOOK", "https://hooks.example/hunter2", "EMPTY", "");

    /** Those on the class path, looked for once. */
    @SuppressWarnings("unchecked") // @ChoiceOf takes nothing else
    static final Binder.Implementations IMPLEMENTATIONS =
            ((Binder.Implementations) spi -> Providers.of((Class<Provider<?>>) spi)).remembered();

    static final Path DIRECTORY = Path.of("/etc/fairlead");

    private static final List<String> TEXTS = List.of(
            "",
            "text",
            "/api/",
            "/a \"quoted\" path",
            "it's \\d+",
            "${NAME} and $${NAME} for $1",
            "grüße \uD83D\uDE00",
            "tab\tline\nend\r\u0007\u202E",
            "*.shop.example",
            "member",
            "# no comment = [1, { a = 2 }]");
    private static final List<String> WRITTEN = List.of(
            "10.0.0.1:80",
            "[2001:db8::1]:443",
            "app.internal:9001",
            "private",
            "192.0.2.0/24",
            "200-299",
            "503",
            "reset",
            "64KiB",
            "1MiB",
            "1000B",
            "0",
            "12.5%",
            "100%",
            "0%",
            "header:X-Tenant",
            "client-ip",
            "/up \\[\\d]/",
            "-",
            "logs/access.log",
            "ready",
            "drain",
            "maintenance");
    private static final List<Duration> DURATIONS = IntStream.of(0, 1, 250, 1_000, 1_500, 60_000, 90_000, 3_600_000)
            .mapToObj(Duration::ofMillis)
            .toList();
    private static final List<Integer> NUMBERS = List.of(0, 1, 2, 3, 9, 100, 8_080);

    private static final Map<Class<?>, List<Object>> PARSED = new ConcurrentHashMap<>();

    private final Texts texts = new Texts(new ConsultedFiles(DIRECTORY));
    private final Random random;
    private int names;

    RandomConfig(long seed) {
        random = new Random(seed);
    }

    Config next() {
        Config config = (Config) record(Config.class);
        Map<String, PoolSettings> pools = new LinkedHashMap<>();
        int count = 1 + random.nextInt(3);
        while (pools.size() < count) {
            pools.put(oneOf(List.of("app", "blue green", "7", "shop.example", "größe")), (PoolSettings)
                    record(PoolSettings.class));
        }
        return new Config(
                config.admin(),
                listeners(),
                routes(pools.keySet()),
                pools,
                config.accessLog(),
                config.events(),
                config.shutdown());
    }

    private List<ListenerSettings> listeners() {
        Shape shape = Shape.of(ListenerSettings.class);
        return IntStream.range(0, 1 + random.nextInt(3))
                .mapToObj(i -> {
                    Object[] values = shape.values(record(ListenerSettings.class));
                    values[shape.names().indexOf("name")] = "web " + i;
                    values[shape.names().indexOf("address")] = new ListenAddress("127.0.0.1", 20_000 + i);
                    return (ListenerSettings) shape.make(values);
                })
                .toList();
    }

    private List<RouteSettings> routes(Set<String> pools) {
        Shape shape = Shape.of(RouteSettings.class);
        Map<RouteSettings.Match, RouteSettings> routes = new LinkedHashMap<>();
        for (int i = 0; i <= random.nextInt(4); i++) {
            Object[] values = shape.values(record(RouteSettings.class));
            values[shape.names().indexOf("pool")] = oneOf(List.copyOf(pools));
            RouteSettings route = (RouteSettings) shape.make(values);
            routes.put(route.match(), route);
        }
        return List.copyOf(routes.values());
    }

    /** Some of its components at another value than by default, as far as the record accepts them together. */
    private Object record(Class<?> type) {
        Shape shape = Shape.of(type);
        Object[] values = shape.keys().stream().map(this::standard).toArray();
        Object made = shape.make(values);
        for (int i = 0; i < values.length; i++) {
            for (int tries = random.nextInt(5); tries > 0; tries--) {
                Object before = values[i];
                try {
                    values[i] = component(shape.keys().get(i));
                    made = shape.make(values);
                } catch (IllegalArgumentException e) {
                    values[i] = before;
                }
            }
        }
        return made;
    }

    private Object standard(Shape.Key key) {
        if (key.spi().isEmpty() && key.defaultText().isPresent()) {
            return texts.read(key.type(), key.defaultText().get());
        }
        if (key.spi().isPresent()) {
            return component(key);
        }
        if (Conversion.raw(key.type()) == Optional.class) {
            return Optional.empty();
        }
        return Conversion.raw(key.type()) == List.class
                ? List.of(value(Conversion.argument(key.type(), 0)))
                : value(key.type());
    }

    private Object component(Shape.Key key) {
        return key.spi().isPresent() ? choice(key.spi().get()) : value(key.type());
    }

    private Choice choice(Class<?> spi) {
        Provider<?> provider = oneOf(List.copyOf(IMPLEMENTATIONS.of(spi).values()));
        return new Choice(provider.name(), (Record) record(provider.optionsType()));
    }

    private Object value(Type type) {
        Class<?> wanted = Conversion.raw(type);
        if (wanted == Optional.class) {
            return random.nextBoolean() ? Optional.empty() : Optional.of(value(Conversion.argument(type, 0)));
        }
        if (wanted == Map.class) {
            return Conversion.isTable(Conversion.argument(type, 1))
                    ? Map.of()
                    : Map.of(
                            "X-Probe", value(Conversion.argument(type, 1)), "x y", value(Conversion.argument(type, 1)));
        }
        if (wanted == List.class || wanted == Set.class) {
            Set<Object> elements = new LinkedHashSet<>();
            for (int i = random.nextInt(4); i > 0; i--) {
                elements.add(value(Conversion.argument(type, 0)));
            }
            return wanted == Set.class ? elements : new ArrayList<>(elements);
        }
        return Conversion.isTable(type) ? record(wanted) : scalar(wanted);
    }

    private Object scalar(Class<?> type) {
        Map<Class<?>, Supplier<Object>> plain = Map.of(
                boolean.class, random::nextBoolean,
                int.class, () -> oneOf(NUMBERS),
                long.class, () -> (long) oneOf(NUMBERS),
                double.class, () -> oneOf(List.of(0.0, 0.5, 2.0, 1.0e10)),
                Duration.class, () -> oneOf(DURATIONS),
                Path.class, () -> Path.of(""),
                Secret.class, this::secret,
                String.class, () -> random.nextInt(4) == 0 ? "name-" + names++ : oneOf(TEXTS));
        if (plain.containsKey(type)) {
            return Objects.requireNonNull(plain.get(type)).get();
        }
        return type.isEnum() ? oneOf(List.of(type.getEnumConstants())) : parsed(type);
    }

    private Secret secret() {
        String name = oneOf(List.copyOf(ENVIRONMENT.keySet()));
        return new Secret(Objects.requireNonNull(ENVIRONMENT.get(name))).takenFrom("${" + name + "}");
    }

    private Object parsed(Class<?> type) {
        return oneOf(PARSED.computeIfAbsent(type, RandomConfig::written));
    }

    private static List<Object> written(Class<?> type) {
        List<Object> values = new ArrayList<>();
        for (String text : WRITTEN) {
            try {
                values.add(new Texts(new ConsultedFiles(DIRECTORY)).read(type, text));
            } catch (IllegalArgumentException e) {
                // the written form of another type
            }
        }
        return values;
    }

    private <T> T oneOf(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }
}
