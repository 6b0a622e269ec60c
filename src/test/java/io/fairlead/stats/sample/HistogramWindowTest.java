package io.fairlead.stats.sample;

import static org.assertj.core.api.Assertions.assertThat;

import io.fairlead.stats.Histograms;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class HistogramWindowTest {
    @Test
    void alwaysEqualsTheSumOfTheIntervalsThatAreInIt() {
        Random random = new Random(1);
        HistogramWindow window = new HistogramWindow();
        List<Histogram> all = new ArrayList<>();
        for (int second = 0; second < 500; second++) {
            Histogram interval = random(random);
            all.add(interval);
            Span span = new Span(second, second + 1, Math.max(0, second - 6));

            window.add(span, interval.copy());

            Histogram expected = histogram();
            all.subList((int) span.windowFrom(), all.size()).forEach(expected::add);
            Histogram actual = histogram();
            window.addTo(actual);
            assertThat(actual).isEqualTo(expected);
            assertThat(window.latency(span)).isEqualTo(HistogramWindow.latency(span.windowSeconds(), expected));
        }
    }

    /** Nothing, a little, or values of very different sizes, so that the greatest and the least come and go. */
    private static Histogram random(Random random) {
        Histogram histogram = histogram();
        int count = random.nextInt(4) == 0 ? 0 : random.nextInt(20);
        for (int i = 0; i < count; i++) {
            histogram.recordValue(1 + (long) Math.exp(random.nextDouble() * 22));
        }
        return histogram;
    }

    private static Histogram histogram() {
        return Histograms.empty();
    }
}
