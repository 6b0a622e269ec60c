package io.fairlead.config;

import io.fairlead.config.ConfigProblem.Severity;
import io.fairlead.config.Source.Span;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Collects what is wrong with a file while it is read; placed, quoted and sorted at the end, when it is known what to mask. */
final class Problems {
    /**
     * A problem by its offset.
     *
     * @param offset in the text; -1: the file as a whole
     */
    private record Finding(Severity severity, int offset, KeyPath path, String message, Optional<String> suggestion) {}

    private static final int MOST_ERRORS = 1_000;

    private final Source source;
    private final List<Finding> findings = new ArrayList<>();
    // The first error of each line, by line.
    private final Map<Integer, Integer> misspelt = new TreeMap<>();

    Problems(Source source) {
        this.source = source;
    }

    /** An error in the text itself. Only the first of a line is kept: what follows it is often its consequence. */
    void syntax(int offset, KeyPath path, String message) {
        if (misspelt.putIfAbsent(source.line(offset), offset) == null) {
            findings.add(new Finding(Severity.ERROR, offset, path, message, Optional.empty()));
        }
    }

    void error(@Nullable Span at, KeyPath path, String message) {
        error(at, path, message, Optional.empty());
    }

    void error(@Nullable Span at, KeyPath path, String message, Optional<String> suggestion) {
        findings.add(new Finding(Severity.ERROR, at == null ? -1 : at.start(), path, message, suggestion));
    }

    void warning(@Nullable Span at, KeyPath path, String message) {
        findings.add(new Finding(Severity.WARNING, at == null ? -1 : at.start(), path, message, Optional.empty()));
    }

    int count() {
        return findings.size();
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    /** The lines with an error in the text itself. */
    List<Span> misspelt() {
        return misspelt.values().stream().map(source::lineAt).toList();
    }

    /**
     * All of them, by line; of more than a thousand errors, the first thousand and how many more there are.
     *
     * @param secrets stretches of the text that must not be shown
     */
    List<ConfigProblem> placed(List<Span> secrets) {
        Excerpts excerpts = new Excerpts(source, secrets);
        return told().stream().map(finding -> placed(finding, excerpts)).toList();
    }

    private List<Finding> told() {
        List<Finding> told = new ArrayList<>();
        List<Finding> further = new ArrayList<>();
        int errors = 0;
        for (Finding finding : sorted()) {
            boolean isError = finding.severity() == Severity.ERROR;
            errors += isError ? 1 : 0;
            (isError && errors > MOST_ERRORS ? further : told).add(finding);
        }
        if (!further.isEmpty()) {
            String message = "and " + further.size() + " more errors, from here on";
            told.add(new Finding(Severity.ERROR, further.get(0).offset(), KeyPath.ROOT, message, Optional.empty()));
        }
        return told;
    }

    private List<Finding> sorted() {
        return findings.stream()
                .sorted(Comparator.comparingInt(Finding::offset))
                .toList();
    }

    private ConfigProblem placed(Finding finding, Excerpts excerpts) {
        int offset = finding.offset();
        return new ConfigProblem(
                finding.severity(),
                source.name(),
                offset < 0 ? 0 : source.line(offset),
                offset < 0 ? 0 : source.column(offset),
                finding.path().toString(),
                finding.message(),
                finding.suggestion(),
                offset < 0 ? "" : excerpts.at(offset));
    }
}
