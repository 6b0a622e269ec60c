package io.fairlead.admin.metrics;

import io.prometheus.metrics.expositionformats.ExpositionFormatWriter;
import io.prometheus.metrics.expositionformats.OpenMetricsTextFormatWriter;
import io.prometheus.metrics.expositionformats.PrometheusTextFormatWriter;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** A text that metrics are told in. */
enum Exposition {
    /** The Prometheus text format, version 0.0.4. */
    PROMETHEUS("text/plain", PrometheusTextFormatWriter.create()),
    /** OpenMetrics, version 1.0.0. */
    OPEN_METRICS("application/openmetrics-text", OpenMetricsTextFormatWriter.create());

    private static final int USUAL_LENGTH = 64 * 1024;

    private final String mediaType;
    private final ExpositionFormatWriter writer;

    Exposition(String mediaType, ExpositionFormatWriter writer) {
        this.mediaType = mediaType;
        this.writer = writer;
    }

    /** Its media type, without parameters. */
    String mediaType() {
        return mediaType;
    }

    /** Its media type with version and character set. */
    String contentType() {
        return writer.getContentType();
    }

    /** The text of these metrics. Any thread. */
    Buffer write(MetricSnapshots metrics) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(USUAL_LENGTH);
        try {
            writer.write(bytes, metrics);
        } catch (IOException e) {
            throw new UncheckedIOException(e); // memory knows no errors
        }
        return Buffer.buffer(bytes.toByteArray());
    }
}
