package io.fairlead.program.scenario;

import java.nio.file.Path;

/**
 * Three reloads under clients that keep their connections and never try again: the first changes weights and routes, the second puts
 * members in the place of others, the third changes what a listener can only change by listening anew.
 */
final class StrictReloads {
    private static final String POOL = """
            [pools.app]
            members = [{ address = "%s", id = "a", weight = %d }, { address = "%s", id = "%s" }]
            [pools.app.health]
            interval = "500ms"
            [pools.app.timeouts]
            connect = "10s"
            """;

    private StrictReloads() {}

    /**
     * Plays it: 20 clients, 300 requests a second, a reload after each quarter of the time.
     *
     * @param seconds all of it
     */
    static StrictClients.Seen play(Path directory, double seconds) throws Exception {
        try (MemberProcess a = new MemberProcess(2);
                MemberProcess b = new MemberProcess(2);
                MemberProcess c = new MemberProcess(2);
                Front front = new Front(directory, POOL.formatted(a.address(), 1, b.address(), "b"));
                StrictClients clients = new StrictClients(front.port(), 20, 300)) {
            String route = "[[routes]]\npath = \"/\"\npool = \"app\"\ntimeout = \"20s\"\n";
            String replaced = route + POOL.formatted(c.address(), 2, b.address(), "other");
            Scene.pause(seconds / 4);
            front.reload(route + POOL.formatted(a.address(), 2, b.address(), "b"));
            Scene.pause(seconds / 4);
            front.reload(replaced);
            Scene.pause(seconds / 4);
            front.reload("max_header_size = \"32KiB\"\n" + replaced);
            Scene.pause(seconds / 4);
            StrictClients.Seen seen = clients.stop();
            front.stop();
            return seen;
        }
    }
}
