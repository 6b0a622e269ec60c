package io.fairlead;

import io.fairlead.config.Config;
import io.vertx.core.Future;

/** Whatever else has to follow the configuration. Control context only. */
@FunctionalInterface
interface Follower {
    /** Goes by the second from now on, and no longer by the first; fails, still going by the first, if that cannot be. */
    Future<Void> follow(Config before, Config after);
}
