package io.fairlead.proxy;

import io.fairlead.pool.Pool;
import io.fairlead.pool.RetrySettings;
import io.fairlead.pool.RetrySettings.Condition;
import io.vertx.core.http.HttpMethod;
import java.util.Set;

/**
 * Whether a request that met a failure may be tried again: by the pool's settings, by what the method allows (RFC 9110,
 * section 9.2.2), and by the pool's budget, of which it holds a part while a retry is under way.
 *
 * <p>Confined to its exchange.
 */
final class Retries {
    private static final Set<HttpMethod> IDEMPOTENT = Set.of(
            HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS, HttpMethod.PUT, HttpMethod.DELETE, HttpMethod.TRACE);

    private final Pool pool;
    private final RetrySettings settings;
    private final HttpMethod method;
    private boolean holdsBudget;

    Retries(Pool pool, HttpMethod method) {
        this.pool = pool;
        this.settings = pool.settings().retry();
        this.method = method;
    }

    /** Whether another attempt makes sense after this failure, as long as no part of the body was read. */
    boolean makeSenseAfter(Failure failure) {
        if (settings.attempts() == 1 || failure.retry().isEmpty()) {
            return false;
        }
        Condition condition = failure.retry().get();
        return settings.on().contains(condition)
                && (condition == Condition.CONNECT_FAILURE || settings.nonIdempotent() || IDEMPOTENT.contains(method));
    }

    /** Whether one is allowed after so many; if so it has begun. Failures to connect draw on no budget. */
    boolean begin(Failure failure, int attempts) {
        if (attempts >= settings.attempts()) {
            return false;
        }
        if (failure.retry().filter(Condition.CONNECT_FAILURE::equals).isPresent()) {
            return true;
        }
        holdsBudget = pool.retryBudget().tryAcquire();
        return holdsBudget;
    }

    /** The retry under way, if there is one, is over. */
    void end() {
        if (holdsBudget) {
            holdsBudget = false;
            pool.retryBudget().release();
        }
    }
}
