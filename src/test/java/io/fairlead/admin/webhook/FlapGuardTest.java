package io.fairlead.admin.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.health.ScriptedTime;
import io.fairlead.health.Source;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** When a change is passed on, and when it is held. */
class FlapGuardTest {
    private final ScriptedTime time = new ScriptedTime();
    private final List<String> passed = new ArrayList<>();
    private final FlapGuard guard = new FlapGuard(
            time,
            (event, suppressed) -> passed.add(time.elapsed().toSeconds() + " s: "
                    + event.subject().member() + " " + event.change().to()
                    + (suppressed == 0 ? "" : ", " + suppressed + " not told")));

    @Test
    void theFirstChangeGoesOutAtOnce() {
        change("a", "down");
        assertThat(passed).containsExactly("0 s: a down");
    }

    @Test
    void whatFollowsWithinTenSecondsIsHeldAndTheNewestGoesOutThen() {
        change("a", "down");
        after(2, "a", "up");
        after(2, "a", "down");
        after(2, "a", "up");
        time.advanceMillis(3_999);
        assertThat(passed).hasSize(1);
        time.advanceMillis(1);
        assertThat(passed).containsExactly("0 s: a down", "10 s: a up, 2 not told");
    }

    @Test
    void oneThatIsHeldAloneWasNotPrecededByOthers() {
        change("a", "down");
        after(5, "a", "up");
        time.advanceMillis(5_000);
        assertThat(passed).containsExactly("0 s: a down", "10 s: a up");
    }

    @Test
    void afterAQuietPauseTheNextGoesOutAtOnceAgain() {
        change("a", "down");
        time.advanceMillis(10_000);
        change("a", "up");
        assertThat(passed).containsExactly("0 s: a down", "10 s: a up");
        assertThat(guard.pauses()).isEqualTo(1);
        time.advanceMillis(10_000);
        assertThat(guard.pauses()).isZero();
        assertThat(time.pending()).isZero();
    }

    @Test
    void whileItGoesOnThePauseDoublesUpToFiveMinutes() {
        change("a", "down");
        for (int second = 1; second <= 1600; second++) {
            after(1, "a", second % 2 == 0 ? "down" : "up");
        }
        assertThat(passed)
                .extracting(line -> line.replaceAll(":.*", ""))
                .containsExactly("0 s", "10 s", "30 s", "70 s", "150 s", "310 s", "610 s", "910 s", "1210 s", "1510 s");
        assertThat(passed.get(9)).endsWith(", 299 not told");
    }

    @Test
    void aQuietPauseAfterLongFlappingResetsIt() {
        change("a", "down");
        after(1, "a", "up");
        time.advanceMillis(9_000);
        assertThat(passed).hasSize(2);
        time.advanceMillis(20_000);
        change("a", "down");
        after(1, "a", "up");
        time.advanceMillis(9_000);
        assertThat(passed).containsExactly("0 s: a down", "10 s: a up", "30 s: a down", "40 s: a up");
    }

    @Test
    void membersAndOrdersDoNotWaitForEachOther() {
        change("a", "down");
        change("b", "down");
        guard.accept(event("a", "drain", EventKind.ORDER));
        guard.accept(event("", "fail-open", EventKind.FAIL_OPEN));
        assertThat(passed).containsExactly("0 s: a down", "0 s: b down", "0 s: a drain", "0 s:  fail-open");
    }

    @Test
    void flushingPassesOnWhatIsHeldAndLeavesNothing() {
        change("a", "down");
        after(1, "a", "up");
        after(1, "a", "down");
        change("b", "down");
        guard.flush();
        assertThat(passed).containsExactly("0 s: a down", "2 s: b down", "2 s: a down, 1 not told");
        assertThat(time.pending()).isZero();
        assertThat(guard.pauses()).isZero();
    }

    private void after(int seconds, String member, String to) {
        time.advanceMillis(seconds * 1000L);
        change(member, to);
    }

    private void change(String member, String to) {
        guard.accept(event(member, to, EventKind.TRANSITION));
    }

    private Event event(String member, String to, EventKind kind) {
        return new Event(
                1,
                time.instant(),
                kind,
                new Event.Subject("app", member),
                new Event.Change(Optional.of(Source.ACTIVE), "", to, "why"),
                "what");
    }
}
