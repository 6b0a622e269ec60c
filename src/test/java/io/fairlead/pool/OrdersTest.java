package io.fairlead.pool;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.member.AdminState;
import io.fairlead.member.MemberAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** Orders against their definition in words: what the file says anew ends an order, what it does not say anew does not. */
class OrdersTest {
    private static final MemberSettings A = member("a", 1, AdminState.READY);
    private static final MemberSettings B = member("b", 2, AdminState.READY);

    /** What a file may say of member b: nothing, or these. */
    private static final List<Optional<MemberSettings>> IN_FILE = List.of(
            Optional.empty(),
            Optional.of(B),
            Optional.of(member("b", 5, AdminState.READY)),
            Optional.of(member("b", 2, AdminState.DRAIN)),
            Optional.of(member("b", 5, AdminState.MAINTENANCE)));

    @Test
    void lieOverTheFile() {
        Orders orders = Orders.NONE.admin("a", AdminState.DRAIN).weight("b", 7).add(member("c", 3, AdminState.READY));
        assertThat(orders.over(List.of(A, B)))
                .containsExactly(
                        member("a", 1, AdminState.DRAIN),
                        member("b", 7, AdminState.READY),
                        member("c", 3, AdminState.READY));
        assertThat(orders.remove("a").over(List.of(A, B)))
                .extracting(MemberSettings::id)
                .containsExactly("b", "c");
        assertThat(orders.remove("c").over(List.of(A, B)))
                .extracting(MemberSettings::id)
                .containsExactly("a", "b");
    }

    @Test
    void anOrderOnAMatterLastsAsLongAsTheFileSaysNothingNewOfIt() {
        for (Optional<MemberSettings> before : IN_FILE) {
            for (Optional<MemberSettings> after : IN_FILE) {
                boolean kept = before.isPresent() && after.isPresent();
                Orders weight = Orders.NONE.weight("b", 9).after(file(before), file(after));
                boolean sameWeight =
                        kept && before.get().weight() == after.get().weight();
                assertThat(weight)
                        .as("weight, %s to %s", before, after)
                        .isEqualTo(sameWeight ? Orders.NONE.weight("b", 9) : Orders.NONE);

                Orders admin = Orders.NONE.admin("b", AdminState.MAINTENANCE).after(file(before), file(after));
                boolean sameAdmin = kept && before.get().admin() == after.get().admin();
                boolean needed = kept && after.get().admin() != AdminState.MAINTENANCE;
                assertThat(admin)
                        .as("admin, %s to %s", before, after)
                        .isEqualTo(sameAdmin && needed ? Orders.NONE.admin("b", AdminState.MAINTENANCE) : Orders.NONE);
            }
        }
    }

    @Test
    void aMemberThatWasTakenOutStaysOutUntilTheFileSaysSomethingNewOfIt() {
        Orders removed = Orders.NONE.remove("b");
        for (Optional<MemberSettings> before : IN_FILE) {
            for (Optional<MemberSettings> after : IN_FILE) {
                boolean stillOut = before.isPresent() && before.equals(after);
                assertThat(removed.after(file(before), file(after)).equals(removed))
                        .isEqualTo(stillOut);
            }
        }
    }

    @Test
    void aMemberThatWasAddedStaysUntilAFileHasIt() {
        Orders added = Orders.NONE.add(member("c", 3, AdminState.READY));
        assertThat(added.after(List.of(A), List.of(A, B))).isEqualTo(added);
        MemberSettings inFile = member("c", 4, AdminState.READY);
        assertThat(added.after(List.of(A), List.of(A, inFile)).over(List.of(A, inFile)))
                .containsExactly(A, inFile);
    }

    @Test
    void theLastOrderOnAMatterCounts() {
        Orders orders = Orders.NONE.weight("a", 3).weight("a", 4).admin("a", AdminState.DRAIN);
        assertThat(orders.over(List.of(A))).containsExactly(member("a", 4, AdminState.DRAIN));
        MemberSettings moved = new MemberSettings(MemberAddress.parse("10.0.0.9:9001"), "a", 1, 0, AdminState.READY);
        assertThat(orders.remove("a").add(moved).over(List.of(A))).containsExactly(moved);
        assertThat(orders.remove("a").add(A).over(List.of(A))).containsExactly(A);
    }

    @Test
    void driftTellsEachDifferenceInTheOrderOfTheFile() {
        List<MemberSettings> file = List.of(A, B, member("c", 1, AdminState.DRAIN));
        Orders orders = Orders.NONE
                .weight("b", 5)
                .admin("b", AdminState.DRAIN)
                .admin("c", AdminState.READY)
                .remove("a")
                .add(member("x", 1, AdminState.READY));
        assertThat(orders.drift("app", file))
                .extracting(Drift::toString)
                .containsExactly(
                        "app/b: weight 5 instead of 2",
                        "app/b: drain",
                        "app/c: ready",
                        "app/x: added",
                        "app/a: removed");
    }

    @Test
    void whatIsOrderedAlreadyIsNoDrift() {
        assertThat(Orders.NONE.weight("a", 1).admin("a", AdminState.READY).drift("app", List.of(A)))
                .isEmpty();
    }

    @Test
    void goingBackBringsBackWhatTheLaterFileEnded() {
        Orders before = Orders.NONE.weight("b", 9).admin("a", AdminState.DRAIN);
        List<MemberSettings> second = List.of(A, member("b", 5, AdminState.READY));
        assertThat(wentBack(List.of(A, B), before, second, orders -> orders))
                .containsExactly(member("a", 1, AdminState.DRAIN), member("b", 9, AdminState.READY));
        assertThat(wentBack(List.of(A, B), before, second, orders -> orders.admin("b", AdminState.MAINTENANCE)))
                .containsExactly(member("a", 1, AdminState.DRAIN), member("b", 9, AdminState.MAINTENANCE));
    }

    @Test
    void goingBackDoesNotUndoWhatWasOrderedSince() {
        Orders before = Orders.NONE
                .admin("a", AdminState.DRAIN)
                .weight("a", 3)
                .remove("b")
                .add(member("c", 1, AdminState.READY))
                .add(member("d", 1, AdminState.READY));
        UnaryOperator<Orders> since = orders -> orders.admin("a", AdminState.READY)
                .weight("a", 1)
                .add(B)
                .remove("c")
                .admin("d", AdminState.DRAIN);
        List<MemberSettings> others = List.of(A, B, member("d", 2, AdminState.READY));
        assertThat(wentBack(List.of(A, B), before, List.of(A, B), since))
                .as("the members are those of before")
                .containsExactly(A, B, member("d", 1, AdminState.DRAIN));
        assertThat(wentBack(List.of(A, B), before, others, since))
                .as("one that was added was written into the file meanwhile")
                .containsExactly(A, B, member("d", 1, AdminState.DRAIN));
    }

    /** The members in force after a file followed another, orders were given, and the first was gone back to. */
    private static List<MemberSettings> wentBack(
            List<MemberSettings> first, Orders before, List<MemberSettings> second, UnaryOperator<Orders> since) {
        Orders left = before.after(first, second);
        return before.followedBy(left, since.apply(left)).after(first, first).over(first);
    }

    private static List<MemberSettings> file(Optional<MemberSettings> b) {
        List<MemberSettings> file = new ArrayList<>(List.of(A));
        b.ifPresent(file::add);
        return file;
    }

    private static MemberSettings member(String id, int weight, AdminState admin) {
        return new MemberSettings(MemberAddress.parse("10.0.0.1:9001"), id, weight, 0, admin);
    }
}
