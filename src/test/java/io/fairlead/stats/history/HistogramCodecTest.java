package io.fairlead.stats.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramCodecTest {
    private static final long HOUR = 3_600_000_000L;

    private final Random random = new Random(11);

    @Test
    void whatComesBackIsWhatWentIn() {
        for (int round = 0; round < 500; round++) {
            Histogram histogram = random(1 + random.nextInt(2_000));
            byte[] bytes = HistogramCodec.encode(histogram);

            Histogram back = new Histogram(2);
            HistogramCodec.addTo(back, bytes, 0, bytes.length);

            assertThat(back).isEqualTo(histogram);
            assertThat(back.getMaxValue()).isEqualTo(histogram.getMaxValue());
            assertThat(back.getMinNonZeroValue()).isEqualTo(histogram.getMinNonZeroValue());
            assertThat(HistogramCodec.count(bytes, 0, bytes.length)).isEqualTo(histogram.getTotalCount());
        }
    }

    @Test
    void countsOfAnySizeComeBack() {
        for (long count = 1; count > 0 && count < 1L << 61; count = count * 3 + 1) {
            Histogram histogram = new Histogram(2);
            histogram.recordValueWithCount(1, count);
            histogram.recordValueWithCount(HOUR, count);
            byte[] bytes = HistogramCodec.encode(histogram);

            Histogram back = new Histogram(2);
            HistogramCodec.addTo(back, bytes, 0, bytes.length);

            assertThat(back).isEqualTo(histogram);
        }
    }

    @Test
    void addingToWhatIsThereIsAdding() {
        Histogram one = random(100);
        Histogram other = random(100);
        Histogram sum = one.copy();
        sum.add(other);

        byte[] bytes = HistogramCodec.encode(other);
        HistogramCodec.addTo(one, bytes, 0, bytes.length);
        assertThat(one).isEqualTo(sum);

        HistogramCodec.subtractFrom(one, bytes);
        sum.subtract(other);
        assertThat(one).isEqualTo(sum);
    }

    @Test
    void nothingIsLongerThanItIsSaidToBe() {
        Histogram full = new Histogram(2);
        for (long value = 0; value <= HOUR; value = full.nextNonEquivalentValue(value)) {
            full.recordValueWithCount(value, 1L << 40);
        }
        assertThat(HistogramCodec.encode(full).length).isLessThan(HistogramCodec.LONGEST);
    }

    @Test
    void aQuietIntervalTakesFewBytes() {
        Histogram few = new Histogram(2);
        for (int i = 0; i < 5; i++) {
            few.recordValue(4_000 + random.nextInt(2_000));
        }
        assertThat(HistogramCodec.encode(few).length).isLessThanOrEqualTo(20);
    }

    private Histogram random(int values) {
        Histogram histogram = new Histogram(2);
        for (int i = 0; i < values; i++) {
            histogram.recordValue(Math.min(HOUR, 1 + (long) Math.exp(random.nextDouble() * 22)));
        }
        return histogram;
    }
}
