package io.fairlead.admin.latency;

import static io.fairlead.admin.document.Figures.rounded;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Reads a histogram of microseconds in milliseconds. Any thread. */
final class Percentiles {
    /** Points of the distribution in each half of what is left up to 100 %. */
    private static final int TICKS_PER_HALF = 5;

    private Percentiles() {}

    static double millis(double micros) {
        return rounded(micros / 1000);
    }

    /** The value that this share of all is not above; milliseconds. */
    static double at(Histogram histogram, double percentile) {
        return millis(histogram.getValueAtPercentile(percentile));
    }

    static double max(Histogram histogram) {
        return millis(histogram.getMaxValue());
    }

    /** A table of all that one number can tell; without anything recorded, each but the count is null. */
    static JsonObject table(Histogram histogram) {
        boolean known = histogram.getTotalCount() > 0;
        return new JsonObject()
                .put("count", histogram.getTotalCount())
                .put("mean", known ? millis(histogram.getMean()) : null)
                .put("p50", known ? at(histogram, 50) : null)
                .put("p90", known ? at(histogram, 90) : null)
                .put("p99", known ? at(histogram, 99) : null)
                .put("p999", known ? at(histogram, 99.9) : null)
                .put("max", known ? max(histogram) : null)
                .put("min", known ? millis(histogram.getMinValue()) : null)
                .put("stddev", known ? millis(histogram.getStdDeviation()) : null);
    }

    /** Points of the curve: percentile from 0 to 100, milliseconds, how many took no longer. */
    static JsonArray distribution(Histogram histogram) {
        JsonArray points = new JsonArray();
        if (histogram.getTotalCount() > 0) {
            for (HistogramIterationValue value : histogram.percentiles(TICKS_PER_HALF)) {
                points.add(new JsonArray()
                        .add(value.getPercentileLevelIteratedTo())
                        .add(millis(value.getValueIteratedTo()))
                        .add(value.getTotalCountToThisValue()));
            }
        }
        return points;
    }
}
