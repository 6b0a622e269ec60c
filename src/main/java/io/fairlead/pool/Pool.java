package io.fairlead.pool;

import io.fairlead.balance.BalancingStrategy;
import io.fairlead.balance.Picker;
import io.fairlead.balance.RequestKey;
import io.fairlead.health.Health;
import io.fairlead.health.HealthHistory;
import io.fairlead.health.Source;
import io.fairlead.health.outlier.TrafficEvidence;
import io.fairlead.member.AdminState;
import io.fairlead.member.Candidate;
import io.fairlead.member.Lease;
import io.fairlead.member.Member;
import io.fairlead.member.tls.MemberTls;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A group of members with one strategy. Told of their health and of orders, it keeps a snapshot of who may get a request;
 * asked for a lease, it reads that snapshot once, or lets the request wait.
 */
public final class Pool {
    private final String name;
    private final PoolEnvironment environment;
    private final RetryBudget retryBudget;
    private final TrafficEvidence evidence;
    private final Admission admission;
    // Control context only, down to the blank line.
    private final Standings standings;
    private final Coalesced publication;
    private Intent intent;
    private PoolParts parts;

    // Control context writes, event loops read.
    private volatile Snapshot snapshot;

    /**
     * A pool of the members in its settings. Until it is told otherwise, members that are checked are not yet known to be
     * well, and members that are not count as up.
     */
    public Pool(String name, PoolSettings file, PoolParts parts, PoolEnvironment environment) {
        this.name = name;
        this.intent = Intent.of(file);
        this.parts = parts;
        this.environment = environment;
        this.publication = new Coalesced(environment.later(), () -> publish(snapshot.rules()));
        this.standings = new Standings(
                name,
                file,
                environment,
                (member, change) -> environment.listener().changed(this, member, change));
        List<Member> members = standings.members();
        this.retryBudget = new RetryBudget(file.retry(), members, environment.ticker());
        this.evidence = new TrafficEvidence(members);
        this.admission = new Admission(evidence, () -> snapshot);
        BalancingStrategy strategy = parts.strategy();
        Rules rules = new Rules(
                file, members, strategy, admission.whenClosed(strategy), parts.tls(), sessions(file, members));
        this.snapshot = new Snapshot(rules, Roster.EMPTY, null);
        publish(rules);
    }

    private Optional<Sessions> sessions(PoolSettings settings, List<Member> members) {
        return settings.sticky().map(sticky -> new Sessions(sticky, members, environment.machineKey()));
    }

    /** What routes and people call it. */
    public String name() {
        return name;
    }

    /** Those in force: the file's, with the members as the operator ordered. Any thread. */
    public PoolSettings settings() {
        return snapshot.rules().settings();
    }

    /** All members, in the order of the file. Any thread: the list is fixed, until settings or orders make it another one. */
    public List<Member> members() {
        return snapshot.rules().members();
    }

    /** How its members are spoken to by TLS; empty: in cleartext. The same object as long as it amounts to the same. Any thread. */
    public Optional<MemberTls> tls() {
        return snapshot.rules().tls();
    }

    /** What it is to be. Control context only. */
    public Intent intent() {
        return intent;
    }

    /** What was made for its settings. Control context only. */
    public PoolParts parts() {
        return parts;
    }

    /** What the operator ordered and the file does not have. Control context only. */
    public List<Drift> drift() {
        return intent.drift(name);
    }

    /**
     * Is something else from the next request on. A member of the same id and address stays the same one, with its requests in
     * flight, health, slow start and history; one that is gone gets no new request and finishes what it has. Control context only.
     *
     * @param made for the settings of the file
     */
    public void become(Intent next, PoolParts made) {
        intent = next;
        take(made, "the configuration was changed", false);
    }

    /** Who would share the requests if it were that, all else being as it is. Control context only. */
    public List<Candidate> candidatesOf(Intent other) {
        List<Standing> imagined = standings.imagined(other.settings());
        return Roster.of(imagined, other.settings(), environment.ticker().getAsLong())
                .candidates();
    }

    private void take(PoolParts made, String reason, boolean ordered) {
        Rules before = snapshot.rules();
        PoolSettings settings = intent.settings();
        List<Standings.News> news = standings.take(settings, reason);
        List<Member> members = standings.members();
        evidence.retain(members);
        retryBudget.take(settings.retry(), members);
        BalancingStrategy strategy = made.strategy();
        parts = made;
        publish(new Rules(
                settings,
                members,
                strategy,
                strategy == before.strategy() ? before.whenClosed() : admission.whenClosed(strategy),
                made.tls(),
                sessions(settings, members)));
        if (ordered) { // a file may change thousands at once
            news.forEach(each -> environment.listener().changed(this, each.member(), each.change()));
        }
    }

    /** Bounds the retries of this pool. Any event loop. */
    public RetryBudget retryBudget() {
        return retryBudget;
    }

    /** The cookies of sticky sessions; empty if sessions are not sticky. Any event loop. */
    public Optional<Sessions> sessions() {
        return snapshot.rules().sessions();
    }

    /**
     * A lease for a request, at once. Any event loop; one volatile read and one pick.
     *
     * @param tried members that the request met a failure at; never chosen
     * @param home where its session is bound to; null if it is not
     * @return null if no member may get it, or none has room: see {@link #hasMember} and {@link #queue}
     */
    public @Nullable Lease tryLease(RequestKey key, Collection<Member> tried, @Nullable Member home) {
        return admission.tryLease(key, tried, home);
    }

    /** Whether there is a member, with or without room, that such a request could get. Any event loop. */
    public boolean hasMember(Collection<Member> tried, @Nullable Member home) {
        Snapshot now = snapshot;
        return now.isAnyLeft(tried) || (home != null && now.keeps(home) && !tried.contains(home));
    }

    /**
     * A place in the queue for a request that got no lease at once.
     *
     * @param granted gets the lease, unless the place is left before: from any event loop, under a lock, and possibly before
     *     this method returns; so it only passes the lease on
     * @return null if the queue is full
     */
    public @Nullable Place queue(Collection<Member> tried, @Nullable Member home, Consumer<Lease> granted) {
        return admission.queue(tried, home, granted);
    }

    /** How many requests wait for a member. Any thread. */
    public int queued() {
        return admission.queued();
    }

    /** Whether a request could be served now. Any thread. */
    public boolean canServe() {
        return !snapshot.roster().candidates().isEmpty();
    }

    /** Whether too few members are up, so that health is not looked at. Any thread. */
    public boolean isFailOpen() {
        return snapshot.roster().failOpen();
    }

    /** What live traffic says of the members. Any thread. */
    public TrafficEvidence evidence() {
        return evidence;
    }

    /** Whether a member may get requests, by health and by order. Control context only. */
    public boolean serves(Member member) {
        return standings.of(member).mayServe();
    }

    /** How many members may get requests, by health and by order. Control context only. */
    public int serving() {
        return standings.serving();
    }

    /** A member's last probes and transitions. Control context only. */
    public HealthHistory history(Member member) {
        return standings.of(member).history();
    }

    /**
     * Takes what is observed of a member. The listener is told when it begins or ceases to serve, when it is ejected, when its
     * name leads nowhere, and of the first word on one that does not serve. Control context only.
     */
    public void observe(Member member, Health health) {
        if (standings.observe(member, health)) {
            publication.ask();
        }
    }

    /** Takes a remark on a member that stays what it is. Control context only. */
    public void remark(Member member, Source source, String words) {
        standings.remark(member, source, words);
    }

    /** Takes an operator's order on whether a member is to serve. Control context only. */
    public void order(Member member, AdminState admin) {
        order(intent.with(orders -> orders.admin(standings.idOf(member), admin)));
    }

    /** Takes an operator's order on a member's weight, 1 to 256, until the file has another one. Control context only. */
    public void order(Member member, int weight) {
        order(intent.with(orders -> orders.weight(standings.idOf(member), MemberSettings.requireWeight(weight))));
    }

    /** Takes an operator's order that a member is to come, as {@link Intent#adding} has it. Control context only. */
    public Member add(MemberSettings member) {
        order(intent.adding(member));
        return standings.of(member.id());
    }

    /**
     * Takes an operator's order that a member is to go, as {@link Intent#removing} has it: it gets nothing new and finishes what it
     * has. Control context only.
     */
    public void remove(Member member) {
        order(intent.removing(standings.idOf(member)));
    }

    private void order(Intent next) {
        intent = next;
        take(parts, "ordered by the operator", true);
    }

    /** Lets the weights follow slow starts. Control context only; to be called a few times a second. */
    public void refresh() {
        if (!settings().slowStart().isZero() && standings.ramp()) {
            publish(snapshot.rules());
        }
    }

    /** All members as they stand. Control context only. */
    public List<MemberStatus> status() {
        return standings.status(snapshot.roster().candidates(), intent.file().members());
    }

    /** One member as it stands. Control context only. */
    public MemberStatus status(Member member) {
        return standings.status(
                member, snapshot.roster().candidates(), intent.file().members());
    }

    /** Makes the snapshot anew, if it would be another one, and serves those who wait for what it brings. */
    private void publish(Rules rules) {
        Snapshot before = snapshot;
        Roster roster = Roster.of(
                standings.all(), rules.settings(), environment.ticker().getAsLong());
        if (rules == before.rules() && roster.equals(before.roster())) {
            return;
        }
        boolean same = rules.strategy() == before.rules().strategy()
                && roster.candidates().equals(before.roster().candidates());
        snapshot = new Snapshot(rules, roster, same ? before.picker() : picker(rules, roster));
        roster.tellAfter(before.roster(), this, environment.listener());
        admission.serve();
    }

    private static @Nullable Picker picker(Rules rules, Roster roster) {
        return roster.candidates().isEmpty() ? null : rules.strategy().picker(roster.candidates());
    }
}
