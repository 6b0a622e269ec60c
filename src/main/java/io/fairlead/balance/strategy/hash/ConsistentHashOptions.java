package io.fairlead.balance.strategy.hash;

import io.fairlead.settings.Default;
import io.fairlead.settings.Share;

/**
 * Options of {@code strategy = "consistent-hash"}.
 *
 * @param hashKey what of a request decides where it goes
 * @param hashBalanceFactor how far a member's requests in flight may exceed its share of all in flight: {@code "125%"} is a
 *     quarter more; over it, requests go elsewhere. 0%: as far as they will. It counts from the first request on: of few in
 *     flight, the second of one key at once may be over the bound already, so that it is for pools that are busy
 * @param hashFallback how a request without the key is placed
 */
public record ConsistentHashOptions(
        @Default("client-ip") HashKey hashKey,
        @Default("0%") Share hashBalanceFactor,
        @Default("round-robin") Fallback hashFallback) {

    /** How a request without the key is placed. */
    public enum Fallback {
        /** In turn, by weight. */
        ROUND_ROBIN,
        /** At random, by weight. */
        RANDOM,
        /** Where there is least to do. */
        LEAST_CONNECTIONS,
        /** By the client's address as the key. */
        CLIENT_IP
    }

    public ConsistentHashOptions {
        double factor = hashBalanceFactor.fraction();
        if (factor > 0 && factor <= 1) {
            throw new IllegalArgumentException(
                    "hash_balance_factor: " + hashBalanceFactor + " (expected: 0%, or more than 100%)");
        }
    }
}
