package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.admin.program.Step;
import io.fairlead.admin.program.Trial;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.member.tls.Certificates;
import io.fairlead.member.tls.MemberTls;
import io.fairlead.pool.Drift;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** A configuration on trial stays if somebody confirms it, and else goes back, with all that belonged to the one before. */
class TrialIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    final ReloadFixture fixture = new ReloadFixture();

    TrialIT() throws Exception {}

    private Future<Plan> begin(String toml, Duration confirmWithin, OptionalDouble errorsOver) {
        fixture.write(toml);
        Optional<Trial> trial = Optional.of(new Trial(confirmWithin, errorsOver));
        return fixture.fairlead().onControl(() -> fixture.fairlead().control().reload(trial, "the test"));
    }

    private void onTrial(String toml) throws Exception {
        Apps.await(begin(toml, LONG, OptionalDouble.empty()));
    }

    private Plan rollBack() throws Exception {
        return Apps.await(
                fixture.fairlead().onControl(() -> fixture.fairlead().control().rollBack("the test")));
    }

    private boolean isOnTrial() throws Exception {
        return fixture.onControl(() -> fixture.fairlead().control().onTrial().isPresent());
    }

    private List<String> drift(String pool) throws Exception {
        return fixture.onControl(() -> fixture.fairlead().pool(pool).drift()).stream()
                .map(Drift::toString)
                .toList();
    }

    private void order(String pool, String id, AdminState admin) throws Exception {
        Member member = fixture.member(pool, id).member();
        fixture.onControl(() -> {
            fixture.fairlead().control().order(fixture.fairlead().pool(pool), member, admin);
            return member;
        });
    }

    @Test
    void whatNobodyConfirmsGoesBackAndSaysSo() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        Apps.await(begin(PROGRAM + pool("app", "b"), Duration.ofMillis(300), OptionalDouble.empty()));
        ReloadFixture.await(
                "it goes back",
                () -> fixture.fairlead().pool("app").members().stream()
                        .allMatch(member -> member.id().equals("a")));
        assertThat(fixture.ask(4)).containsOnly("a");
        assertThat(isOnTrial()).isFalse();
        assertThat(fixture.admin("/api/v1/events").body())
                .contains("the configuration went back to the one before, nobody confirmed it in time: ");
        assertThat(fixture.status()
                        .getJsonObject("config")
                        .getJsonObject("last_reload")
                        .getString("message"))
                .contains("went back to the one before");
    }

    @Test
    void whatIsConfirmedStays() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        onTrial(PROGRAM + pool("app", "b"));
        assertThat(isOnTrial()).isTrue();
        Apps.await(
                fixture.fairlead().onControl(() -> fixture.fairlead().control().confirm("the test")));
        assertThat(isOnTrial()).isFalse();
        assertThatThrownBy(this::rollBack).hasMessageContaining("no configuration is on trial");
        assertThat(fixture.ask(4)).containsOnly("b");
    }

    @Test
    void failedRequestsEndIt() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        fixture.apps.status("b", 500);
        Apps.await(begin(PROGRAM + pool("app", "b"), LONG, OptionalDouble.of(0.02)));
        ReloadFixture.await("it goes back", () -> {
            try {
                return fixture.get("/").statusCode() == 200;
            } catch (Exception e) {
                throw new AssertionError(e);
            }
        });
        assertThat(fixture.admin("/api/v1/events").body()).contains("requests failed since, more than 2.0%");
    }

    /** The time of the first is over while the second waits for a member that never serves. */
    @Test
    void theEndOfOneTrialIsNotTheEndOfTheNext() throws Exception {
        fixture.start(PROGRAM + pool("app", "a"));
        fixture.apps.health("c", 503);
        Apps.await(begin(PROGRAM + pool("app", "b"), Duration.ofMillis(300), OptionalDouble.empty()));
        Apps.await(begin(PROGRAM + pool("app", "a c"), LONG, OptionalDouble.empty()));
        Apps.await(fixture.fairlead()
                .onControl(() -> fixture.fairlead().control().plan())); // in turn, behind what was to come
        assertThat(isOnTrial()).isTrue();
        assertThat(fixture.fairlead().pool("app").members())
                .extracting(Member::id)
                .containsExactly("a", "c");
    }

    @Test
    void aPoolThatComesBackHasTheOrdersThatItHad() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        order("app", "b", AdminState.DRAIN);
        onTrial(PROGRAM + pool("other", "c"));
        assertThat(fixture.ask(4)).containsOnly("c");
        rollBack();
        assertThat(fixture.ask(8)).containsOnly("a");
        assertThat(drift("app")).containsExactly("app/b: drain");
    }

    @Test
    void whatWasOrderedMeanwhileStandsWhenItGoesBack() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
        order("app", "b", AdminState.DRAIN);
        onTrial(PROGRAM + pool("app", "a b c"));
        order("app", "b", AdminState.READY);
        order("app", "a", AdminState.DRAIN);
        rollBack();
        assertThat(drift("app")).containsExactly("app/a: drain");
        assertThat(fixture.ask(8)).containsOnly("b");
    }

    @Test
    void certificatesGoBackToWhatTheyWereThoughTheirFilesDoNot() throws Exception {
        Path file = new Certificates().authorityFile();
        String toml = PROGRAM + "[pools.app]\nmembers = [\"@a\"]\ntls = { ca = \"" + file + "\" }\n";
        Pool pool = fixture.start(toml).pool("app");
        Optional<MemberTls> before = pool.tls();
        Files.copy(new Certificates().authorityFile(), file, StandardCopyOption.REPLACE_EXISTING);
        assertThat(Apps.await(fixture.fairlead()
                                .onControl(() -> fixture.fairlead().control().plan()))
                        .pools())
                .as("the plan knows that the content is another")
                .extracting(Plan.PoolStep::step)
                .containsExactly(Step.CHANGED);
        onTrial(toml);
        assertThat(pool.tls()).isPresent().isNotEqualTo(before);
        Files.writeString(file, "no certificate any more");
        rollBack();
        assertThat(pool.tls()).isEqualTo(before);
    }

    @Test
    void whatCannotGoBackStaysAndSaysSo() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            port = free.getLocalPort();
        }
        String listener = "[[listeners]]\nname = \"second\"\naddress = \"127.0.0.1:" + port + "\"\n";
        fixture.start(PROGRAM + listener + pool("app", "a"));
        onTrial(PROGRAM + pool("app", "b"));
        try (ServerSocket taken = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(this::rollBack).hasCauseInstanceOf(Refusal.class).hasMessageContaining("is in use");
            assertThat(taken.isBound()).isTrue();
        }
        assertThat(fixture.ask(4)).containsOnly("b");
        assertThat(fixture.status()
                        .getJsonObject("config")
                        .getJsonObject("last_reload")
                        .getString("message"))
                .startsWith("the configuration on trial stays, for it cannot go back");
    }
}
