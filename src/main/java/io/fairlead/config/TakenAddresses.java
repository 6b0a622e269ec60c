package io.fairlead.config;

import io.fairlead.settings.ListenAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Addresses that are to be bound, each by one owner. Those of one port collide if their hosts are the same, or one is all hosts. */
final class TakenAddresses {
    private static final Set<String> WILDCARDS = Set.of("0.0.0.0", "::");

    private final Map<Integer, Map<String, Owner>> byPort = new HashMap<>();

    private record Owner(String name, int rank) {}

    /** Takes an address; the first that has one with which it collides, if any has. */
    Optional<String> take(ListenAddress address, String name) {
        if (address.port() == 0) {
            return Optional.empty();
        }
        Map<String, Owner> hosts = byPort.computeIfAbsent(address.port(), port -> new LinkedHashMap<>());
        Stream<Owner> colliding = WILDCARDS.contains(address.host())
                ? hosts.values().stream().limit(1)
                : Stream.concat(Stream.of(address.host()), WILDCARDS.stream())
                        .filter(hosts::containsKey)
                        .map(hosts::get);
        Optional<String> first =
                colliding.min(Comparator.comparingInt(Owner::rank)).map(Owner::name);
        hosts.putIfAbsent(address.host(), new Owner(name, hosts.size()));
        return first;
    }
}
