package io.fairlead.health.outlier;

import io.fairlead.health.Ground;
import io.fairlead.health.ScriptedTime;
import io.fairlead.health.outlier.TrafficVerdict.Standing;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.MemberAddress;
import io.fairlead.member.Outcome;
import io.fairlead.settings.Share;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A detector under scripted time, with members that answer as a test says, and a record of what its listener was told. */
final class TrafficBench implements OutlierListener {
    final ScriptedTime time = new ScriptedTime();
    final List<String> told = new ArrayList<>();
    final List<String> ejections = new ArrayList<>();
    final List<Member> members = new ArrayList<>();
    final Set<Member> down = new HashSet<>();
    final OutlierDetector detector;
    private final TrafficEvidence evidence;
    private final List<Runnable> heldCalls = new ArrayList<>();
    private boolean holdsCalls;
    private Duration lookedAt = Duration.ZERO;

    TrafficBench(int count) {
        this(count, settings(5, 0, "50%", OutlierSettings.Mode.ENFORCE));
    }

    TrafficBench(int count, OutlierSettings settings) {
        for (int i = 0; i < count; i++) {
            String id = String.valueOf((char) ('a' + i));
            members.add(new Member("app", id, new MemberAddress("10.0.0.1", 9001 + i)));
        }
        evidence = new TrafficEvidence(members);
        var environment = new OutlierDetector.Environment(time, this::call, time, time, this::serves);
        detector = new OutlierDetector(settings, evidence, environment, this);
        members.forEach(detector::add);
    }

    private void call(Runnable task) {
        if (holdsCalls) {
            heldCalls.add(task);
        } else {
            task.run();
        }
    }

    /** The control context does not come to the calls of event loops until it is let. */
    void holdCalls() {
        holdsCalls = true;
    }

    /** It comes to all of them now. */
    void letCalls() {
        holdsCalls = false;
        heldCalls.forEach(Runnable::run);
        heldCalls.clear();
    }

    /** Takes in another member. */
    Member add(String id) {
        Member member = new Member("app", id, new MemberAddress("10.0.0.2", 9001));
        members.add(member);
        evidence.add(member);
        detector.add(member);
        return member;
    }

    /** Lets go of a member. */
    void remove(Member member) {
        members.remove(member);
        evidence.remove(member);
        detector.remove(member);
    }

    /** With an ejection time of 10 s. */
    static OutlierSettings settings(int failures, double factor, String maxEjected, OutlierSettings.Mode mode) {
        return new OutlierSettings(failures, factor, Duration.ofSeconds(10), Share.parse(maxEjected), mode);
    }

    Member member(int index) {
        return members.get(index);
    }

    boolean serves(Member member) {
        return !down.contains(member) && !is(member, Standing.EJECTED);
    }

    boolean is(Member member, Standing standing) {
        return detector.verdict(member).standing() == standing;
    }

    /** How many are ejected now. */
    long ejected() {
        return members.stream().filter(member -> is(member, Standing.EJECTED)).count();
    }

    /** A request that this member answers with a status. */
    void answer(Member member, int status) {
        Lease lease = sent(member);
        lease.answered(status, time.getAsLong());
        lease.close(Outcome.ANSWERED, time.getAsLong());
    }

    /** So many requests, one after the other. */
    void answer(Member member, int status, int times) {
        for (int i = 0; i < times; i++) {
            answer(member, status);
        }
    }

    /** A request that ends like this before any answer. */
    void end(Member member, Outcome outcome, int times) {
        for (int i = 0; i < times; i++) {
            Lease lease = outcome == Outcome.CONNECT_FAILED ? member.lease(evidence) : sent(member);
            lease.close(outcome, time.getAsLong());
        }
    }

    /** A request that is on its way. */
    Lease sent(Member member) {
        Lease lease = member.lease(evidence);
        lease.sent(time.getAsLong());
        return lease;
    }

    /** Lets time pass; the detector looks once a second. */
    void advance(Duration duration) {
        Duration end = time.elapsed().plus(duration);
        for (Duration next = lookedAt.plusSeconds(1); next.compareTo(end) <= 0; next = next.plusSeconds(1)) {
            time.advance(next.minus(time.elapsed()));
            detector.look();
            lookedAt = next;
        }
        time.advance(end.minus(time.elapsed()));
    }

    void advanceMillis(long millis) {
        advance(Duration.ofMillis(millis));
    }

    @Override
    public void judged(Member member, TrafficVerdict verdict) {
        told.add(member.id() + " " + verdict.standing() + ": " + verdict.reason());
    }

    @Override
    public void ejected(Member member, Ground ground, boolean enforced) {
        ejections.add(member.id() + " " + ground + " " + enforced);
    }

    @Override
    public void remarked(Member member, String words) {
        told.add(member.id() + " remark: " + words);
    }
}
