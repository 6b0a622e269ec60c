package io.fairlead.balance.strategy.hash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class Hash64Test {
    /** Other values would move all keys, and two releases side by side would not agree. Reckoned apart from this code. */
    @Test
    void isTheSameForEver() {
        assertThat(Hash64.of("")).isEqualTo(0xe220a8397b1dcdafL);
        assertThat(Hash64.of("10.0.0.1:9001")).isEqualTo(0x28f31db762e41aaaL);
    }

    @Test
    void dependsOnTheCharactersAloneNotOnWhereTheyStand() {
        String text = "/items/12345?page=7";
        for (int from = 0; from <= text.length(); from++) {
            for (int to = from; to <= text.length(); to++) {
                assertThat(Hash64.of(text, from, to)).isEqualTo(Hash64.of(text.substring(from, to)));
            }
        }
    }

    @Test
    void textsOfZerosDifferByTheirLengths() {
        long[] hashes = IntStream.range(0, 100)
                .mapToLong(length -> Hash64.of("\0".repeat(length)))
                .toArray();
        assertThat(Arrays.stream(hashes).distinct().count()).isEqualTo(100);
    }

    /**
     * Whichever bit of whichever character changes, each bit of the hash changes half of the time. 30 000 trials: the standard
     * error of a bit's rate is sqrt(0.25 / 30 000) = 0.0029. Six of it, since the worst of 64 bits counts.
     */
    @Test
    void anyBitOfTheTextChangesHalfOfTheHash() {
        Random random = new Random(1);
        int trials = 30_000;
        int[] changed = new int[64];
        for (int trial = 0; trial < trials; trial++) {
            char[] text = new char[1 + random.nextInt(24)];
            for (int i = 0; i < text.length; i++) {
                text[i] = (char) (' ' + random.nextInt(95));
            }
            long before = Hash64.of(new String(text));
            text[random.nextInt(text.length)] ^= (char) (1 << random.nextInt(7));
            long difference = before ^ Hash64.of(new String(text));
            for (int bit = 0; bit < 64; bit++) {
                changed[bit] += (int) (difference >>> bit & 1);
            }
        }
        for (int bit = 0; bit < 64; bit++) {
            assertThat(changed[bit] / (double) trials).as("bit %s", bit).isCloseTo(0.5, within(6 * 0.0029));
        }
    }

    static Stream<Named<IntFunction<String>>> sequences() {
        return Stream.of(
                Named.of("addresses", i -> "10." + (i >> 16) + "." + (i >> 8 & 255) + "." + (i & 255)),
                Named.of("subnets", i -> (i & 255) + "." + (i >> 8 & 255) + "." + (i >> 16) + ".1"),
                Named.of("paths", i -> "/items/" + i),
                Named.of("a long prefix", i -> "/api/v2/customers/4711/orders/" + i + "/positions"),
                Named.of("fixed width", i -> String.valueOf(100_000_000 + i)),
                Named.of("one letter repeated", i -> "a".repeat(i % 500) + i / 500),
                Named.of("not Latin", i -> "/straße/東京/" + i));
    }

    /**
     * Keys in sequence fill 1 024 equal parts as evenly as chance would: the sum of squares, chi-square of 1 023 degrees, has
     * the mean 1 023 and the standard deviation sqrt(2 x 1 023) = 45; five of it, both ways.
     */
    @ParameterizedTest
    @MethodSource("sequences")
    void keysInSequenceAreSpreadAsByChance(IntFunction<String> key) {
        int keys = 100_000;
        long[] hashes =
                IntStream.range(0, keys).mapToLong(i -> Hash64.of(key.apply(i))).toArray();
        for (int shift : new int[] {54, 48, 27, 0}) {
            int[] counts = new int[1024];
            for (long hash : hashes) {
                counts[(int) (hash >>> shift) & 1023]++;
            }
            double mean = keys / 1024.0;
            double chi = Arrays.stream(counts)
                    .mapToDouble(count -> (count - mean) * (count - mean) / mean)
                    .sum();
            assertThat(chi).as("bits from %s", shift).isCloseTo(1023, within(5 * 45.3));
        }
    }

    /** By chance there are two of 400 000 that are equal in one of 2^64 / (400 000^2 / 2) = 200 million cases. */
    @ParameterizedTest
    @MethodSource("sequences")
    void noTwoKeysHaveTheSameHash(IntFunction<String> key) {
        long[] hashes = IntStream.range(0, 400_000)
                .mapToLong(i -> Hash64.of(key.apply(i)))
                .sorted()
                .toArray();
        assertThat(IntStream.range(1, hashes.length).filter(i -> hashes[i] == hashes[i - 1]))
                .isEmpty();
    }
}
