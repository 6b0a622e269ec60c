package io.fairlead.program.scenario;

import static io.fairlead.program.scenario.Verdicts.text;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plays in full what an operator does to a running Fairlead, and prints, as rows of a table, what is asked and what was seen. Ends with 1 if
 * something that is asked was missed.
 */
final class ControlNumbers {
    private static final int FIRST_RELOADS = 100;
    private static final int MORE_RELOADS = 900;
    private static final int WEB_SOCKETS = 100;
    private static final int LARGE_RELOADS = 10;
    private static final int LARGE_PER_SECOND = 500;
    private static final Duration LARGE_AT_MOST = Duration.ofMillis(500);
    private static final double STRICT_SECONDS = 8;
    private static final Succession.Rates STRICT = new Succession.Rates(300, 20);
    private static final Succession.Rates BUSY = new Succession.Rates(1_000, 500);

    /**
     * By which heap may differ at rest, in bytes: 900 more events of the 1,000 that are kept, up to a KiB each, and what is kept of
     * each second of the past, some 100 bytes for each of three members.
     */
    private static final long HEAP_NOISE = 1_500_000;

    /** One chunk of the buffers' allocator, taken or given back; bytes. */
    private static final long DIRECT_NOISE = 4 << 20;

    private final Verdicts verdicts = new Verdicts();
    private final int perSecond;

    private ControlNumbers(int perSecond) {
        this.perSecond = perSecond;
    }

    /** Takes {@code --rate=N}, requests a second under the thousand reloads; and names of parts, to play only these. */
    public static void main(String[] args) throws Exception {
        List<String> names = new ArrayList<>(List.of(args));
        int rate = names.stream()
                .filter(name -> name.startsWith("--rate="))
                .mapToInt(name -> Integer.parseInt(name.substring("--rate=".length())))
                .findFirst()
                .orElse(5_000);
        names.removeIf(name -> name.startsWith("--rate="));
        ControlNumbers numbers = new ControlNumbers(rate);
        Map<String, Verdicts.Part> parts = new LinkedHashMap<>();
        parts.put("reloads", numbers::reloads);
        parts.put("large", numbers::large);
        parts.put("strict", numbers::strict);
        parts.put("succession", numbers::succession);
        numbers.verdicts.play(parts, names, "--rate=N");
    }

    private void reloads(Path directory) throws Exception {
        ManyReloads seen = ManyReloads.play(
                directory, Pace.FULL, new ManyReloads.Counts(FIRST_RELOADS, MORE_RELOADS, perSecond, WEB_SOCKETS));
        verdicts.row(
                text(
                        "1,000 reloads in a row under %,d requests/s, each with other weights, a new route and a new member",
                        perSecond),
                "0 failed",
                text(
                        "%,d of %,d failed, %,.0f requests/s; a reload took %.1f ms; answers p50 %.1f, p99 %.1f ms",
                        seen.answers().failed(),
                        seen.answers().count(),
                        seen.answers().count() / seen.seconds(),
                        seen.reloading().toNanos() / 1e6 / (FIRST_RELOADS + MORE_RELOADS),
                        seen.answers().p50(),
                        seen.answers().p99()),
                seen.answers().failed() == 0);
        verdicts.row(
                text("the same, %d WebSockets open", WEB_SOCKETS),
                "none cut",
                text(
                                "%d cut, %,d echoes",
                                seen.talks().cut().size(), seen.talks().echoes())
                        + (seen.talks().cut().isEmpty()
                                ? ""
                                : ": " + seen.talks().cut()),
                seen.talks().cut().isEmpty());
        Footprint early = seen.early();
        Footprint late = seen.late();
        verdicts.row(
                "the same, at rest after reload 100 and after reload 1,000",
                "no growth",
                "from " + early + " to " + late,
                late.threads() <= early.threads()
                        && late.descriptors() <= early.descriptors()
                        && late.heapBytes() <= early.heapBytes() + HEAP_NOISE
                        && late.directBytes() <= early.directBytes() + DIRECT_NOISE);
        System.err.println("more objects than before: " + late.moreThan(early));
    }

    private void large(Path directory) throws Exception {
        LargeReloads seen = LargeReloads.play(directory, Pace.FULL, LARGE_RELOADS, LARGE_PER_SECOND);
        Duration slowest = seen.took().stream().max(Duration::compareTo).orElseThrow();
        verdicts.row(
                "a file with 1,000 routes, 200 pools, 2,000 members, all weights changed, a route, a member; ten in a row",
                "≤ 500 ms each",
                "the slowest " + slowest.toMillis() + " ms; all "
                        + seen.took().stream().map(Duration::toMillis).toList(),
                slowest.compareTo(LARGE_AT_MOST) <= 0);
        verdicts.row(
                text("the same under %,d requests/s", LARGE_PER_SECOND),
                "0 failed, p99 ≤ 2 × before",
                text(
                        "%,d of %,d failed; p99 %.1f ms, %.1f ms before",
                        seen.during().failed(),
                        seen.during().count(),
                        seen.during().p99(),
                        seen.before().p99()),
                seen.during().failed() == 0
                        && seen.during().p99() <= 2 * seen.before().p99());
    }

    private void strict(Path directory) throws Exception {
        StrictClients.Seen reloads = StrictReloads.play(directory, STRICT_SECONDS);
        verdicts.row(
                "3 reloads in 8 s, 20 kept connections whose clients never try again, 300 requests/s",
                "0 lost of 2,400",
                lost(reloads),
                reloads.lost() == 0);
    }

    private void succession(Path directory) throws Exception {
        Succession gentle = Succession.play(directory, STRICT, STRICT_SECONDS);
        verdicts.row(
                "the same clients, and a graceful stop while a successor has the port",
                "0 lost of 2,400",
                lost(gentle.kept()),
                gentle.kept().lost() == 0 && gentle.complaints().isEmpty());
        Succession busy = Succession.play(directory, BUSY, STRICT_SECONDS);
        verdicts.row(
                text(
                        "a process replaced by another on its port, %,d requests/s on kept connections, %,d each on a new one",
                        BUSY.kept(), BUSY.anew()),
                "0 failed",
                lost(busy.kept()) + " and " + lost(busy.anew()),
                busy.kept().lost() == 0
                        && busy.anew().lost() == 0
                        && busy.complaints().isEmpty());
    }

    private static String lost(StrictClients.Seen seen) {
        return text("%,d of %,d lost", seen.lost(), seen.sent())
                + (seen.reasons().isEmpty() ? "" : ": " + seen.reasons());
    }
}
