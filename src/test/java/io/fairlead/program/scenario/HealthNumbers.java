package io.fairlead.program.scenario;

import static io.fairlead.program.scenario.Verdicts.text;

import io.fairlead.program.scenario.FrozenHalf.Settings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays all scenarios in full and prints, as rows of a table, what is asked and what was seen, times included. Ends with 1 if
 * something that is asked was missed.
 */
final class HealthNumbers {
    private static final int SATURATION_SECONDS = 60;
    private static final int LONG_SATURATION_SECONDS = 600;
    private static final int PER_TRY_MILLIS = 250;
    private static final int FROZEN_HALF_SECONDS = 30;

    private final Verdicts verdicts = new Verdicts();

    /** Takes {@code --long}: ten minutes at saturation instead of one; and names of parts, to play only these. */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(List.of(args));
        int saturation = names.remove("--long") ? LONG_SATURATION_SECONDS : SATURATION_SECONDS;
        HealthNumbers numbers = new HealthNumbers();
        Map<String, Verdicts.Part> parts = new LinkedHashMap<>();
        parts.put("killed", numbers::killed);
        parts.put("frozen", numbers::frozen);
        parts.put("half", numbers::frozenHalf);
        parts.put("refusing", numbers::refusing);
        parts.put("restarts", numbers::restarts);
        parts.put("held-up", numbers::heldUp);
        parts.put("saturation", directory -> numbers.saturation(directory, saturation));
        numbers.verdicts.play(parts, names, "--long");
    }

    private void killed(Path directory) throws Exception {
        KilledMember byTraffic = KilledMember.play(directory, Pace.FULL, true);
        verdicts.row(
                "one of three killed with -9 at 2,000 requests/s, live traffic as evidence",
                "0 failed, out in ≤ 100 ms",
                failed(byTraffic.answers()) + "; out after " + millis(byTraffic.outAfter()) + " and "
                        + byTraffic.tries() + " tries",
                byTraffic.answers().failed() == 0
                        && byTraffic.outAfter().compareTo(Duration.ofMillis(100)) <= 0
                        && byTraffic.triesLater() == 0);
        KilledMember byProbes = KilledMember.play(directory, Pace.FULL, false);
        verdicts.row(
                "the same, by probes alone (2 s, 500 ms while falling, 3 failures)",
                "0 failed, out in ≤ 3.5 s",
                failed(byProbes.answers()) + "; out after " + millis(byProbes.outAfter()),
                byProbes.answers().failed() == 0 && byProbes.outAfter().compareTo(KilledMember.BY_PROBES) <= 0);
    }

    private void frozen(Path directory) throws Exception {
        FrozenMember seen = FrozenMember.play(directory, Pace.FULL, PER_TRY_MILLIS);
        verdicts.row(
                "one of three frozen (SIGSTOP) at 1,000 requests/s, `per_try_timeout = \"250ms\"`",
                "others answer what it caught, after 250 ms; ejected after 5 time-outs",
                text(
                        "%s; %d caught, %d tried again, the slowest answer after %.0f ms; ejected after %s",
                        failed(seen.answers()),
                        seen.caught(),
                        seen.retried(),
                        seen.answers().max(),
                        millis(seen.ejectedAfter())),
                seen.answers().failed() == 0
                        && seen.caught() == seen.retried()
                        && seen.caughtLater() == 0
                        && seen.answers().max() <= 2 * PER_TRY_MILLIS);
    }

    private void frozenHalf(Path directory) throws Exception {
        FrozenHalf seen = FrozenHalf.play(directory, Pace.FULL, FROZEN_HALF_SECONDS, Settings.values());
        verdicts.row(
                "one of two frozen for 6 s of 30, 200 requests/s, `first_byte = \"2s\"`",
                "0 lost, p99 < 100 ms, ≤ 1 probe/s to the frozen one",
                "by strategy and settings:",
                true);
        for (Settings settings : Settings.values()) {
            for (String strategy : FrozenHalf.STRATEGIES) {
                half(strategy, settings, seen.of(strategy, settings));
            }
        }
    }

    private void half(String strategy, Settings settings, FrozenHalf.Seen seen) {
        boolean met = seen.answers().failed() == 0
                && seen.answers().p99() < 100
                && seen.probes() <= FrozenHalf.FROZEN_SECONDS + 1;
        // By turns half of all requests go there until the first have timed out, which is more than one in a hundred
        // unless a try ends early.
        boolean asked = settings == Settings.PER_TRY || !strategy.equals("round-robin");
        verdicts.row(
                "… `" + strategy + "`, " + settings.inWords(),
                asked ? "" : "(to compare)",
                text(
                        "%s; p99 %,.1f ms; %d caught; %d probes",
                        failed(seen.answers()), seen.answers().p99(), seen.caught(), seen.probes()),
                met || !asked);
    }

    private void refusing(Path directory) throws Exception {
        RefusingMember one = RefusingMember.play(directory, Pace.FULL, 15);
        verdicts.row(
                "one of three answers 503 to everything but probes for 15 s, 1,000 requests/s, `ejection_time = \"2s\"`",
                "ejected, 0 failed, p99 unchanged",
                text(
                        "%s; ejected %d times; it refused %d; p99 %.1f ms, %.1f ms before",
                        failed(one.answers()),
                        one.ejections(),
                        one.refused(),
                        one.answers().p99(),
                        one.before().p99()),
                one.answers().failed() == 0
                        && one.ejections() > 0
                        && one.answers().p99() <= 1.5 * one.before().p99() + 1);
        RefusingPool all = RefusingPool.play(directory, Pace.FULL, 15);
        double most = all.asked() * (1 + RefusingPool.BUDGET) + RefusingPool.RESERVE;
        verdicts.row(
                "all three answer 503, 500 requests/s for 15 s",
                "none ejected; members see ≤ 1.2 × the clients' requests, and 100 saved up",
                text(
                        "%s; %,d asked, %,d given: %.2f ×",
                        left(all.transitions()), all.asked(), all.given(), all.given() / (double) all.asked()),
                all.transitions().isEmpty() && all.given() <= most);
        RefusingPath path = RefusingPath.play(directory, Pace.FULL, 15);
        verdicts.row(
                "one endpoint answers 503 on all three, a fifth of 1,000 requests/s",
                "0 failed of the others, none ejected",
                text("%s of the others; %s", failed(path.good()), left(path.transitions())),
                path.good().failed() == 0 && path.transitions().isEmpty());
    }

    private void restarts(Path directory) throws Exception {
        for (boolean gently : new boolean[] {true, false}) {
            RollingRestart seen = RollingRestart.play(directory, Pace.FULL, gently);
            verdicts.row(
                    "all three restarted one by one at 1,000 requests/s, " + (gently ? "with TERM" : "with -9"),
                    "0 failed",
                    text(
                            "%s; the slowest answer after %.0f ms",
                            failed(seen.answers()), seen.answers().max()),
                    seen.answers().failed() == 0);
        }
    }

    private void saturation(Path directory, int seconds) throws Exception {
        Saturation seen = Saturation.play(directory, seconds);
        verdicts.row(
                "three nginx that are well, and all the load the machine gives, for " + seconds + " s",
                "none leaves",
                text("0 of %,d failed; %s", seen.requests(), left(seen.transitions())),
                seen.transitions().isEmpty());
    }

    private void heldUp(Path directory) throws Exception {
        HeldUp seen = HeldUp.play(directory, Pace.FULL, 3);
        verdicts.row(
                "Fairlead itself held up for 3 s (SIGSTOP) at 1,000 requests/s, `per_try_timeout = \"250ms\"`",
                "0 failed, no member blamed",
                text("%s; %d charged to members; %s", failed(seen.answers()), seen.tries(), left(seen.transitions())),
                seen.answers().failed() == 0 && seen.transitions().isEmpty());
    }

    private static String failed(Answers answers) {
        return text("%,d of %,d failed", answers.failed(), answers.count());
    }

    /** Any line about a member would be one too many. */
    private static String left(List<String> transitions) {
        return transitions.isEmpty() ? "none left" : "the log says: " + transitions;
    }

    private static String millis(Duration duration) {
        return text("%,d ms", duration.toMillis());
    }
}
