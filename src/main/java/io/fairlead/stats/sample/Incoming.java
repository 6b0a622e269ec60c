package io.fairlead.stats.sample;

import io.fairlead.stats.ListenerStats;
import io.fairlead.stats.RouteStats;
import io.fairlead.stats.StatusCounts;
import io.fairlead.stats.record.ListenerRecorder;
import io.fairlead.stats.record.LoopStats;
import io.fairlead.stats.record.RouteRecorder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the sampler holds of the clients' side: listeners, routes, and all together. Each recorder is of one route at one
 * listener on one loop and is taken once; what it had goes to all it belongs to.
 *
 * <p>Control context only.
 */
final class Incoming {
    private static final int SAMPLES_TO_GO = 3;

    private final Map<String, ListenerWindow> listenerWindows = new HashMap<>();
    private final Map<String, Exchanges> routeWindows = new HashMap<>();
    private final ListenerWindow allWindow = new ListenerWindow();
    private final Map<String, List<ListenerRecorder>> recorders = new TreeMap<>();
    // By route, then by listener.
    private final Map<String, Map<String, Tally>> tallies = new TreeMap<>();
    // By listener: what was counted of routes that are gone, so that sums never fall.
    private final Map<String, Tally> gone = new HashMap<>();
    private final Map<String, Integer> absent = new HashMap<>();
    private Optional<Set<String>> present = Optional.empty();

    /** As of the last sample. */
    record Sample(ListenerStats all, Map<String, ListenerStats> listeners, Map<String, RouteStats> routes) {}

    /** Takes what the loops recorded since the last sample. */
    Sample sample(Span span, Scratch scratch, List<LoopStats> loops) {
        present.ifPresent(routes -> dropGone(routes, loops));
        gather(scratch, loops);
        Map<String, ListenerStats> listeners = new HashMap<>();
        recorders.forEach((name, own) -> listeners.put(
                name,
                listenerWindows
                        .computeIfAbsent(name, any -> new ListenerWindow())
                        .sample(span, scratch, own, ofListener(name))));
        Map<String, RouteStats> routes = new HashMap<>();
        routeWindows.keySet().retainAll(tallies.keySet());
        tallies.forEach((name, byListener) -> routes.put(name, route(span, scratch, name, byListener)));
        List<ListenerRecorder> everyone =
                recorders.values().stream().flatMap(List::stream).toList();
        List<Tally> everything = new ArrayList<>(gone.values());
        tallies.values().forEach(byListener -> everything.addAll(byListener.values()));
        return new Sample(allWindow.sample(span, scratch, everyone, everything), listeners, routes);
    }

    /** Drops routes with other names than these, after some samples, when the loops have let go of them. */
    void retain(Set<String> routes) {
        present = Optional.of(Set.copyOf(routes));
    }

    private void dropGone(Set<String> routes, List<LoopStats> loops) {
        absent.keySet().retainAll(tallies.keySet());
        absent.keySet().removeAll(routes);
        for (String name : tallies.keySet()) {
            boolean leaves = !routes.contains(name) && !name.equals(ListenerRecorder.NO_ROUTE);
            if (leaves && absent.merge(name, 1, Integer::sum) == SAMPLES_TO_GO) {
                loops.forEach(loop -> loop.listeners().forEach((listener, recorder) -> {
                    RouteRecorder left = recorder.routes().remove(name);
                    if (left != null) {
                        gone.computeIfAbsent(listener, any -> new Tally()).takeStatuses(left);
                    }
                }));
            }
        }
    }

    private void gather(Scratch scratch, List<LoopStats> loops) {
        recorders.clear();
        tallies.clear();
        for (LoopStats loop : loops) {
            loop.listeners().forEach((listener, recorder) -> {
                recorders.computeIfAbsent(listener, any -> new ArrayList<>()).add(recorder);
                recorder.routes()
                        .forEach((route, own) -> tallies.computeIfAbsent(route, any -> new TreeMap<>())
                                .computeIfAbsent(listener, any -> new Tally())
                                .take(own, scratch));
            });
        }
    }

    private List<Tally> ofListener(String listener) {
        List<Tally> all = new ArrayList<>();
        Tally left = gone.get(listener);
        if (left != null) {
            all.add(left);
        }
        for (Map<String, Tally> byListener : tallies.values()) {
            Tally tally = byListener.get(listener);
            if (tally != null) {
                all.add(tally);
            }
        }
        return all;
    }

    private RouteStats route(Span span, Scratch scratch, String name, Map<String, Tally> byListener) {
        Exchanges.Sample over =
                routeWindows.computeIfAbsent(name, any -> new Exchanges()).sample(span, scratch, byListener.values());
        Map<String, StatusCounts> codes = new HashMap<>();
        byListener.forEach((listener, tally) -> codes.put(listener, tally.codes()));
        return new RouteStats(over.codes(), codes, over.ended(), over.errors(), over.latency(), over.buckets());
    }
}
