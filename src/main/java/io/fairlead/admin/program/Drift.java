package io.fairlead.admin.program;

import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Kebab;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * An order of the operator that is in force and not in the file: a restart would end it.
 *
 * @param pool its name
 * @param member its id
 * @param words what is other than in the file: {@code "weight 5 instead of 1"}, {@code "drain"}, {@code "added"}
 */
public record Drift(String pool, String member, String words) {
    /**
     * All of these members, in the order of the file; then members that were added or removed.
     *
     * @param members how they stand, by pool
     * @param roster see {@link Control#drift()}
     */
    public static List<Drift> of(Map<Pool, List<MemberStatus>> members, List<Drift> roster) {
        List<Drift> all = new ArrayList<>();
        members.forEach((pool, each) -> each.forEach(member -> add(pool, member, all)));
        all.addAll(roster);
        return all;
    }

    private static void add(Pool pool, MemberStatus status, List<Drift> all) {
        String id = status.member().id();
        if (status.weight() != status.configuredWeight()) {
            all.add(new Drift(
                    pool.name(), id, "weight " + status.weight() + " instead of " + status.configuredWeight()));
        }
        if (status.admin() != AdminState.READY) {
            all.add(new Drift(pool.name(), id, Kebab.of(status.admin())));
        }
    }

    @Override
    public String toString() {
        return pool + "/" + member + ": " + words;
    }
}
