package io.fairlead;

import io.fairlead.health.Health;
import io.fairlead.health.HealthChecker;
import io.fairlead.health.HealthSettings;
import io.fairlead.health.HealthState;
import io.fairlead.health.Probe;
import io.fairlead.health.ProbeProvider;
import io.fairlead.health.Scheduler;
import io.fairlead.member.Member;
import io.fairlead.pool.Pool;
import io.fairlead.settings.Providers;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.net.InetAddress;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps a pool told of its members: resolves those that have names, and has the others probed where a health check is
 * configured. Control context only.
 */
final class MemberWatch {
    private static final Logger LOG = LoggerFactory.getLogger(MemberWatch.class);
    private static final String BEING_LOOKED_UP = "its host name is being looked up";
    private static final long RESOLVE_AGAIN_MS = 30_000;
    private static final long RESOLVE_SOON_MS = 1_000;

    private final Vertx vertx;
    private final Pool pool;
    private final Optional<HealthChecker> checker;
    private final Promise<Void> known = Promise.promise();
    private boolean stopped;

    MemberWatch(Vertx vertx, Pool pool) {
        this.vertx = vertx;
        this.pool = pool;
        this.checker = pool.settings().health().map(this::newChecker);
    }

    private HealthChecker newChecker(HealthSettings settings) {
        Scheduler scheduler = (delay, task) -> {
            long timer = vertx.setTimer(Math.max(1, delay.toMillis()), id -> task.run());
            return () -> vertx.cancelTimer(timer);
        };
        var environment = new HealthChecker.Environment(
                scheduler, System::nanoTime, InstantSource.system(), RandomGenerator.getDefault());
        return new HealthChecker(settings, probe(settings), environment, this::observe);
    }

    @SuppressWarnings("unchecked") // a choice's options are of its provider's type: the configuration bound them so
    private Probe probe(HealthSettings settings) {
        ProbeProvider<Record> provider =
                Providers.named(ProbeProvider.class, settings.type().name());
        return provider.create(
                settings.type().options(), new ProbeProvider.Environment(vertx, System::nanoTime, settings.timeout()));
    }

    void start() {
        for (Member member : pool.members()) {
            if (member.isNamed()) {
                if (checker.isEmpty()) {
                    observe(member, Health.unresolved(Instant.now(), BEING_LOOKED_UP));
                }
                resolve(member);
            }
            checker.ifPresent(c -> c.add(member));
        }
        completeIfKnown();
    }

    /** Completes when of every member it is known whether it serves: its first probe has ended, its name was looked up. */
    Future<Void> known() {
        return known.future();
    }

    private void observe(Member member, Health health) {
        pool.observe(member, health);
        completeIfKnown();
    }

    private void completeIfKnown() {
        if (pool.status().stream().noneMatch(member -> isOpen(member.health()))) {
            known.tryComplete();
        }
    }

    private static boolean isOpen(Health health) {
        return health.state() == HealthState.CHECKING || health.reason().equals(BEING_LOOKED_UP);
    }

    private void resolve(Member member) {
        if (stopped) {
            return;
        }
        String host = member.address().host();
        vertx.executeBlocking(() -> InetAddress.getByName(host).getHostAddress(), false)
                .onComplete(result -> {
                    if (stopped) {
                        return;
                    }
                    if (result.succeeded()) {
                        resolved(member, result.result());
                    } else if (checker.isEmpty() && member.ip() == null) {
                        observe(member, Health.unresolved(Instant.now(), "the host name leads nowhere"));
                    }
                    long again = result.succeeded() ? RESOLVE_AGAIN_MS : RESOLVE_SOON_MS;
                    vertx.setTimer(again, id -> resolve(member));
                });
    }

    private void resolved(Member member, String ip) {
        if (ip.equals(member.ip())) {
            return;
        }
        LOG.info("member {}: {} leads to {}", member, member.address().host(), ip);
        member.resolved(ip);
        if (checker.isEmpty()) {
            observe(member, Health.unchecked(Instant.now()));
        }
    }

    /** Tells the pool what is known by now, states on the way to a flip and the last probe included. */
    void refresh() {
        checker.ifPresent(c -> pool.members().forEach(member -> pool.observe(member, c.health(member))));
    }

    void stop() {
        stopped = true;
        checker.ifPresent(HealthChecker::stop);
    }
}
