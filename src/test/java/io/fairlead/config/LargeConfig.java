package io.fairlead.config;

import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The text of a large configuration, always the same: routes and pools with tables of their own, members as tables.
 *
 * @param routes how many; spread over the pools, each pool has at least one if there are as many
 * @param pools how many
 * @param members how many in all, spread evenly
 * @param weight of each member
 * @param routePath the first route's path
 * @param lastMember the address of the last pool's last member
 */
public record LargeConfig(int routes, int pools, int members, int weight, String routePath, String lastMember) {
    /** 1,000 routes, 200 pools, 2,000 members. */
    public static final LargeConfig STANDARD = new LargeConfig(1_000, 200, 2_000, 1, "/service-0/", "10.9.9.9:9001");

    /** With another weight of every member. */
    public LargeConfig withWeight(int other) {
        return new LargeConfig(routes, pools, members, other, routePath, lastMember);
    }

    /** With another path of the first route. */
    public LargeConfig withRoutePath(String other) {
        return new LargeConfig(routes, pools, members, weight, other, lastMember);
    }

    /** With another member in the place of the last. */
    public LargeConfig withLastMember(String address) {
        return new LargeConfig(routes, pools, members, weight, routePath, address);
    }

    /** The text, to be put behind a head with listeners and the like. */
    public String text() {
        return lines(pools, this::pool) + lines(routes, this::route);
    }

    private static String lines(int count, IntFunction<String> line) {
        return IntStream.range(0, count).mapToObj(line).collect(Collectors.joining());
    }

    private String pool(int number) {
        return "[pools.pool-" + number + "]\n"
                + "strategy = \"least-connections\"\n"
                + "max_connections = 256\n"
                + "members = [\n" + lines(members / pools, i -> member(number, i)) + "]\n"
                + "[pools.pool-" + number + ".health]\n"
                + "interval = \"5s\"\n"
                + "path = \"/up\"\n"
                + "[pools.pool-" + number + ".timeouts]\n"
                + "first_byte = \"10s\"\n\n";
    }

    private String member(int pool, int number) {
        boolean isLast = pool == pools - 1 && number == members / pools - 1;
        String address = isLast ? lastMember : "10.1." + pool % 256 + "." + number % 256 + ":" + (9001 + pool / 256);
        return "    { address = \"" + address + "\", id = \"m" + number + "\", weight = " + weight + " },\n";
    }

    private String route(int number) {
        return "[[routes]]\n"
                + "host = \"host-" + number % 50 + ".example\"\n"
                + "path = \"" + (number == 0 ? routePath : "/service-" + number + "/") + "\"\n"
                + "pool = \"pool-" + number % pools + "\"\n"
                + "timeout = \"30s\"\n\n";
    }
}
