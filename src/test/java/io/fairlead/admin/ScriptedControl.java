package io.fairlead.admin;

import io.fairlead.admin.events.Event;
import io.fairlead.admin.events.EventKind;
import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Refusal;
import io.fairlead.admin.program.Step;
import io.fairlead.admin.program.Trial;
import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/** Changes nothing, notes what it is asked for, and answers as the test has it. */
public final class ScriptedControl implements Control {
    /** One that changes much. */
    public static final Plan PLAN = new Plan(
            "config.toml",
            "def",
            List.of(
                    new Plan.Change(Step.ADDED, "pools.app.members.c", "", "{ address = \"127.0.0.1:9003\" }"),
                    new Plan.Change(Step.REMOVED, "pools.app.members.b", "{ address = \"127.0.0.1:9002\" }", ""),
                    new Plan.Change(Step.CHANGED, "pools.app.members.a.weight", "1", "5")),
            List.of(
                    new Plan.ListenerStep("web", "127.0.0.1:8080", Step.KEPT, 3),
                    new Plan.ListenerStep("tls", "127.0.0.1:8443", Step.REBOUND, 1)),
            List.of(new Plan.PoolStep(
                    "app", Step.CHANGED, List.of("c"), List.of("b"), List.of("a"), 7, OptionalDouble.of(0.3333))),
            List.of(
                    new Plan.DriftStep("app", "a", "drain", true),
                    new Plan.DriftStep("app", "b", "weight 3 instead of 1", false)),
            List.of("config.toml:7: warning: pools.app.health.timeout: longer than the interval between two probes\n"
                    + "    [pools.app.health]\n               ^"));

    private final List<Event> orders = new ArrayList<>();
    private long changes;
    /** What was asked for, in words. */
    public final List<String> asked = new ArrayList<>();

    public Future<Plan> plan = Future.succeededFuture(PLAN);
    public Future<Plan> reload = Future.succeededFuture(PLAN);
    public Optional<OnTrial> onTrial = Optional.empty();
    public String toml = "[pools.app]\nmembers = [\"127.0.0.1:9001\"]\n";
    public @Nullable RuntimeException refusal;

    ScriptedControl(ScriptedProgram program) {
        program.events.onEvent(event -> {
            if (event.kind() == EventKind.ORDER) {
                orders.add(event);
            }
        });
    }

    /** The file is refused for these reasons. */
    public void refuse(String... problems) {
        plan = Future.failedFuture(new Refusal(List.of(problems)));
        reload = plan;
    }

    /** Something was changed by somebody. */
    public void change() {
        changes++;
    }

    @Override
    public Future<Plan> plan() {
        asked.add("plan");
        return plan;
    }

    @Override
    public Future<Plan> reload(Optional<Trial> trial, String by) {
        asked.add("reload " + trial.map(Trial::toString).orElse("for good") + " by " + by);
        return reload.onSuccess(taken -> changes++);
    }

    @Override
    public Future<Void> confirm(String by) {
        asked.add("confirm by " + by);
        return settle().mapEmpty();
    }

    @Override
    public Future<Plan> rollBack(String by) {
        asked.add("roll back by " + by);
        return settle().map(PLAN);
    }

    private Future<OnTrial> settle() {
        Optional<OnTrial> before = onTrial;
        onTrial = Optional.empty();
        before.ifPresent(settled -> changes++);
        return before.map(Future::succeededFuture)
                .orElseGet(() -> Future.failedFuture(new IllegalStateException("no configuration is on trial")));
    }

    @Override
    public Optional<OnTrial> onTrial() {
        return onTrial;
    }

    @Override
    public String effectiveToml() {
        return toml;
    }

    @Override
    public long revision() {
        return changes + orders.size();
    }

    @Override
    public void order(Pool pool, Member member, AdminState admin) {
        pool.order(member, admin);
    }

    @Override
    public Member add(Pool pool, MemberSettings member) {
        asked.add("add " + pool.name() + "/" + member);
        if (refusal != null) {
            throw refusal;
        }
        if (pool.members().stream().anyMatch(each -> each.id().equals(member.id()))) {
            throw new IllegalArgumentException("pool " + pool.name() + " has a member " + member.id() + " already");
        }
        changes++;
        return pool.members().get(0); // a pool of the tests has those that it was built with
    }

    @Override
    public void remove(Pool pool, Member member) {
        asked.add("remove " + member);
        if (refusal != null) {
            throw refusal;
        }
        changes++;
    }
}
