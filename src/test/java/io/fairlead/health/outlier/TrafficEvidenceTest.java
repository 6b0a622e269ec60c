package io.fairlead.health.outlier;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

/** Members come and go while event loops say what became of their leases. */
class TrafficEvidenceTest {
    private final Member a = member("a");
    private final Member b = member("b");
    private final TrafficEvidence evidence = new TrafficEvidence(List.of(a));

    @Test
    void aMemberThatCameCountsFromThenOn() {
        fail(b);
        evidence.add(b);
        assertThat(evidence.of(b).failed()).isZero();
        fail(b);
        assertThat(evidence.of(b).failed()).isEqualTo(1);
    }

    @Test
    void whatIsKnownOfAMemberIsKeptIfItIsAddedAgain() {
        fail(a);
        evidence.add(a);
        assertThat(evidence.of(a).failed()).isEqualTo(1);
    }

    @Test
    void aLeaseThatEndsAfterItsMemberWentIsIgnored() {
        List<Member> called = new ArrayList<>();
        evidence.onCall(called::add);
        evidence.of(a).callAt(1);
        Lease late = a.lease(evidence);
        evidence.remove(a);
        late.close(Outcome.CONNECT_FAILED, 1);
        assertThat(called).isEmpty();
        assertThat(a.inFlight()).isZero();
        assertThatThrownBy(() -> evidence.of(a)).hasMessage("app/a: no member of this pool");
    }

    @Test
    void noLeaseOfAMemberThatStaysIsLostWhileOthersComeAndGo() throws Exception {
        int each = 20_000;
        Runnable loop = () -> {
            for (int i = 0; i < each; i++) {
                fail(a);
            }
        };
        CompletableFuture<Void> loops =
                CompletableFuture.allOf(CompletableFuture.runAsync(loop), CompletableFuture.runAsync(loop));
        while (!loops.isDone()) {
            Member guest = member("guest");
            evidence.add(guest);
            fail(guest);
            evidence.remove(guest);
        }
        loops.get();
        assertThat(evidence.of(a).failed()).isEqualTo(2 * each);
    }

    private void fail(Member member) {
        member.lease(evidence).close(Outcome.CONNECT_FAILED, 1);
    }

    private static Member member(String id) {
        return new Member("app", id, new MemberAddress("10.0.0.1", 9001));
    }
}
