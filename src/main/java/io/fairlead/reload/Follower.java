package io.fairlead.reload;

import io.fairlead.config.Config;
import io.fairlead.network.Window;
import io.vertx.core.Future;

/** Whatever else has to follow the configuration. Control context only. */
@FunctionalInterface
public interface Follower {
    /** Makes ready to go from the first to the second; fails in words, with nothing changed, if that cannot be. */
    Future<Window.Step> follow(Config before, Config after);
}
