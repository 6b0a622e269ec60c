package io.fairlead;

import io.fairlead.config.Config;
import io.vertx.core.Future;

/** Whatever else has to follow the configuration. Control context only. */
@FunctionalInterface
interface Follower {
    /** Makes ready to go from the first to the second; fails in words, with nothing changed, if that cannot be. */
    Future<Window.Step> follow(Config before, Config after);
}
