package io.fairlead.balance.strategy.hash;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.balance.strategy.NoOptions;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.settings.Kebab;
import io.fairlead.settings.Providers;
import java.util.List;
import java.util.OptionalDouble;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The same key to the same member, for as long as that member can be had: by a {@link SlotTable}, in which members have
 * slots as their weights say, and which loses or gains few but a member's own when that leaves or comes.
 *
 * <p>With a balance factor, loads are bounded [1]: no member gets a request that would take it over factor x its share of
 * all in flight, rounded up. Over the bound, or at its capacity, a key goes on to further slots in an order of its own, so
 * that what one member cannot take is spread over all others and not thrown onto the next. It returns as soon as there is
 * room. Event loops that pick at the very same moment may each see the last room, and exceed the bound by one each.
 *
 * <p>Where a request has no key, another strategy places it.
 *
 * <p>A pick is a hash of the key and one read from the table: O(length of the key). Under the bound, a member has room with
 * a chance of (1 - 1 / factor) at least, by weight; if {@value #STEPS} further slots lead to none, all candidates are
 * looked at.
 *
 * <p>[1] Mirrokni, Thorup, Zadimoghaddam: Consistent Hashing with Bounded Loads. arXiv:1608.01350, 2016.
 */
public final class ConsistentHash implements BalancingStrategy {
    private static final int STEPS = 32;
    private static final HashKey CLIENT_IP = new HashKey(HashKey.Kind.CLIENT_IP, "");
    /** Takes away what rounding may have added, lest a bound that is a whole number is exceeded. */
    private static final double ROUNDING = 1 - 1e-12;

    private final ConsistentHashOptions options;
    private final BalancingStrategy fallback;
    // Any event loop. An atomic because all loops open and close requests; kept only if loads are bounded.
    private final AtomicInteger inFlight = new AtomicInteger();

    /**
     * A strategy with nothing in flight.
     *
     * @param fallback for requests without a key; by the client's address only if that is absent too
     */
    ConsistentHash(ConsistentHashOptions options, BalancingStrategy fallback) {
        this.options = options;
        this.fallback = fallback;
    }

    @Override
    public Picker picker(List<Candidate> candidates) {
        return new ByKey(candidates);
    }

    @Override
    public OptionalDouble movedKeys(List<Candidate> before, List<Candidate> after) {
        return OptionalDouble.of(new SlotTable(before).movedTo(new SlotTable(after)));
    }

    @Override
    public void opened(Member member) {
        if (isBounded()) {
            inFlight.incrementAndGet();
        }
        fallback.opened(member);
    }

    @Override
    public void closed(Lease lease) {
        if (isBounded()) {
            inFlight.decrementAndGet();
        }
        fallback.closed(lease);
    }

    private boolean isBounded() {
        return options.hashBalanceFactor().fraction() > 0;
    }

    private final class ByKey implements Picker {
        private final SlotTable table;
        private final Picker keyless;
        private final boolean hasLimits;
        /** A member's bound per weight and request in flight; infinite if there is none. */
        private final double bound;

        ByKey(List<Candidate> candidates) {
            table = new SlotTable(candidates);
            keyless = fallback.picker(candidates);
            double weights =
                    table.ordered().stream().mapToDouble(Candidate::weight).sum();
            bound = isBounded()
                    ? options.hashBalanceFactor().fraction() / weights * ROUNDING
                    : Double.POSITIVE_INFINITY;
            hasLimits = isBounded() || candidates.stream().anyMatch(c -> c.capacity() != Candidate.UNLIMITED);
        }

        @Override
        public Member pick(RequestKey request) {
            long hash = options.hashKey().hash(request);
            if (hash == HashKey.ABSENT && options.hashFallback() == ConsistentHashOptions.Fallback.CLIENT_IP) {
                hash = CLIENT_IP.hash(request);
            }
            return hash == HashKey.ABSENT ? keyless.pick(request) : pick(hash);
        }

        private Member pick(long hash) {
            Candidate home = table.at(hash);
            if (!hasLimits) {
                return home.member();
            }
            double perWeight = bound * (inFlight.get() + 1);
            Candidate next = home;
            for (int step = 1; step <= STEPS; step++) {
                if (isUnder(perWeight, next)) {
                    return next.member();
                }
                next = table.at(Hash64.mix(hash + step * Hash64.STEP));
            }
            return search(hash, perWeight, home).member();
        }

        /** The first with room, from a place that the key decides: under its bound if there is one, else over it. */
        private Candidate search(long hash, double perWeight, Candidate home) {
            List<Candidate> all = table.ordered();
            int start = (int) Math.floorMod(hash, (long) all.size());
            Candidate over = home;
            for (int i = 0; i < all.size(); i++) {
                Candidate candidate = all.get((start + i) % all.size());
                if (isUnder(perWeight, candidate)) {
                    return candidate;
                }
                over = !over.hasRoom() && candidate.hasRoom() ? candidate : over;
            }
            return over;
        }

        /** Whether there is room for one more; for whole numbers, k + 1 <= ceil(x) if and only if k < x. */
        private boolean isUnder(double perWeight, Candidate candidate) {
            return candidate.hasRoom() && candidate.member().inFlight() < perWeight * candidate.weight();
        }
    }

    /** {@code strategy = "consistent-hash"}. */
    public static final class Named implements StrategyProvider<ConsistentHashOptions> {
        @Override
        public String name() {
            return "consistent-hash";
        }

        @Override
        public Class<ConsistentHashOptions> optionsType() {
            return ConsistentHashOptions.class;
        }

        @Override
        public BalancingStrategy create(ConsistentHashOptions options, Environment environment) {
            return new ConsistentHash(options, sibling(options.hashFallback(), environment));
        }

        @SuppressWarnings("unchecked") // none of these has options
        private static BalancingStrategy sibling(ConsistentHashOptions.Fallback fallback, Environment environment) {
            String name = fallback == ConsistentHashOptions.Fallback.CLIENT_IP ? "round-robin" : Kebab.of(fallback);
            StrategyProvider<NoOptions> provider = Providers.named(StrategyProvider.class, name);
            return provider.create(new NoOptions(), environment);
        }
    }
}
