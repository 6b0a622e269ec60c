package io.fairlead.program.scenario;

import io.fairlead.program.Daemon;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * What a process takes when it has nothing to do.
 *
 * @param heapBytes of objects that are alive
 * @param directBytes of memory outside of the heap, as it tells itself
 * @param threads of the system
 * @param descriptors files and sockets
 * @param alive how many objects there are of each class of Fairlead, and timers of Vert.x, by the class's name
 */
record Footprint(long heapBytes, long directBytes, long threads, long descriptors, Map<String, Long> alive) {
    private static final String TIMER = "io.vertx.core.impl.VertxImpl$InternalTimerHandler";
    /** As jcmd has it: {@code   12:   345   6789  io.fairlead.member.Member}. */
    private static final Pattern CLASS = Pattern.compile("\\s*\\d+:\\s+(\\d+)\\s+\\d+\\s+(\\S+).*");

    private static final Pattern TOTAL = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");

    Footprint {
        alive = Map.copyOf(alive);
    }

    /** Collects the garbage, and counts what is left. */
    static Footprint of(Front front) throws Exception {
        Map<String, Long> alive = new TreeMap<>();
        long heap = -1;
        try (Daemon jcmd = Daemon.start(
                System.getProperty("java.home") + "/bin/jcmd", Long.toString(front.pid()), "GC.class_histogram")) {
            jcmd.exitCode();
            for (String line : jcmd.output().split("\n", -1)) {
                Matcher one = CLASS.matcher(line);
                Matcher total = TOTAL.matcher(line);
                if (one.matches()
                        && (one.group(2).startsWith("io.fairlead.")
                                || one.group(2).equals(TIMER))) {
                    alive.put(one.group(2), Long.valueOf(one.group(1)));
                } else if (total.matches()) {
                    heap = Long.parseLong(total.group(1));
                }
            }
            if (heap < 0) {
                throw new AssertionError(jcmd.output());
            }
        }
        long direct = front.status().getJsonObject("process").getLong("direct_bytes");
        return new Footprint(heap, direct, entries(front, "task"), entries(front, "fd"), alive);
    }

    private static long entries(Front front, String what) throws IOException {
        try (Stream<Path> all = Files.list(Path.of("/proc", Long.toString(front.pid()), what))) {
            return all.count();
        }
    }

    /** How many objects there are of a class, named without its package. */
    long alive(String simpleName) {
        return alive.entrySet().stream()
                .filter(entry -> entry.getKey().endsWith("." + simpleName)
                        || entry.getKey().endsWith("$" + simpleName))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    /** Of which classes there are more objects than before, and how many more. */
    Map<String, Long> moreThan(Footprint before) {
        Map<String, Long> more = new TreeMap<>();
        alive.forEach((name, count) -> {
            long grown = count - before.alive.getOrDefault(name, 0L);
            if (grown > 0) {
                more.put(name, grown);
            }
        });
        return more;
    }

    @Override
    public String toString() {
        return Verdicts.text(
                "heap %,d KiB, direct %,d KiB, %d threads, %d descriptors",
                heapBytes / 1024, directBytes / 1024, threads, descriptors);
    }
}
