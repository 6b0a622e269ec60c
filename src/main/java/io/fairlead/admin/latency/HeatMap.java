package io.fairlead.admin.latency;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Arrays;
import java.util.SortedMap;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How many answers of each column fell into each of some two dozen bands of latency. The bands are equally wide on a logarithmic
 * scale and fitted to what was seen, but not narrower than a tenth of their value. Any thread.
 */
final class HeatMap {
    private static final int BANDS = 24;
    private static final double NARROWEST = 1.1;

    private HeatMap() {}

    /** The upper bounds of the bands in milliseconds, and the cells that hold anything: column, band, count. */
    static JsonObject of(SortedMap<Integer, Histogram> columns) {
        long[] bounds = bounds(columns);
        JsonArray cells = new JsonArray();
        columns.forEach((column, histogram) -> {
            long[] counts = new long[bounds.length];
            for (HistogramIterationValue value : histogram.recordedValues()) {
                counts[band(bounds, value.getValueIteratedTo())] += value.getCountAddedInThisIterationStep();
            }
            for (int band = 0; band < counts.length; band++) {
                if (counts[band] > 0) {
                    cells.add(new JsonArray().add(column).add(band).add(counts[band]));
                }
            }
        });
        JsonArray upper = new JsonArray();
        Arrays.stream(bounds).forEach(bound -> upper.add(Percentiles.millis(bound)));
        return new JsonObject().put("bounds_ms", upper).put("cells", cells);
    }

    /** In microseconds; none if there is nothing. */
    private static long[] bounds(SortedMap<Integer, Histogram> columns) {
        if (columns.isEmpty()) {
            return new long[0];
        }
        double low = Math.max(
                1,
                columns.values().stream()
                        .mapToLong(Histogram::getMinValue)
                        .min()
                        .orElse(1));
        long high = columns.values().stream()
                .mapToLong(Histogram::getMaxValue)
                .max()
                .orElse(1);
        double range = Math.max(1, high / low);
        int bands = (int) Math.max(1, Math.min(BANDS, Math.ceil(Math.log(range) / Math.log(NARROWEST))));
        long[] bounds = new long[bands];
        for (int band = 0; band < bands; band++) {
            bounds[band] = (long) Math.ceil(low * Math.pow(range, (band + 1.0) / bands));
        }
        bounds[bands - 1] = high;
        return bounds;
    }

    private static int band(long[] bounds, long micros) {
        int found = Arrays.binarySearch(bounds, micros);
        return Math.min(found < 0 ? -found - 1 : found, bounds.length - 1);
    }
}
