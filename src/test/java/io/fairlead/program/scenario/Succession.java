package io.fairlead.program.scenario;

import io.fairlead.program.Daemon;
import io.fairlead.program.Serving;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * One process is replaced by another at the same address, under clients that never try again: the newcomer is started with {@code
 * --takeover}, and when it serves the old one is told to stop.
 *
 * @param kept what became of the requests of those who keep their connections
 * @param anew what became of the requests of those who connect anew for each
 * @param sentBefore how many had been sent when the newcomer was started
 * @param sentAfter how many were sent when the old process was gone
 * @param complaints what either process warned of
 */
record Succession(
        StrictClients.Seen kept, StrictClients.Seen anew, int sentBefore, int sentAfter, List<String> complaints) {
    private static final int CLIENTS = 20;

    Succession {
        complaints = List.copyOf(complaints);
    }

    /** How many requests a second clients send; more than 0. */
    record Rates(int kept, int anew) {}

    /**
     * Plays it.
     *
     * @param seconds how long the clients go on in all; at least until the old process is gone and both have been asked
     */
    static Succession play(Path directory, Rates rates, double seconds) throws Exception {
        try (MemberProcess member = new MemberProcess(2)) {
            int port = freePort();
            Path config = Files.writeString(
                    directory.resolve("config.toml"), """
                    [admin]
                    address = "127.0.0.1:%d"
                    [[listeners]]
                    address = "127.0.0.1:%d"
                    [pools.app]
                    members = ["%s"]
                    [pools.app.health]
                    interval = "500ms"
                    [pools.app.timeouts]
                    connect = "10s"
                    [shutdown]
                    grace = "5s"
                    """.formatted(freePort(), port, member.address()));
            try (Daemon old = serving(config);
                    StrictClients kept = new StrictClients(port, CLIENTS, rates.kept());
                    StrictClients anew = StrictClients.connectingAnew(port, CLIENTS, rates.anew())) {
                long begin = System.nanoTime();
                Scene.pause(seconds / 4);
                int before = kept.sent() + anew.sent();
                try (Daemon newcomer = serving(config, "--takeover")) {
                    old.signal("TERM");
                    if (old.exitCode() != 0) {
                        throw new AssertionError(old.output());
                    }
                    int gone = kept.sent() + anew.sent();
                    Scene.pause(Math.max(seconds / 4, seconds - (System.nanoTime() - begin) / 1e9));
                    List<String> complaints = new ArrayList<>(old.lines("WARN"));
                    StrictClients.Seen seen = kept.stop();
                    StrictClients.Seen seenAnew = anew.stop();
                    complaints.addAll(newcomer.lines("WARN"));
                    int after = seen.sent() + seenAnew.sent() - gone;
                    return new Succession(seen, seenAnew, before, after, complaints);
                }
            }
        }
    }

    private static Daemon serving(Path config, String... options) throws Exception {
        List<String> command = new ArrayList<>(List.of("run", "-c", config.toString()));
        command.addAll(List.of(options));
        Daemon fairlead = Daemon.quickFairlead(command.toArray(String[]::new));
        try {
            Serving.of(fairlead);
            return fairlead;
        } catch (InterruptedException | AssertionError e) {
            fairlead.close();
            throw e;
        }
    }

    private static int freePort() throws IOException {
        try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return free.getLocalPort();
        }
    }
}
