package io.fairlead.reload;

import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.admin.program.Step;
import io.fairlead.settings.Kebab;
import java.util.List;
import java.util.stream.Collectors;

/** A change of the configuration on one line, for the log and the list of events. */
final class PlanWords {
    private static final int MOST = 4;

    private PlanWords() {}

    /** What changed. */
    static String of(Plan plan) {
        List<Plan.Change> changes = plan.changes();
        if (changes.isEmpty()) {
            List<String> pools = plan.pools().stream()
                    .filter(pool -> pool.step() == Step.CHANGED)
                    .map(Plan.PoolStep::name)
                    .toList();
            return pools.isEmpty()
                    ? "nothing differs"
                    : "no key differs, but certificates or orders of " + String.join(", ", pools);
        }
        String some = changes.stream()
                .limit(MOST)
                .map(change -> change.path() + " " + Kebab.of(change.step()))
                .collect(Collectors.joining(", "));
        int more = changes.size() - MOST;
        return some + (more > 0 ? " and " + more + " more" : "");
    }

    /** Why it was refused: the first thing that is wrong, without the line that is quoted under it. */
    static String of(Throwable cause) {
        List<String> problems =
                cause instanceof Refusal refusal ? refusal.problems() : List.of(String.valueOf(cause.getMessage()));
        int more = problems.size() - 1;
        return problems.get(0).lines().findFirst().orElse("") + (more > 0 ? " (and " + more + " more)" : "");
    }
}
