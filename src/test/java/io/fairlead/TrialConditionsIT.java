package io.fairlead;

import static io.fairlead.ReloadFixture.PROGRAM;
import static io.fairlead.ReloadFixture.pool;
import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.LoadedConfig;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Trial;
import io.fairlead.pool.Drift;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Function;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** What settles a trial before its time: an order, too many failed requests, another reload; and what does not. */
class TrialConditionsIT {
    private static final Duration LONG = Duration.ofMinutes(10);

    @RegisterExtension
    private final ReloadFixture fixture;

    TrialConditionsIT() throws Exception {
        fixture = new ReloadFixture();
    }

    @BeforeEach
    void start() throws Exception {
        fixture.start(PROGRAM + pool("app", "a b"));
    }

    private Plan reload(Duration confirm, OptionalDouble errors, String toml) throws Exception {
        fixture.write(toml);
        return Apps.await(fixture.fairlead()
                .onControl(() ->
                        fixture.fairlead().control().reload(Optional.of(new Trial(confirm, errors)), "the test")));
    }

    private <T> T order(Function<Control, Future<T>> order) throws Exception {
        return Apps.await(fixture.fairlead()
                .onControl(() -> order.apply(fixture.fairlead().control())));
    }

    private LoadedConfig loaded() throws Exception {
        return fixture.onControl(() -> fixture.fairlead().config());
    }

    private boolean isOnTrial() {
        try {
            return fixture.onControl(() -> fixture.fairlead().control().onTrial())
                    .isPresent();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private boolean isBack() {
        try {
            return !loaded().lastReload().orElseThrow().ok();
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }

    private String members() {
        return fixture.fairlead().pool("app").members().toString();
    }

    @Test
    void itGoesBackByOrder() throws Exception {
        reload(LONG, OptionalDouble.empty(), PROGRAM + pool("app", "c"));
        Plan plan = order(control -> control.rollBack("the test"));
        assertThat(plan.pools().get(0).added()).containsExactly("a", "b");
        assertThat(fixture.ask(8)).containsOnly("a", "b");
    }

    @Test
    void itGoesBackWhenTooManyRequestsFail() throws Exception {
        fixture.apps.status("c", 500);
        reload(LONG, OptionalDouble.of(0.6), PROGRAM + pool("app", "a c"));
        for (int i = 0; i < 40; i++) {
            fixture.get("/"); // a half of them fail, and one more at a time: that is not more than six in ten
        }
        assertThat(isOnTrial()).isTrue();
        reload(LONG, OptionalDouble.of(0.1), PROGRAM + pool("app", "c"));
        while (isOnTrial()) {
            fixture.get("/");
        }
        ReloadFixture.await("it went back", this::isBack);
        assertThat(members()).isEqualTo("[app/a, app/c]");
        assertThat(loaded().lastReload())
                .hasValueSatisfying(last ->
                        assertThat(last.message()).matches(".*100.0% of \\d+ requests failed since, more than 10.0%"));
    }

    @Test
    void anotherReloadSettlesIt() throws Exception {
        reload(LONG, OptionalDouble.empty(), PROGRAM + pool("app", "c"));
        fixture.reload(PROGRAM + pool("app", "d"));
        assertThat(isOnTrial()).isFalse();
        assertThat(fixture.ask(4)).containsOnly("d");
    }

    @Test
    void aRefusedReloadLeavesItOnTrial() throws Exception {
        reload(LONG, OptionalDouble.empty(), PROGRAM + pool("app", "c"));
        fixture.refused("nonsense = true\n");
        assertThat(isOnTrial()).isTrue();
        order(control -> control.rollBack("the test"));
        assertThat(fixture.ask(8)).containsOnly("a", "b");
    }

    @Test
    void ordersThatItEndedComeBackWithIt() throws Exception {
        Pool pool = fixture.fairlead().pool("app");
        fixture.onControl(() -> {
            pool.order(pool.members().get(0), 5);
            return pool;
        });
        reload(LONG, OptionalDouble.empty(), PROGRAM + pool("app", "a*2 b"));
        assertThat(fixture.onControl(pool::drift)).isEmpty();
        order(control -> control.rollBack("the test"));
        assertThat(fixture.onControl(pool::drift))
                .extracting(Drift::toString)
                .containsExactly("app/a: weight 5 instead of 1");
        HttpResponse<String> answer = fixture.get("/");
        assertThat(answer.statusCode()).isEqualTo(200);
    }
}
