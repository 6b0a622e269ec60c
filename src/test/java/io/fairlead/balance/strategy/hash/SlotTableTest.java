package io.fairlead.balance.strategy.hash;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Slots are equal parts of all keys, so that what is counted in slots here needs no tolerance for chance. */
class SlotTableTest {
    /** What may move beside the slots of who comes or goes: 0.02 / n + 0.5 %. */
    private static double allowance(int members) {
        return 0.02 / members + 0.005;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 5, 10, 50, 100, 1000, 3000})
    void equalMembersHaveEqualShares(int members) {
        Map<Member, Integer> slots = slots(equal(members));
        double mean = SlotTable.SLOTS / (double) members;
        assertThat(slots).hasSize(members);
        assertThat(slots.values()).allSatisfy(count -> assertThat(count).isBetween((int) mean, (int) Math.ceil(mean)));
        assertThat(Collections.max(slots.values()) / mean).isLessThanOrEqualTo(1.05);
    }

    @Test
    void weightedSharesAreWithinTwoPercent() {
        assertThat(worstOfShares(weighted(1, 2, 4))).isLessThanOrEqualTo(0.02);
        assertThat(worstOfShares(weighted(1, 1, 256, 30, 2.5))).isLessThanOrEqualTo(0.02);
        assertThat(worstOfShares(
                        weighted(IntStream.rangeClosed(1, 256).asDoubleStream().toArray())))
                .isLessThanOrEqualTo(0.02);
        assertThat(worstOfShares(weighted(
                        IntStream.range(0, 1000).mapToDouble(i -> 1 + i % 2).toArray())))
                .isLessThanOrEqualTo(0.02);
    }

    /** So 2 % holds by arithmetic for every share of 50 slots and more. */
    @Test
    void noShareIsOffByAWholeSlot() {
        Random random = new Random(3);
        for (int round = 0; round < 40; round++) {
            double[] weights = random.doubles(1 + random.nextInt(200), 0.1, 256).toArray();
            List<Candidate> candidates = weighted(weights);
            double sum = Arrays.stream(weights).sum();
            Map<Member, Integer> slots = slots(candidates);
            for (Candidate candidate : candidates) {
                double ideal = SlotTable.SLOTS * candidate.weight() / sum;
                assertThat(Math.abs(slots.getOrDefault(candidate.member(), 0) - ideal))
                        .isLessThan(1);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 50, 100, 500, 1000})
    void aMemberThatGoesMovesItsOwnKeysAndFewOthers(int members) {
        List<Candidate> all = equal(members);
        SlotTable before = new SlotTable(all);
        for (int gone : new int[] {0, members / 2, members - 1}) {
            List<Candidate> rest = new ArrayList<>(all);
            Member member = rest.remove(gone).member();
            SlotTable after = new SlotTable(rest);
            assertThat(slots(rest)).doesNotContainKey(member);
            assertThat(moved(before, after, member)).as("m%s gone", gone).isLessThanOrEqualTo(allowance(members));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 5, 10, 50, 100, 500, 1000})
    void aMemberThatComesGetsAllThatMovesButForAFew(int members) {
        SlotTable before = new SlotTable(equal(members));
        List<Candidate> more = equal(members + 1);
        Member comer = more.get(members).member();
        assertThat(moved(new SlotTable(more), before, comer)).isLessThanOrEqualTo(allowance(members));
        assertThat(slots(more).getOrDefault(comer, 0)).isLessThanOrEqualTo(SlotTable.SLOTS / (members + 1) + 1);
    }

    @Test
    void amongWeightsTooAMemberThatGoesMovesFewOthers() {
        List<Candidate> all = weighted(1, 2, 4, 8, 2, 1, 1, 3);
        for (Candidate gone : all) {
            List<Candidate> rest = new ArrayList<>(all);
            rest.remove(gone);
            assertThat(moved(new SlotTable(all), new SlotTable(rest), gone.member()))
                    .as("weight %s gone", gone.weight())
                    .isLessThanOrEqualTo(allowance(8));
        }
    }

    /** A step of slow start, on and on: what moves is the change of share, and what moves beside it is under 0.5 %. */
    @ParameterizedTest
    @ValueSource(ints = {3, 10, 100})
    void aSmallChangeOfAWeightMovesLittleMoreThanTheShare(int members) {
        for (int percent = 10; percent < 100; percent += 15) {
            SlotTable before = new SlotTable(ramped(members, percent / 100.0));
            SlotTable after = new SlotTable(ramped(members, (percent + 5) / 100.0));
            double change = share(members, (percent + 5) / 100.0) - share(members, percent / 100.0);
            assertThat(moved(before, after, null)).isBetween(change - 0.0001, change + allowance(members));
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {3, 10, 100, 1000})
    void theOrderOfTheListMakesNoDifference(int members) {
        Random random = new Random(7);
        List<Candidate> candidates =
                weighted(random.ints(members, 1, 9).asDoubleStream().toArray());
        List<Candidate> shuffled = new ArrayList<>(candidates);
        Collections.shuffle(shuffled, random);
        SlotTable one = new SlotTable(candidates);
        SlotTable two = new SlotTable(shuffled);
        assertThat(moved(one, two, null)).isZero();
        assertThat(one.ordered()).isEqualTo(two.ordered()).containsExactlyInAnyOrderElementsOf(candidates);
    }

    @Test
    void addressesMakeNoDifference() {
        List<Candidate> elsewhere = IntStream.range(0, 10)
                .mapToObj(i -> new Candidate(new Member("other", "m" + i, new MemberAddress("10.9.9.9", i + 1)), 1))
                .toList();
        SlotTable one = new SlotTable(equal(10));
        SlotTable two = new SlotTable(elsewhere);
        for (int slot = 0; slot < SlotTable.SLOTS; slot++) {
            assertThat(two.at((long) slot << 48).member().id())
                    .isEqualTo(one.at((long) slot << 48).member().id());
        }
    }

    @Test
    void everySlotIsTakenHoweverFarWeightsAreApart() {
        List<Candidate> light = weighted(1e-9, 1);
        assertThat(slots(light)).containsExactly(Map.entry(light.get(1).member(), SlotTable.SLOTS));
        double[] oneHeavy = new double[1000];
        Arrays.fill(oneHeavy, 1);
        oneHeavy[0] = 1e6;
        assertThat(slots(weighted(oneHeavy)).values().stream().mapToInt(i -> i).sum())
                .isEqualTo(SlotTable.SLOTS);
    }

    @Test
    void moreMembersThanSlotsEachHaveOneAtMost() {
        assertThat(slots(equal(SlotTable.SLOTS + 500)).values())
                .hasSize(SlotTable.SLOTS)
                .containsOnly(1);
    }

    /** The share of keys whose member is another in the second table, those of one member in the first aside. */
    private static double moved(SlotTable from, SlotTable to, @Nullable Member but) {
        int moved = 0;
        for (int slot = 0; slot < SlotTable.SLOTS; slot++) {
            Member before = from.at((long) slot << 48).member();
            moved +=
                    before.equals(but) || before.equals(to.at((long) slot << 48).member()) ? 0 : 1;
        }
        return moved / (double) SlotTable.SLOTS;
    }

    private static Map<Member, Integer> slots(List<Candidate> candidates) {
        SlotTable table = new SlotTable(candidates);
        Map<Member, Integer> slots = new HashMap<>();
        for (int slot = 0; slot < SlotTable.SLOTS; slot++) {
            slots.merge(table.at((long) slot << 48).member(), 1, Integer::sum);
        }
        return slots;
    }

    /** How far the share of any is from what its weight says, as a part of that. */
    private static double worstOfShares(List<Candidate> candidates) {
        Map<Member, Integer> slots = slots(candidates);
        double sum = candidates.stream().mapToDouble(Candidate::weight).sum();
        return candidates.stream()
                .mapToDouble(c -> slots.getOrDefault(c.member(), 0) / (SlotTable.SLOTS * c.weight() / sum))
                .map(ratio -> Math.abs(ratio - 1))
                .max()
                .orElseThrow();
    }

    private static List<Candidate> equal(int members) {
        double[] weights = new double[members];
        Arrays.fill(weights, 1);
        return weighted(weights);
    }

    private static List<Candidate> ramped(int members, double weight) {
        double[] weights = new double[members];
        Arrays.fill(weights, 1);
        weights[0] = weight;
        return weighted(weights);
    }

    private static double share(int members, double weight) {
        return weight / (members - 1 + weight);
    }

    // The same members each time, so that tables can be compared.
    private static final List<Member> MEMBERS = IntStream.range(0, SlotTable.SLOTS + 500)
            .mapToObj(i -> new Member("app", "m" + i, new MemberAddress("10.0.0.1", 9000)))
            .toList();

    private static List<Candidate> weighted(double... weights) {
        return IntStream.range(0, weights.length)
                .mapToObj(i -> new Candidate(MEMBERS.get(i), weights[i]))
                .toList();
    }
}
