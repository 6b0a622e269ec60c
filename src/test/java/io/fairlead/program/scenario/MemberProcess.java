package io.fairlead.program.scenario;

import io.fairlead.program.Daemon;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** An {@link Instance} in a process of its own, and what can be done to it. Keeps its port over restarts. */
final class MemberProcess implements AutoCloseable {
    private final int serviceMillis;
    private final int port;
    private Daemon process;

    /**
     * Starts one on a free port, and waits until it listens.
     *
     * @param serviceMillis what each answer takes, 0 or more
     */
    MemberProcess(int serviceMillis) throws Exception {
        this.serviceMillis = serviceMillis;
        this.process = start(0);
        String line = process.awaitLine(printed -> printed.startsWith("listens"));
        this.port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    }

    private Daemon start(int onPort) throws Exception {
        return Daemon.start(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx32m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                Path.of(Instance.class
                                .getProtectionDomain()
                                .getCodeSource()
                                .getLocation()
                                .toURI())
                        .toString(),
                Instance.class.getName(),
                Integer.toString(onPort),
                Integer.toString(serviceMillis));
    }

    String address() {
        return "127.0.0.1:" + port;
    }

    /** As kill -9 does. */
    void kill() throws Exception {
        process.signal("KILL");
        process.exitCode();
    }

    /** As an init system does: what is in work is answered. Waits for the end. */
    void stopGently() throws Exception {
        process.signal("TERM");
        process.exitCode();
    }

    /** Starts again after its end; what it counted is forgotten. */
    void startAgain() throws Exception {
        process = start(port);
        process.awaitLine(printed -> printed.startsWith("listens"));
    }

    /** Stops answering; connections stay, and new ones are still taken by the system. */
    void freeze() throws Exception {
        process.signal("STOP");
    }

    /** Goes on where it was frozen. */
    void thaw() throws Exception {
        process.signal("CONT");
    }

    /** From now on answers 503 to all but probes. */
    void refuse() throws Exception {
        order("refuse");
    }

    /** From now on answers 503 to one path. */
    void refuse(String path) throws Exception {
        order("refuse " + path);
    }

    /** How many requests it got since it was started, by path. */
    Map<String, Integer> counts() throws Exception {
        String line = order("count");
        Map<String, Integer> counts = new LinkedHashMap<>();
        for (String each :
                line.substring(line.indexOf('{') + 1, line.indexOf('}')).split(", ", -1)) {
            if (!each.isEmpty()) {
                int equals = each.indexOf('=');
                counts.put(each.substring(0, equals), Integer.valueOf(each.substring(equals + 1)));
            }
        }
        return counts;
    }

    /** How many requests it got since it was started, probes apart. */
    int requests() throws Exception {
        return counts().entrySet().stream()
                .filter(count -> !count.getKey().startsWith("/health"))
                .mapToInt(Map.Entry::getValue)
                .sum();
    }

    /** Gives an order and waits until it is done; the line before the acknowledgement. */
    private String order(String order) throws Exception {
        int from = process.lineCount();
        process.say(order);
        String done = process.awaitLine(from, printed -> printed.equals("did " + order));
        return order.equals("count") ? process.awaitLine(from, printed -> printed.startsWith("counted")) : done;
    }

    @Override
    public void close() {
        process.close();
    }
}
