package io.fairlead.health;

import io.fairlead.health.ProbeResult.Failed;
import io.fairlead.health.ProbeResult.Passed;
import io.fairlead.health.ProbeResult.Reason;
import io.fairlead.member.Member;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** A probe that ends when and how a test says, and remembers what was asked. */
public final class ScriptedProbe implements Probe {
    public static final ProbeResult PASSED = new Passed("200");
    public static final ProbeResult REFUSED = new Failed(Reason.CONNECT, "connection refused");
    public static final ProbeResult STATUS_500 = new Failed(Reason.STATUS, "status 500 (expected: 200-299)");

    public final List<Call> calls = new ArrayList<>();
    public boolean closed;
    private final ScriptedTime time;
    private Function<Member, Future<ProbeResult>> script =
            member -> Promise.<ProbeResult>promise().future();

    /** One probe that was asked for. */
    public record Call(Member member, Duration at) {}

    public ScriptedProbe(ScriptedTime time) {
        this.time = time;
    }

    /** From now on every probe ends like this within its start. */
    public void answers(ProbeResult result) {
        script = member -> Future.succeededFuture(result);
    }

    /** From now on every probe does this. */
    public void does(Function<Member, Future<ProbeResult>> newScript) {
        script = newScript;
    }

    /** The one probe after this ends by the returned promise. */
    public Promise<ProbeResult> answersLater() {
        Promise<ProbeResult> promise = Promise.promise();
        script = member -> promise.future();
        return promise;
    }

    public List<Duration> starts() {
        return calls.stream().map(Call::at).toList();
    }

    @Override
    public Future<ProbeResult> probe(Member member) {
        calls.add(new Call(member, time.elapsed()));
        return script.apply(member);
    }

    @Override
    public void close() {
        closed = true;
    }
}
