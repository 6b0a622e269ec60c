package io.fairlead.pool;

import io.fairlead.member.MemberAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;

/**
 * What a pool is to be: what the file says of it, and the operator's orders over that. A value; immutable.
 *
 * @param file as it was read
 * @param orders of the operator
 */
public record Intent(PoolSettings file, Orders orders) {
    /** What the file says and no more. */
    public static Intent of(PoolSettings file) {
        return new Intent(file, Orders.NONE);
    }

    /**
     * The settings to go by.
     *
     * @throws IllegalArgumentException if there is no member left: such an intent is not to be obeyed
     */
    public PoolSettings settings() {
        List<MemberSettings> members = orders.over(file.members());
        if (members.isEmpty()) {
            throw new IllegalArgumentException("members: all that the file has are removed by the operator's orders"
                    + " (expected: one that is not, in the file or added by an order)");
        }
        return file.withMembers(members);
    }

    /** With another order. */
    Intent with(UnaryOperator<Orders> order) {
        return new Intent(file, order.apply(orders));
    }

    /**
     * With a member more, until a file has it or it is removed.
     *
     * @throws IllegalArgumentException if there is one of that id
     */
    Intent adding(MemberSettings member) {
        if (settings().members().stream().anyMatch(present -> present.id().equals(member.id()))) {
            throw new IllegalArgumentException(
                    "id: \"" + member.id() + "\" is a member of the pool already (expected: another id)");
        }
        return with(all -> all.add(member));
    }

    /**
     * With a member less, until the file says something new of it or it is added.
     *
     * @throws IllegalStateException if it is the last one
     */
    Intent removing(String id) {
        if (settings().members().size() == 1) {
            throw new IllegalStateException(
                    "it is the last member of its pool (\"drain\" keeps requests away from it)");
        }
        return with(all -> all.remove(id));
    }

    /** When the file is another one: orders stand, but where it says something new. */
    public Intent after(PoolSettings next) {
        return new Intent(next, orders.after(file.members(), next.members()));
    }

    /** Whether some members that are present under the other leave, and others come that have ids of their own. */
    public boolean replacesMembersOf(Intent present) {
        List<MemberSettings> before = present.settings().members();
        List<MemberSettings> after = settings().members();
        return !newcomers(before, after).isEmpty() && !gone(before, after).isEmpty();
    }

    /** With those members, too, that come by this file: until those that leave by it may. */
    public Intent joinedBy(PoolSettings next) {
        List<MemberSettings> all = new ArrayList<>(file.members());
        all.addAll(newcomers(file.members(), next.members()));
        return after(file.withMembers(all));
    }

    private static List<MemberSettings> newcomers(List<MemberSettings> before, List<MemberSettings> after) {
        Set<String> ids = before.stream().map(MemberSettings::id).collect(Collectors.toSet());
        return after.stream().filter(member -> !ids.contains(member.id())).toList();
    }

    private static List<MemberSettings> gone(List<MemberSettings> before, List<MemberSettings> after) {
        Map<String, MemberAddress> addresses =
                after.stream().collect(Collectors.toMap(MemberSettings::id, MemberSettings::address));
        return before.stream()
                .filter(member -> !member.address().equals(addresses.get(member.id())))
                .toList();
    }

    /** When an earlier intent is gone back to, which this file followed: what was ordered since stands over it. */
    public Intent backTo(Intent earlier) {
        Orders left = earlier.after(file).orders;
        return new Intent(earlier.file, earlier.orders.followedBy(left, orders)).after(earlier.file);
    }

    /** What is ordered and does not stand in the file, in its order. */
    public List<Drift> drift(String pool) {
        return orders.drift(pool, file.members());
    }
}
