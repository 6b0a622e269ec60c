package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.Transition;
import io.fairlead.health.outlier.OutlierSettings;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.function.LongSupplier;
import javax.crypto.spec.SecretKeySpec;

/** Makes pools for tests: all at its default, but what a test says. Until a strategy is given, the first candidate is picked. */
public final class PoolBuilder {
    private static final Duration SECOND = Duration.ofSeconds(1);

    private record NoOptions() {}

    private final String name;
    private final List<MemberSettings> members = new ArrayList<>();
    private Choice choice = new Choice("scripted", new NoOptions());
    private BalancingStrategy strategy = candidates -> key -> candidates.get(0).member();
    private OutlierSettings outlier =
            new OutlierSettings(5, 0, Duration.ofSeconds(10), Share.parse("50%"), OutlierSettings.Mode.ENFORCE);
    private PoolListener listener = new PoolListener() {
        @Override
        public void changed(Pool pool, Member member, Transition transition) {}

        @Override
        public void failsOpen(Pool pool, boolean open) {}

        @Override
        public void divides(Pool pool, SortedMap<Integer, Double> shares) {}
    };
    private Optional<HealthSettings> health = Optional.empty();
    private Optional<StickySettings> sticky = Optional.empty();
    private Duration slowStart = Duration.ZERO;
    private int maxConnections;
    private int maxQueue = 1024;
    private String minAvailable = "0%";
    private InstantSource clock = InstantSource.fixed(Instant.EPOCH);
    private LongSupplier ticker = () -> 0;

    public PoolBuilder(String name) {
        this.name = name;
    }

    public PoolBuilder member(String address, String id, int weight, int tier) {
        members.add(new MemberSettings(MemberAddress.parse(address), id, weight, tier, AdminState.READY));
        return this;
    }

    /** Members a, b, c, ... with these weights. */
    public PoolBuilder members(int... weights) {
        for (int weight : weights) {
            member(weight, 0);
        }
        return this;
    }

    /** The next of the members a, b, c, ... */
    public PoolBuilder member(int weight, int tier) {
        String id = String.valueOf((char) ('a' + members.size()));
        return member("10.0.0.1:" + (9001 + members.size()), id, weight, tier);
    }

    public PoolBuilder choice(Choice value) {
        choice = value;
        return this;
    }

    public PoolBuilder strategy(BalancingStrategy value) {
        strategy = value;
        return this;
    }

    /** Members are probed, and so unknown until the test says how they are. */
    public PoolBuilder checked() {
        health = Optional.of(new HealthSettings(
                choice, SECOND, SECOND, 2, 3, SECOND, SECOND, Share.parse("0%"), HealthSettings.Start.DOWN));
        return this;
    }

    public PoolBuilder health(HealthSettings value) {
        health = Optional.of(value);
        return this;
    }

    public PoolBuilder sticky(StickySettings value) {
        sticky = Optional.of(value);
        return this;
    }

    public PoolBuilder slowStart(Duration value) {
        slowStart = value;
        return this;
    }

    public PoolBuilder maxConnections(int value) {
        maxConnections = value;
        return this;
    }

    public PoolBuilder maxQueue(int value) {
        maxQueue = value;
        return this;
    }

    public PoolBuilder minAvailable(String share) {
        minAvailable = share;
        return this;
    }

    public PoolBuilder outlier(OutlierSettings value) {
        outlier = value;
        return this;
    }

    public PoolBuilder listener(PoolListener value) {
        listener = value;
        return this;
    }

    public PoolBuilder clock(InstantSource value) {
        clock = value;
        return this;
    }

    public PoolBuilder ticker(LongSupplier value) {
        ticker = value;
        return this;
    }

    public PoolSettings settings() {
        return new PoolSettings(
                choice,
                members,
                "preserve",
                Optional.empty(),
                sticky,
                slowStart,
                maxConnections,
                maxQueue,
                SECOND,
                Share.parse(minAvailable),
                health,
                outlier,
                new RetrySettings(3, Set.of(), Share.parse("20%"), Duration.ZERO, false),
                new TimeoutSettings(SECOND, SECOND, SECOND));
    }

    public Pool build() {
        SecretKeySpec key = new SecretKeySpec(new byte[] {1, 2, 3}, "HmacSHA256");
        return new Pool(
                name,
                settings(),
                PoolParts.of(name, settings(), strategy),
                new PoolEnvironment(clock, ticker, key, Runnable::run, listener));
    }
}
