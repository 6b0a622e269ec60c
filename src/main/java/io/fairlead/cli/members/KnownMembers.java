package io.fairlead.cli.members;

import io.fairlead.cli.admin.AdminClient;
import io.fairlead.cli.admin.AdminException;
import io.fairlead.cli.text.Plain;
import io.fairlead.config.Spelling;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;

/** All members of a running Fairlead, for when somebody asks for another. */
final class KnownMembers {
    private static final int MOST_NAMED = 10;

    private final List<String> pools = new ArrayList<>();
    private final List<String> members = new ArrayList<>();

    private KnownMembers() {}

    static KnownMembers of(AdminClient client) throws AdminException {
        KnownMembers known = new KnownMembers();
        JsonArray pools = client.get("/api/v1/status").body().getJsonArray("pools", new JsonArray());
        for (int i = 0; i < pools.size(); i++) {
            JsonObject pool = pools.getJsonObject(i);
            known.pools.add(pool.getString("name"));
            pool.getJsonArray("members")
                    .forEach(member ->
                            known.members.add(pool.getString("name") + "/" + ((JsonObject) member).getString("id")));
        }
        return known;
    }

    /**
     * Nothing if there are all of these.
     *
     * @throws AdminException that says which is unknown, and what may have been meant
     */
    void require(List<MemberName> names) throws AdminException {
        for (MemberName name : names) {
            if (!members.contains(name.toString())) {
                throw unknown("member", name.toString(), members);
            }
        }
    }

    /** What is said of a pool that is unknown. */
    AdminException unknownPool(String name) {
        return unknown("pool", name, pools);
    }

    private static AdminException unknown(String what, String name, List<String> known) {
        String instead = Spelling.nearest(name, known)
                .map(near -> ", did you mean " + near + "?")
                .orElse(" (expected: one of "
                        + String.join(", ", known.subList(0, Math.min(MOST_NAMED, known.size())))
                        + (known.size() > MOST_NAMED ? ", ... " : "") + ")");
        return new AdminException(Plain.line("there is no " + what + " " + name + instead));
    }
}
