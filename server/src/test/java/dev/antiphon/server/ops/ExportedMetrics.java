package dev.antiphon.server.ops;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The metrics of scraped text with the labels that each has. */
public final class ExportedMetrics {
    private static final Pattern SAMPLE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? \\S+(?: .*)?");
    private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"(?:[^\"\\\\]|\\\\.)*\"");

    private final Map<String, Set<String>> labels = new TreeMap<>();

    /** Adds what a scrape has. */
    public ExportedMetrics with(String scraped) {
        scraped.lines().filter(line -> !line.startsWith("#")).forEach(this::sample);
        return this;
    }

    private void sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        if (sample.matches()) {
            Set<String> names = labels.computeIfAbsent(sample.group(1), first -> new LinkedHashSet<>());
            Matcher label = LABEL.matcher(Optional.ofNullable(sample.group(2)).orElse(""));
            while (label.find()) {
                names.add(label.group(1));
            }
        }
    }

    /** The labels of a metric; empty when it is not exported. */
    public Optional<Set<String>> of(String metric) {
        return Optional.ofNullable(labels.get(metric));
    }
}
