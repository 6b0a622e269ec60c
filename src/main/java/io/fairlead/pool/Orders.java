package io.fairlead.pool;

import io.fairlead.member.AdminState;
import io.fairlead.settings.Kebab;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * What the operator ordered of a pool's members at run time. It lies over what the file says: {@link #over} gives what is in
 * force, {@link #after} what is left of it when the file changes. A file that says something new of a matter ends the order on
 * it; one that says nothing new of it does not. An order for what the file says already is none.
 *
 * <p>A value; immutable.
 */
record Orders(Map<String, Order> byId) {
    static final Orders NONE = new Orders(Map.of());

    /**
     * What is ordered of one member; whatever is empty is as the file has it.
     *
     * @param removed whether it is taken out
     * @param added how it was described, if the file does not have it
     */
    record Order(
            Optional<AdminState> admin, Optional<Integer> weight, boolean removed, Optional<MemberSettings> added) {
        static final Order NOTHING = new Order(Optional.empty(), Optional.empty(), false, Optional.empty());
    }

    Orders {
        byId = Map.copyOf(byId);
    }

    Orders admin(String id, AdminState state) {
        return with(id, order -> new Order(Optional.of(state), order.weight, order.removed, order.added));
    }

    Orders weight(String id, int weight) {
        return with(id, order -> new Order(order.admin, Optional.of(weight), order.removed, order.added));
    }

    /** Brings a member in that is not in force; whatever was ordered of one with this id before is over. */
    Orders add(MemberSettings member) {
        return with(member.id(), any -> new Order(Optional.empty(), Optional.empty(), false, Optional.of(member)));
    }

    /** Takes a member out; whatever else was ordered of it is over. */
    Orders remove(String id) {
        return with(id, any -> new Order(Optional.empty(), Optional.empty(), true, Optional.empty()));
    }

    private Orders with(String id, UnaryOperator<Order> change) {
        Map<String, Order> changed = new HashMap<>(byId);
        changed.put(id, change.apply(of(id)));
        return new Orders(changed);
    }

    private Order of(String id) {
        return byId.getOrDefault(id, Order.NOTHING);
    }

    /** The members in force where the file has these: those of the file in its order, then those that were added, by id. */
    List<MemberSettings> over(List<MemberSettings> file) {
        Map<String, MemberSettings> inForce = new LinkedHashMap<>();
        for (MemberSettings member : file) {
            Order order = of(member.id());
            if (!order.removed) {
                inForce.put(member.id(), ordered(order.added.orElse(member), order));
            }
        }
        byId.keySet().stream().sorted().forEach(id -> {
            Order order = of(id);
            order.added.ifPresent(added -> inForce.putIfAbsent(id, ordered(added, order)));
        });
        return List.copyOf(inForce.values());
    }

    private static MemberSettings ordered(MemberSettings member, Order order) {
        return new MemberSettings(
                member.address(),
                member.id(),
                order.weight.orElse(member.weight()),
                member.tier(),
                order.admin.orElse(member.admin()));
    }

    /** What is left of these orders when a file that had the first members has the second. */
    Orders after(List<MemberSettings> file, List<MemberSettings> next) {
        Map<String, MemberSettings> before = byId(file);
        Map<String, MemberSettings> now = byId(next);
        Map<String, Order> left = new HashMap<>();
        byId.forEach((id, order) -> {
            Order still = after(order, before.get(id), now.get(id));
            if (!still.equals(Order.NOTHING)) {
                left.put(id, still);
            }
        });
        return new Orders(left);
    }

    private static Order after(
            Order order,
            @org.jspecify.annotations.Nullable MemberSettings before,
            @org.jspecify.annotations.Nullable MemberSettings now) {
        if (order.removed) {
            return now != null && now.equals(before) ? order : Order.NOTHING;
        }
        if (order.added.isPresent()) {
            return Objects.equals(now, before) ? order : Order.NOTHING;
        }
        if (now == null || before == null) {
            return Order.NOTHING;
        }
        return new Order(
                order.admin.filter(state -> now.admin() == before.admin() && now.admin() != state),
                order.weight.filter(weight -> now.weight() == before.weight() && now.weight() != weight),
                false,
                Optional.empty());
    }

    /** These, followed by the orders that made the second of the first: on each matter the last one counts. */
    Orders followedBy(Orders first, Orders second) {
        Map<String, Order> all = new HashMap<>(byId);
        Stream.concat(first.byId.keySet().stream(), second.byId.keySet().stream())
                .distinct()
                .forEach(id -> all.put(id, followedBy(of(id), first.of(id), second.of(id))));
        return new Orders(all);
    }

    private static Order followedBy(Order order, Order first, Order second) {
        if (first.removed != second.removed || !first.added.equals(second.added)) {
            return second;
        }
        return order.removed
                ? order
                : new Order(
                        first.admin.equals(second.admin) ? order.admin : second.admin,
                        first.weight.equals(second.weight) ? order.weight : second.weight,
                        false,
                        order.added);
    }

    /** What is other than in a file with these members, in its order. */
    List<Drift> drift(String pool, List<MemberSettings> file) {
        List<Drift> all = new ArrayList<>();
        Map<String, MemberSettings> configured = byId(file);
        for (MemberSettings member : over(file)) {
            MemberSettings before = configured.get(member.id());
            if (before == null || !before.address().equals(member.address())) {
                all.add(new Drift(pool, member.id(), "added"));
            } else if (before.weight() != member.weight()) {
                all.add(new Drift(pool, member.id(), "weight " + member.weight() + " instead of " + before.weight()));
            }
            AdminState admin = before == null ? AdminState.READY : before.admin();
            if (admin != member.admin()) {
                all.add(new Drift(pool, member.id(), Kebab.of(member.admin())));
            }
        }
        for (MemberSettings member : file) {
            if (of(member.id()).removed) {
                all.add(new Drift(pool, member.id(), "removed"));
            }
        }
        return all;
    }

    private static Map<String, MemberSettings> byId(List<MemberSettings> members) {
        Map<String, MemberSettings> all = new HashMap<>();
        members.forEach(member -> all.put(member.id(), member));
        return all;
    }
}
