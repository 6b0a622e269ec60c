package io.fairlead.proxy;

import io.fairlead.member.Lease;
import io.fairlead.member.Outcome;
import io.fairlead.pool.Pool;
import io.fairlead.pool.RetryCondition;
import io.fairlead.pool.RetrySettings;
import io.vertx.core.http.HttpMethod;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Whether a request that met a failure may be tried again: by the pool's settings, by what the method allows (RFC 9110,
 * section 9.2.2), by what was read of its body, and by the pool's budget.
 *
 * <p>Confined to its exchange.
 */
final class Retries {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

    private final Pool pool;
    private final RetrySettings settings;
    private final Exchange exchange;
    private final Placement placement;

    Retries(Exchange exchange, Pool pool, Placement placement) {
        this.pool = pool;
        this.settings = pool.settings().retry();
        this.exchange = exchange;
        this.placement = placement;
    }

    /** Whether another attempt makes sense after this: the request can be repeated, and there is a member left. */
    boolean makeSenseAfter(RetryCondition happened) {
        if (settings.attempts() == 1 || !settings.isOn(happened)) {
            return false;
        }
        HttpMethod method = exchange.request().method();
        boolean repeatable = happened.equals(RetryCondition.CONNECT_FAILURE)
                || settings.nonIdempotent()
                || IDEMPOTENT.contains(method);
        return repeatable && !exchange.clientSide().isBodyTouched() && placement.isPossible();
    }

    /** Whether one is allowed by their number and the budget; if so it has begun. Failures to connect draw on no budget. */
    boolean begin(RetryCondition happened) {
        return placement.attempts() < settings.attempts()
                && (isFree(happened) || pool.retryBudget().tryAcquire());
    }

    /**
     * A lease for another attempt in place of one that could still be the last: so only if it makes sense, is allowed, and
     * a member has room at once. Else null.
     */
    @Nullable
    Lease another(RetryCondition happened) {
        // The strategy is asked only if there is a budget: its turn would be lost on those who then stay.
        if (!makeSenseAfter(happened)) {
            return null;
        }
        if (placement.attempts() >= settings.attempts()
                || (!isFree(happened) && pool.retryBudget().remaining() == 0)) {
            exchange.account().denied(happened);
            return null;
        }
        Lease lease = placement.tryLease();
        if (lease == null) {
            return null;
        }
        if (!begin(happened)) {
            lease.close(Outcome.ABANDONED, exchange.loop().now()); // another loop was quicker
            exchange.account().denied(happened);
            return null;
        }
        exchange.account().willRetry(happened);
        return lease;
    }

    private static boolean isFree(RetryCondition happened) {
        return happened.equals(RetryCondition.CONNECT_FAILURE);
    }
}
