package io.fairlead.admin.program;

import io.fairlead.member.AdminState;
import io.fairlead.member.Member;
import io.fairlead.pool.MemberSettings;
import io.fairlead.pool.Pool;
import io.vertx.core.Future;
import java.time.Instant;
import java.util.Optional;

/**
 * What an operator may change of the running program as a whole. Whatever fails has changed nothing. Control context only; futures
 * complete there.
 */
public interface Control {
    /** What a reload would change now; fails with a {@link Refusal} if it would be refused. */
    Future<Plan> plan();

    /**
     * Reads the configuration file again and applies the difference; fails with a {@link Refusal} if it has an error. If an earlier
     * one was on trial, this settles it: what is in force then counts as confirmed.
     *
     * @param trial on which condition it stays; empty: it stays
     * @param by on whose word, for the log: {@code "SIGHUP"}, {@code "the API, 127.0.0.1"}
     * @return what was changed
     */
    Future<Plan> reload(Optional<Trial> trial, String by);

    /** The configuration on trial stays; fails with an {@link IllegalStateException} that says so if there is none. */
    Future<Void> confirm(String by);

    /** The configuration on trial goes back; fails likewise. */
    Future<Plan> rollBack(String by);

    /** What is on trial, if anything is. */
    Optional<OnTrial> onTrial();

    /**
     * The configuration in force as a file, orders of the operator included, secrets left out: they stand there as in the file
     * if that has a reference to them, else as {@code "***"}.
     */
    String effectiveToml();

    /** Grows with each change of the configuration and with each order: what was read at one revision is true as long as it lasts. */
    long revision();

    /** Orders whether a member is to serve: see {@link AdminState}. */
    void order(Pool pool, Member member, AdminState admin);

    /**
     * Adds a member to a pool, until a file names it or it is removed.
     *
     * @throws IllegalArgumentException if the pool has one of that id
     */
    Member add(Pool pool, MemberSettings member);

    /**
     * Takes a member out of its pool; what it has in work is finished. One of the file stays out until the file says something new
     * of it, or {@link #add} brings it back.
     *
     * @throws IllegalStateException if it is the last one of its pool
     */
    void remove(Pool pool, Member member);

    /**
     * A configuration that goes back by itself.
     *
     * @param until when it does if nobody confirms it
     * @param errorsNow the share of requests that failed since it was taken, 0 to 1
     */
    record OnTrial(Trial trial, Instant until, double errorsNow) {}
}
