package io.fairlead;

import io.fairlead.admin.program.Control;
import io.fairlead.admin.program.Plan;
import io.fairlead.admin.program.Trial;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import java.util.Optional;

/** Of a program that goes by one configuration to its end. */
final class Unchangeable implements Control {
    @Override
    public Future<Plan> plan() {
        return Future.failedFuture(refusal());
    }

    @Override
    public Future<Plan> reload(Optional<Trial> trial, String by) {
        return Future.failedFuture(refusal());
    }

    @Override
    public Future<Void> confirm(String by) {
        return Future.failedFuture(refusal());
    }

    @Override
    public Future<Plan> rollBack(String by) {
        return Future.failedFuture(refusal());
    }

    @Override
    public Optional<OnTrial> onTrial() {
        return Optional.empty();
    }

    @Override
    public String effectiveToml() {
        return "";
    }

    @Override
    public long revision() {
        return 0;
    }

    @Override
    public Member add(Pool pool, MemberSettings member) {
        throw refusal();
    }

    @Override
    public void remove(Pool pool, Member member) {
        throw refusal();
    }

    private static IllegalStateException refusal() {
        return new IllegalStateException("nothing can be changed yet");
    }
}
