package io.fairlead.health;

import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.settings.Choice;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;

/** A checker under scripted time, with a scripted probe and a record of what its listener was told. */
final class Bench implements HealthListener {
    private record NoOptions() {}

    final ScriptedTime time = new ScriptedTime();
    final ScriptedProbe probe = new ScriptedProbe(time);
    final List<String> told = new ArrayList<>();
    private final Map<Member, ProbeReport> reports = new HashMap<>();
    private final Map<Member, HealthState> last = new HashMap<>();
    final HealthChecker checker;

    Bench(HealthSettings settings) {
        this(settings, 0.5);
    }

    /** Chance is a constant: half way for no jitter at all. */
    Bench(HealthSettings settings, double chance) {
        this(settings, new Random() {
            @Override
            public double nextDouble() {
                return chance;
            }
        });
    }

    Bench(HealthSettings settings, Random random) {
        checker = new HealthChecker(settings, probe, new HealthChecker.Environment(time, time, time, random), this);
    }

    /** The member's last probe that ended. */
    ProbeReport lastProbe(Member member) {
        return Objects.requireNonNull(reports.get(member));
    }

    @Override
    public void probed(Member member, ProbeReport report, Health health) {
        reports.put(member, report);
        observed(member, health);
    }

    /** What people would be told: not what is on the way to a flip, and nothing twice. */
    @Override
    public void observed(Member member, Health health) {
        HealthState before = last.getOrDefault(member, HealthState.CHECKING);
        last.put(member, health.state());
        if (health.state().isNewsAfter(before)) {
            told.add(member.id() + " " + health.state() + ": " + health.reason());
        }
    }

    /** interval 2 s, timeout 1 s, rise 2, fall 3, fast 500 ms, down 5 s, jitter 10%. */
    static HealthSettings settings(HealthSettings.Start start) {
        return settings(2, 3, start);
    }

    static HealthSettings settings(int rise, int fall, HealthSettings.Start start) {
        return settings(Duration.ofSeconds(2), Duration.ofSeconds(1), rise, fall, start);
    }

    static HealthSettings settings(Duration interval, Duration timeout) {
        return settings(interval, timeout, 2, 3, HealthSettings.Start.DOWN);
    }

    private static HealthSettings settings(
            Duration interval, Duration timeout, int rise, int fall, HealthSettings.Start start) {
        return new HealthSettings(
                new Choice("scripted", new NoOptions()),
                interval,
                timeout,
                rise,
                fall,
                Duration.ofMillis(500),
                Duration.ofSeconds(5),
                Share.parse("10%"),
                start);
    }

    static Member member(String id) {
        return new Member("app", id, new MemberAddress("10.0.0.1", 9001));
    }

    static Member namedMember(String id) {
        return new Member("app", id, new MemberAddress("app.internal", 9001));
    }

    /** Watches a new member, whose probes end like this at once. */
    Member watch(String id, ProbeResult answer) {
        probe.answers(answer);
        Member member = member(id);
        checker.add(member);
        return member;
    }
}
