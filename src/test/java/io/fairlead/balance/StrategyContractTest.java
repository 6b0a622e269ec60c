package io.fairlead.balance;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** The contract finds out strategies that do not keep it. Those are nested, so that a build does not take them for tests. */
class StrategyContractTest {
    private static Set<String> brokenBy(Class<? extends StrategyContract> contract) {
        Set<String> broken = new TreeSet<>();
        LauncherFactory.create()
                .execute(
                        LauncherDiscoveryRequestBuilder.request()
                                .selectors(DiscoverySelectors.selectClass(contract))
                                .build(),
                        new TestExecutionListener() {
                            @Override
                            public void executionFinished(TestIdentifier test, TestExecutionResult result) {
                                if (result.getStatus() == TestExecutionResult.Status.FAILED) {
                                    broken.add(test.getDisplayName().replace("()", ""));
                                }
                            }
                        });
        return broken;
    }

    /** Takes the first that has room. */
    static final class NeedsRoom extends StrategyContract {
        @Override
        protected BalancingStrategy strategy() {
            return candidates -> key -> candidates.stream()
                    .filter(Candidate::hasRoom)
                    .findFirst()
                    .map(Candidate::member)
                    .orElseThrow(NoSuchElementException::new);
        }
    }

    @Test
    void findsTheOneThatCountsOnRoomAndMakesGarbage() {
        assertThat(brokenBy(NeedsRoom.class))
                .contains(
                        "picksOneEvenIfNoneHasRoom",
                        "aPickAllocatesNothing",
                        "picksEveryCandidate",
                        "servesAThousandCandidates",
                        "followsTheWeightsInTheLongRun",
                        "fractionsOfAWeightCountInTheirOrder")
                .doesNotContain("picksNoneButCandidates", "severalThreadsPickAtOnce");
    }

    /** Keeps counts of its own in a map that threads tear, and forgets who is no candidate any more. */
    static final class CountsForItself extends StrategyContract {
        @Override
        protected BalancingStrategy strategy() {
            return new BalancingStrategy() {
                private Map<Member, Integer> counts = new HashMap<>();

                @Override
                public Picker picker(List<Candidate> candidates) {
                    counts = new HashMap<>();
                    candidates.forEach(candidate -> counts.put(candidate.member(), 0));
                    return key -> candidates
                            .get(key.uri().length() % candidates.size())
                            .member();
                }

                @Override
                public void closed(Lease lease) {
                    counts.put(lease.member(), Objects.requireNonNull(counts.get(lease.member())) - 1);
                }
            };
        }
    }

    @Test
    void findsTheOneThatForgetsWhatIsInFlight() {
        assertThat(brokenBy(CountsForItself.class))
                .contains("aPickerMadeWhileRequestsAreInFlightWorks", "hearsOfEveryOutcomeOfAnyMember")
                .doesNotContain("picksNoneButCandidates", "aPickAllocatesNothing");
    }

    /** Goes on with the candidates that it saw first, and wants to know the client. */
    static final class Stuck extends StrategyContract {
        @Override
        protected BalancingStrategy strategy() {
            Member[] first = new Member[1];
            return candidates -> {
                first[0] =
                        first[0] == null ? candidates.get(candidates.size() - 1).member() : first[0];
                return key ->
                        key.clientIp().charAt(0) == 'x' ? candidates.get(0).member() : first[0];
            };
        }
    }

    @Test
    void findsTheOneThatKeepsToOldCandidatesAndNeedsAClient() {
        assertThat(brokenBy(Stuck.class))
                .contains("everyPickerKeepsToItsOwnCandidates", "picksForARequestOfWhichNothingIsKnown")
                .doesNotContain("picksNoneButCandidates", "picksTheOnlyCandidateAlways");
    }
}
