package io.fairlead.balance.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.balance.StrategyContract;
import io.fairlead.balance.StrategyProvider;
import io.fairlead.member.Candidate;
import io.fairlead.member.Member;
import io.fairlead.settings.Providers;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RoundRobinTest extends StrategyContract {
    @Override
    protected BalancingStrategy strategy() {
        return new RoundRobin(0);
    }

    @Override
    protected double tolerance() {
        return 1e-9; // 70 000 picks are whole periods of 7
    }

    @Test
    void isFoundByItsName() {
        assertThat(Providers.named(StrategyProvider.class, "round-robin")).isInstanceOf(RoundRobin.Named.class);
    }

    @Test
    void spreadsTheTurnsOfTheHeavy() {
        assertThat(word(strategy().picker(candidates(5, 1, 1)), 14)).isEqualTo("aabacaaaabacaa");
        assertThat(word(strategy().picker(candidates(1, 1, 1)), 7)).isEqualTo("abcabca");
        assertThat(word(strategy().picker(candidates(1, 2)), 6)).isEqualTo("babbab");
        assertThat(word(strategy().picker(candidates(10, 20, 20)), 10)).isEqualTo("bcabcbcabc");
    }

    @Test
    void picksInTheVeryOrderOfTheDefinition() {
        Random random = new Random(20_120_514);
        for (int round = 0; round < 300; round++) {
            // weights up to 256, or few distinct ones, so that equal weights share turns often
            int most = round % 2 == 0 ? 256 : 4;
            double[] weights = random.ints(1 + random.nextInt(12), 1, most + 1)
                    .asDoubleStream()
                    .toArray();
            List<Candidate> candidates = candidates(weights);
            int picks = 2 * (int) Arrays.stream(weights).sum() + 1;
            assertThat(picks(strategy().picker(candidates), picks))
                    .as("weights %s", Arrays.toString(weights))
                    .containsExactly(definition(candidates, picks));
        }
    }

    /** Smooth weighted round robin as it is told: the greatest credit wins, the first on a tie. */
    private static Member[] definition(List<Candidate> candidates, int picks) {
        double[] credit = new double[candidates.size()];
        double sum = candidates.stream().mapToDouble(Candidate::weight).sum();
        Member[] order = new Member[picks];
        for (int pick = 0; pick < picks; pick++) {
            int best = 0;
            for (int i = 0; i < credit.length; i++) {
                credit[i] += candidates.get(i).weight();
                best = credit[i] > credit[best] ? i : best;
            }
            credit[best] -= sum;
            order[pick] = candidates.get(best).member();
        }
        return order;
    }

    @Test
    void everyWindowOfOnePeriodIsExact() {
        List<Candidate> candidates = candidates(3, 7, 1, 5, 5);
        Member[] picks = picks(strategy().picker(candidates), 21 * 4);
        for (int from = 0; from + 21 <= picks.length; from++) {
            List<Member> window = Arrays.asList(picks).subList(from, from + 21);
            for (Candidate candidate : candidates) {
                assertThat(window.stream().filter(candidate.member()::equals).count())
                        .isEqualTo((long) candidate.weight());
            }
        }
    }

    @Test
    void theTurnWrapsWithoutAFault() {
        for (long first : new long[] {Integer.MAX_VALUE - 3L, Long.MAX_VALUE - 3, -2}) {
            List<Candidate> candidates = candidates(5, 1, 1);
            Member[] picks = picks(new RoundRobin(first).picker(candidates), 14);
            assertThat(candidates).extracting(Candidate::member).contains(picks);
        }
        assertThat(word(new RoundRobin(Integer.MAX_VALUE - 3L).picker(candidates(1, 1)), 8))
                .as("no step at the largest int")
                .isEqualTo("abababab");
        assertThat(word(new RoundRobin(Long.MAX_VALUE - 3).picker(candidates(1, 1)), 8))
                .as("no step at the largest long where the period divides 2^64")
                .isEqualTo("abababab");
    }

    @Test
    void theTurnOutlivesAChangeOfCandidates() {
        RoundRobin strategy = new RoundRobin(0);
        List<Candidate> candidates = candidates(1, 1, 1);
        StringBuilder word = new StringBuilder();
        for (int change = 0; change < 6; change++) {
            word.append(word(strategy.picker(candidates), 1));
        }
        assertThat(word).hasToString("abcabc");
    }

    @Test
    void fractionsOfAWeightCount() {
        assertThat(word(strategy().picker(candidates(0.5, 1)), 6)).isEqualTo("babbab");
        List<Candidate> candidates = candidates(1, 0.25);
        assertThat(word(strategy().picker(candidates), 10)
                        .chars()
                        .filter(c -> c == 'b')
                        .count())
                .isEqualTo(2);
        List<Candidate> nearlyNone = candidates(1, 1e-9);
        assertThat(picks(strategy().picker(nearlyNone), 16_383))
                .as("the least share that is kept: one turn in 16,383")
                .containsOnlyOnce(nearlyNone.get(1).member());
    }

    @Test
    void picksInTheVeryOrderOfTheDefinitionAmongManyDistinctWeights() {
        Random random = new Random(20_120_515);
        for (int size : new int[] {60, 250, 1000}) {
            double[] weights = random.ints(size, 1, 257).asDoubleStream().toArray();
            List<Candidate> candidates = candidates(weights);
            int picks = (int) Arrays.stream(weights).sum();
            assertThat(picks(strategy().picker(candidates), picks))
                    .isEqualTo(definition(candidates, picks)); // quicker than containsExactly
        }
    }

    @Test
    void aFullCandidateLosesItsTurnAndKeepsItsPlace() {
        Traffic traffic = new Traffic(strategy(), Traffic.limited(1, 1, 1, 1));
        assertThat(traffic.send()).isZero();
        traffic.end(0);
        assertThat(traffic.send()).isEqualTo(1);
        for (int expected : new int[] {2, 0, 2, 0}) { // 1 is full
            assertThat(traffic.send()).isEqualTo(expected);
            traffic.end(expected);
        }
        traffic.end(1);
        for (int expected : new int[] {1, 2, 0}) {
            assertThat(traffic.send()).isEqualTo(expected);
            traffic.end(expected);
        }
    }

    @Test
    void whatTheFullLoseGoesToAllTheOthers() {
        Traffic traffic = new Traffic(strategy(), Traffic.limited(1, 1, 1, 1, 1));
        traffic.send();
        assertThat(traffic.oneAtATime(300)).containsExactly(0, 100, 100, 100);
    }

    @Test
    void aThousandMembersOfMixedWeightsEachGetTheirTurns() {
        double[] weights =
                IntStream.range(0, 1000).mapToDouble(i -> i % 256 + 1).toArray();
        List<Candidate> candidates = candidates(weights);
        int period = (int) Arrays.stream(weights).sum();
        var picked = Arrays.stream(picks(strategy().picker(candidates), period))
                .collect(Collectors.groupingBy(member -> member, Collectors.counting()));
        for (Candidate candidate : candidates) {
            assertThat(picked.get(candidate.member())).isEqualTo((long) candidate.weight());
        }
    }

    private static Member[] picks(Picker picker, int count) {
        Member[] picks = new Member[count];
        Arrays.setAll(picks, i -> picker.pick(RequestKey.NONE));
        return picks;
    }

    /** The picks as letters: a for the first candidate, b for the second. */
    private static String word(Picker picker, int count) {
        return Arrays.stream(picks(picker, count))
                .map(member -> String.valueOf(
                        (char) ('a' + Integer.parseInt(member.id().substring(1)))))
                .collect(Collectors.joining());
    }
}
