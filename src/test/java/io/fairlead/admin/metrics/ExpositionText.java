package io.fairlead.admin.metrics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A strict reader of the Prometheus text format 0.0.4: it refuses all that the format's description forbids, and what is sound by
 * convention too: families with help and type, in one piece, no sample twice, histograms that add up.
 */
final class ExpositionText {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL =
            Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\\n]|\\\\\\\\|\\\\\"|\\\\n)*)\"(,|$)");

    /** A sample by its name and its labels, which are sorted. */
    record Series(String name, Map<String, String> labels) {}

    private final Map<String, String> types = new LinkedHashMap<>();
    private final Map<String, String> helps = new LinkedHashMap<>();
    private final Map<Series, Double> samples = new LinkedHashMap<>();
    private final Set<String> closed = new HashSet<>();
    private String family = "";

    private ExpositionText() {}

    static ExpositionText parse(String text) {
        ExpositionText parsed = new ExpositionText();
        if (!text.endsWith("\n")) {
            throw new IllegalArgumentException("the last line has no end");
        }
        for (String line : text.substring(0, text.length() - 1).split("\n", -1)) {
            parsed.line(line);
        }
        parsed.types.keySet().forEach(parsed::checkFamily);
        return parsed;
    }

    private void line(String line) {
        if (line.startsWith("# HELP ")) {
            String[] parts = line.split(" ", 4);
            begin(parts[2]);
            helps.put(parts[2], parts[3]);
        } else if (line.startsWith("# TYPE ")) {
            String[] parts = line.split(" ", -1);
            if (!parts[2].equals(family) || parts.length != 4 || types.put(parts[2], parts[3]) != null) {
                throw new IllegalArgumentException("out of place: " + line);
            }
        } else {
            sample(line);
        }
    }

    private void begin(String name) {
        closed.add(family);
        if (closed.contains(name)) {
            throw new IllegalArgumentException(name + ": twice");
        }
        family = name;
    }

    private void sample(String line) {
        Matcher matcher = SAMPLE.matcher(line);
        if (!matcher.matches()) {
            throw new IllegalArgumentException("no sample: " + line);
        }
        String name = matcher.group(1);
        if (!belongs(name)) {
            throw new IllegalArgumentException("not of family " + family + ": " + line);
        }
        Series series = new Series(name, labels(matcher.group(2), line));
        if (samples.put(series, Double.parseDouble(matcher.group(3).replace("+Inf", "Infinity"))) != null) {
            throw new IllegalArgumentException("twice: " + line);
        }
    }

    private boolean belongs(String name) {
        if ("histogram".equals(types.get(family))) {
            return List.of("_bucket", "_sum", "_count").stream().anyMatch(end -> name.equals(family + end));
        }
        return name.equals(family);
    }

    private static Map<String, String> labels(String text, String line) {
        Map<String, String> labels = new TreeMap<>();
        if (text == null) {
            return labels;
        }
        Matcher matcher = LABEL.matcher(text);
        int end = 0;
        while (end < text.length()) {
            if (!matcher.find() || matcher.start() != end) {
                throw new IllegalArgumentException("labels: " + line);
            }
            if (labels.put(matcher.group(1), plain(matcher.group(2))) != null) {
                throw new IllegalArgumentException("a label twice: " + line);
            }
            end = matcher.end();
        }
        return labels;
    }

    private static String plain(String escaped) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < escaped.length(); i++) {
            char c = escaped.charAt(i);
            if (c == '\\') {
                i++;
                plain.append(escaped.charAt(i) == 'n' ? '\n' : escaped.charAt(i));
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private void checkFamily(String name) {
        if (helps.getOrDefault(name, "").isBlank()) {
            throw new IllegalArgumentException(name + ": no help");
        }
        switch (types.getOrDefault(name, "")) {
            case "counter" -> checkCounter(name);
            case "histogram" -> histograms(name).forEach((labels, buckets) -> checkHistogram(name, labels, buckets));
            case "gauge" -> {}
            default -> throw new IllegalArgumentException(name + ": type " + types.get(name));
        }
    }

    private void checkCounter(String name) {
        boolean sound = name.endsWith("_total")
                && samples.entrySet().stream()
                        .filter(sample -> sample.getKey().name().equals(name))
                        .allMatch(sample -> sample.getValue() >= 0);
        if (!sound) {
            throw new IllegalArgumentException(name + ": no counter");
        }
    }

    private Map<Map<String, String>, List<double[]>> histograms(String name) {
        Map<Map<String, String>, List<double[]>> all = new LinkedHashMap<>();
        samples.forEach((series, value) -> {
            if (series.name().equals(name + "_bucket")) {
                Map<String, String> labels = new TreeMap<>(series.labels());
                String le = Objects.requireNonNull(labels.remove("le"));
                all.computeIfAbsent(labels, any -> new ArrayList<>())
                        .add(new double[] {Double.parseDouble(le.replace("+Inf", "Infinity")), value});
            }
        });
        return all;
    }

    private void checkHistogram(String name, Map<String, String> labels, List<double[]> buckets) {
        double[] before = {Double.NEGATIVE_INFINITY, 0};
        for (double[] bucket : buckets) {
            if (bucket[0] <= before[0] || bucket[1] < before[1]) {
                throw new IllegalArgumentException(name + labels + ": not cumulative");
            }
            before = bucket;
        }
        Double count = samples.get(new Series(name + "_count", labels));
        Double sum = samples.get(new Series(name + "_sum", labels));
        if (before[0] != Double.POSITIVE_INFINITY || count == null || sum == null || count != before[1]) {
            throw new IllegalArgumentException(name + labels + ": does not add up");
        }
    }

    /** The value of a sample; labels as name and value in turn. */
    double value(String name, String... labels) {
        Map<String, String> sorted = new TreeMap<>();
        for (int i = 0; i < labels.length; i += 2) {
            sorted.put(labels[i], labels[i + 1]);
        }
        Double value = samples.get(new Series(name, sorted));
        if (value == null) {
            throw new AssertionError("no sample " + name + sorted + " in " + samples.keySet());
        }
        return value;
    }

    /** The families by name, with their types. */
    Map<String, String> types() {
        return types;
    }

    /** All samples. */
    Map<Series, Double> samples() {
        return samples;
    }
}
