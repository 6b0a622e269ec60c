package io.fairlead.balance;

import io.fairlead.settings.Providers;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.options.CommandLineOptions;
import org.openjdk.jmh.runner.options.OptionsBuilder;

/** Runs {@link PickBenchmark} for every strategy there is, with one thread and with two, and prints a table of differences. */
public final class PickCosts {
    private static final String ALLOCATED = "gc.alloc.rate.norm";

    private PickCosts() {}

    /**
     * One row of the table, which two benchmarks make.
     *
     * @param threads at once
     */
    private record Row(String strategy, int members, int threads) implements Comparable<Row> {
        @Override
        public int compareTo(Row other) {
            return key().compareTo(other.key());
        }

        private String key() {
            return "%s %6d %2d".formatted(strategy, members, threads);
        }
    }

    /** Takes JMH's own options: {@code -p strategy=random -p members=10 -f 3}. */
    public static void main(String[] args) throws Exception {
        CommandLineOptions given = new CommandLineOptions(args);
        String[] all = Providers.of(StrategyProvider.class).keySet().toArray(String[]::new);
        Map<Row, Map<String, RunResult>> rows = new TreeMap<>();
        for (int threads = 1; threads <= 2; threads++) {
            var options = new OptionsBuilder()
                    .parent(given)
                    .include(PickBenchmark.class.getName())
                    .threads(threads)
                    .addProfiler(GCProfiler.class);
            if (!given.getParameter("strategy").hasValue()) {
                options.param("strategy", all);
            }
            for (RunResult result : new Runner(options.build()).run()) {
                Row row = new Row(
                        result.getParams().getParam("strategy"),
                        Integer.parseInt(result.getParams().getParam("members")),
                        threads);
                rows.computeIfAbsent(row, any -> new TreeMap<>())
                        .put(result.getPrimaryResult().getLabel(), result);
            }
        }
        System.out.printf(
                "%nnanoseconds, the median of the iterations (least to most)%n%-20s %7s %7s %20s %20s %20s %12s %9s%n",
                "strategy", "members", "threads", "cycle", "without pick", "pick alone", "pick", "pick B/op");
        rows.forEach(PickCosts::print);
    }

    private static void print(Row row, Map<String, RunResult> results) {
        RunResult cycle = results.get("cycle");
        RunResult without = results.get("withoutPick");
        RunResult alone = results.get("pickAlone");
        if (cycle == null || without == null || alone == null) {
            return; // not all of them were asked for
        }
        System.out.printf(
                "%-20s %7d %7d %20s %20s %20s %12s %9.1f%n",
                row.strategy(),
                row.members(),
                row.threads(),
                spread(cycle),
                spread(without),
                spread(alone),
                "%.0f (%.0f)".formatted(median(cycle) - median(without), least(cycle) - least(without)),
                allocated(alone));
    }

    private static String spread(RunResult result) {
        double most = result.getPrimaryResult().getStatistics().getMax();
        return "%.0f (%.0f to %.0f)".formatted(median(result), least(result), most);
    }

    /** What it takes if nothing else runs; with several threads also what it takes if one of them was held up. */
    private static double least(RunResult result) {
        return result.getPrimaryResult().getStatistics().getMin();
    }

    /** Less moved by what else the machine does than the mean. */
    private static double median(RunResult result) {
        return result.getPrimaryResult().getStatistics().getPercentile(50);
    }

    private static double allocated(RunResult result) {
        var allocated = result.getSecondaryResults().get(ALLOCATED);
        return allocated == null ? Double.NaN : allocated.getScore();
    }
}
