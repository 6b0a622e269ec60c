package io.fairlead.proxy;

import java.util.HexFormat;
import java.util.random.RandomGenerator;

/** Makes request ids: 128 random bits as 32 hexadecimal digits. Confined to its event loop. */
final class RequestIds {
    private final RandomGenerator random;

    RequestIds(RandomGenerator random) {
        this.random = random;
    }

    String next() {
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
