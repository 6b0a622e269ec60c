package io.fairlead.balance.strategy;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * The first candidate that has room, in the order of the file: each is filled up to its {@code max_connections} before the next
 * one gets anything. Without a limit all requests go to the first, and the others stand by.
 *
 * <p>One bit per candidate says that it may have room. A pick takes the lowest one that is set; who turns out to be full has its
 * bit cleared, and gets it back when one of its requests ends. So a pick reads one word per 64 candidates, and beyond that each
 * look at a full candidate is paid for by a request that ended: O(n / 64), amortized. A single mark at the lowest candidate
 * with room would not do: with all but the last full, each request that ends at the front would send the next but one pick over
 * all the others again.
 *
 * <p>With everybody full it is the first, for the pool to let the request wait.
 */
public final class First implements BalancingStrategy {
    // Control context writes, event loops read.
    private volatile @Nullable Filling present;

    @Override
    public Picker picker(List<Candidate> candidates) {
        Lineup lineup = new Lineup(candidates);
        if (!lineup.isLimited()) {
            present = null;
            Member first = candidates.get(0).member();
            return key -> first;
        }
        Filling filling = new Filling(lineup);
        present = filling;
        return filling;
    }

    @Override
    public void closed(Lease lease) {
        Filling filling = present;
        if (filling != null) {
            filling.hasRoomAgain(lease.member());
        }
    }

    private static final class Filling implements Picker {
        private final Lineup lineup;
        private final Map<Member, Integer> indices = new HashMap<>();
        // Any event loop. Atomic because loops clear and set bits of one word at once.
        private final AtomicLongArray mayHaveRoom;

        Filling(Lineup lineup) {
            this.lineup = lineup;
            mayHaveRoom = new AtomicLongArray((lineup.size() + 63) / 64);
            for (int i = 0; i < lineup.size(); i++) {
                indices.put(lineup.member(i), i);
                set(i);
            }
        }

        @Override
        public Member pick(RequestKey key) {
            for (int word = 0; word < mayHaveRoom.length(); word++) {
                for (long bits = mayHaveRoom.get(word); bits != 0; bits &= bits - 1) {
                    int index = word * 64 + Long.numberOfTrailingZeros(bits);
                    if (lineup.hasRoom(index) || clear(index)) {
                        return lineup.member(index);
                    }
                }
            }
            return lineup.member(0);
        }

        void hasRoomAgain(Member member) {
            Integer index = indices.get(member);
            if (index != null) {
                set(index);
            }
        }

        private void set(int index) {
            long bit = 1L << index;
            long bits = mayHaveRoom.get(index / 64);
            while ((bits & bit) == 0 && !mayHaveRoom.compareAndSet(index / 64, bits, bits | bit)) {
                bits = mayHaveRoom.get(index / 64);
            }
        }

        /**
         * Clears the bit of one that was seen full. A request of it may have ended since, and have found the bit still set: so
         * it is looked at once more.
         *
         * @return whether it has room after all
         */
        private boolean clear(int index) {
            long bit = 1L << index;
            long bits = mayHaveRoom.get(index / 64);
            while ((bits & bit) != 0 && !mayHaveRoom.compareAndSet(index / 64, bits, bits & ~bit)) {
                bits = mayHaveRoom.get(index / 64);
            }
            if (lineup.hasRoom(index)) {
                set(index);
                return true;
            }
            return false;
        }
    }

    /** {@code strategy = "first"}. */
    public static final class Named implements StrategyProvider<NoOptions> {
        @Override
        public String name() {
            return "first";
        }

        @Override
        public Class<NoOptions> optionsType() {
            return NoOptions.class;
        }

        @Override
        public BalancingStrategy create(NoOptions options, Environment environment) {
            return new First();
        }
    }
}
