package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.health.HealthState;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A member in maintenance gets nothing at all, no probe either; when it is ready again, a probe passes before it serves. */
class MaintenanceIT {
    @RegisterExtension
    final ReloadFixture fixture = new ReloadFixture();

    MaintenanceIT() throws Exception {}

    private void order(String id, AdminState admin) throws Exception {
        Member member = fixture.member("app", id).member();
        fixture.onControl(() -> {
            fixture.fairlead().control().order(fixture.fairlead().pool("app"), member, admin);
            return member;
        });
    }

    /** So many probes of another member, that is checked as often, have ended. */
    private void awaitProbes(String id, int count) {
        int before = fixture.apps.probes(id);
        ReloadFixture.await("probes of " + id, () -> fixture.apps.probes(id) >= before + count);
    }

    @Test
    void isNotProbed() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        order("a", AdminState.MAINTENANCE);
        awaitProbes("b", 1); // one of a may have been under way
        int before = fixture.apps.probes("a");
        awaitProbes("b", 5);
        assertThat(fixture.apps.probes("a")).isEqualTo(before);
        assertThat(fixture.ask(8)).containsOnly("b");
        Pool pool = fixture.fairlead().pool("app");
        assertThatThrownBy(() -> Apps.await(fixture.fairlead()
                        .onControl(() ->
                                fixture.fairlead().check(pool, pool.members().get(0)))))
                .hasMessageContaining("it is in maintenance");
    }

    @Test
    void servesAgainOnlyOnceAProbePassed() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        order("a", AdminState.MAINTENANCE);
        fixture.apps.health("a", 503);
        order("a", AdminState.READY);
        assertThat(fixture.ask(8)).containsOnly("b");
        ReloadFixture.await("the probe fails", () -> state("a") == HealthState.DOWN);
        fixture.apps.health("a", 200);
        ReloadFixture.await("the probe passes", () -> state("a") == HealthState.UP);
        assertThat(fixture.ask(8)).contains("a");
    }

    @Test
    void inTheFileItHoldsNobodyUpAndEndsByTheFile() throws Exception {
        String maintained = pool("app", "a b").replace("id = \"a\"", "id = \"a\", admin = \"maintenance\"");
        fixture.start(PROGRAM + maintained);
        assertThat(fixture.apps.probes("a")).isZero();
        assertThat(fixture.ask(4)).containsOnly("b");
        fixture.reload(PROGRAM + pool("app", "a b"));
        ReloadFixture.await("a serves", () -> state("a") == HealthState.UP);
        assertThat(fixture.ask(8)).contains("a");
    }

    private HealthState state(String id) {
        try {
            return fixture.member("app", id).health().state();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
