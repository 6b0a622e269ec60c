package io.fairlead.watch;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.health.ScriptedTime;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Test;

class NameLookupTest implements NameLookup.Listener {
    private static final Future<String> NOWHERE = Future.failedFuture(new UnknownHostException("app.internal"));

    private final ScriptedTime time = new ScriptedTime();
    private final List<Duration> asked = new ArrayList<>();
    private final List<String> told = new ArrayList<>();
    private final Member member = new Member("app", "a", new MemberAddress("app.internal", 9001));
    private Function<String, Future<String>> names = host -> Future.succeededFuture("10.0.0.9");
    private final NameLookup lookup = new NameLookup(
            host -> {
                asked.add(time.elapsed());
                return names.apply(host);
            },
            time,
            this);

    @Test
    void aNameIsLookedUpAtOnceAndEveryThirtySeconds() {
        lookup.add(member);
        assertThat(member.ip()).isEqualTo("10.0.0.9");
        time.advanceMillis(60_000);
        assertThat(asked).containsExactly(Duration.ZERO, Duration.ofSeconds(30), Duration.ofSeconds(60));
        assertThat(told).containsExactly("a leads to 10.0.0.9");
    }

    @Test
    void anotherAddressIsTold() {
        lookup.add(member);
        names = host -> Future.succeededFuture("10.0.0.10");
        time.advanceMillis(30_000);
        assertThat(told).containsExactly("a leads to 10.0.0.9", "a leads to 10.0.0.10");
    }

    @Test
    void aNameThatLeadsNowhereIsToldOnceAndLookedUpEachSecond() {
        names = host -> NOWHERE;
        lookup.add(member);
        time.advanceMillis(3_000);
        assertThat(asked).hasSize(4);
        assertThat(told).containsExactly("a leads nowhere");
        names = host -> Future.succeededFuture("10.0.0.9");
        time.advanceMillis(1_000);
        assertThat(told).containsExactly("a leads nowhere", "a leads to 10.0.0.9");
    }

    @Test
    void aNameThatCeasesToLeadAnywhereKeepsItsAddress() {
        lookup.add(member);
        names = host -> NOWHERE;
        time.advanceMillis(33_000);
        assertThat(member.ip()).isEqualTo("10.0.0.9");
        assertThat(told).hasSize(1);
        assertThat(asked).hasSize(5);
    }

    @Test
    void anAddressIsNoName() {
        lookup.add(new Member("app", "b", new MemberAddress("10.0.0.1", 9001)));
        assertThat(asked).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void anAnswerThatComesAfterTheMemberWentIsIgnored() {
        Promise<String> late = Promise.promise();
        names = host -> late.future();
        lookup.add(member);
        lookup.remove(member);
        lookup.remove(member);
        late.complete("10.0.0.9");
        assertThat(member.ip()).isNull();
        assertThat(told).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void soIsAFailureAfterTheEnd() {
        Promise<String> late = Promise.promise();
        names = host -> late.future();
        lookup.add(member);
        lookup.stop();
        late.fail(new UnknownHostException("app.internal"));
        assertThat(told).isEmpty();
        assertThat(time.pending()).isZero();
    }

    @Test
    void aMemberThatWentIsLookedUpNoMore() {
        lookup.add(member);
        lookup.remove(member);
        time.advanceMillis(60_000);
        assertThat(asked).hasSize(1);
        assertThat(time.pending()).isZero();
    }

    @Override
    public void resolved(Member resolved) {
        told.add(resolved.id() + " leads to " + resolved.ip());
    }

    @Override
    public void leadsNowhere(Member unresolved) {
        told.add(unresolved.id() + " leads nowhere");
    }
}
