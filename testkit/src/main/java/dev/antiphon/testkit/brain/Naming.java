package dev.antiphon.testkit.brain;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A place where a caller names the property whose value follows: "my new code is …".
 *
 * @param property what is named
 * @param start the first character of its name, 0-based
 * @param end the first character after the name and the words that only lead to the value
 */
record Naming(Property property, int start, int end) {
    private static final String LEADS_TO =
            "(?:(?:\\s+(?:is|was|to|would be|will be|should be|now|it's)\\b|\\s*[:=,])*\\s+|$)";

    /** All places in order; where one name is a part of another, the longer one is meant. */
    static List<Naming> in(Words words, List<Property> properties) {
        List<Naming> all = new ArrayList<>();
        for (Property property : properties) {
            for (String name : property.names()) {
                Matcher matcher = Pattern.compile(
                                "(?<![\\p{L}\\p{N}])(?:(?:my|the|our|meine?|die|der|das)\\s+)?+" + Pattern.quote(name)
                                        + LEADS_TO,
                                Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE)
                        .matcher(words.text());
                while (matcher.find()) {
                    all.add(new Naming(property, matcher.start(), matcher.end()));
                }
            }
        }
        return all.stream()
                .filter(naming -> all.stream().noneMatch(other -> other.covers(naming)))
                .sorted(Comparator.comparingInt(Naming::start))
                .toList();
    }

    private boolean covers(Naming other) {
        return start <= other.start && end >= other.end && end - start > other.end - other.start;
    }
}
