package io.fairlead.admin.document;

import io.fairlead.admin.program.Program;
import io.fairlead.member.AdminState;
import io.fairlead.pool.MemberStatus;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Kebab;
import java.util.ArrayList;
import java.util.List;

/**
 * An order of the operator that is in force and not in the file: a restart would end it.
 *
 * @param pool its name
 * @param member its id
 * @param words what is other than in the file: {@code "weight 5 instead of 1"}, {@code "drain"}
 */
record Drift(String pool, String member, String words) {
    /** All of them, in the order of the file. Control context only. */
    static List<Drift> of(Program program) {
        List<Drift> all = new ArrayList<>();
        for (Pool pool : program.pools()) {
            pool.status().forEach(member -> add(pool, member, all));
        }
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
