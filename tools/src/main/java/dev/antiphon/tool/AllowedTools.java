package dev.antiphon.tool;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Which tools of a source a model may have. Immutable.
 *
 * @param patterns names, or patterns in which {@code *} stands for any characters; at least one
 */
public record AllowedTools(List<String> patterns) {
    public AllowedTools {
        patterns = List.copyOf(patterns);
        if (patterns.isEmpty() || patterns.stream().anyMatch(String::isBlank)) {
            throw new IllegalArgumentException(
                    "an allow list needs names or patterns like 'get_*', none of them blank, but was " + patterns);
        }
    }

    /** These names or patterns. */
    public static AllowedTools of(String... patterns) {
        return new AllowedTools(Arrays.asList(patterns));
    }

    /** Whether a tool of this name is allowed. */
    public boolean allows(String name) {
        return patterns.stream().anyMatch(pattern -> matches(pattern, name));
    }

    /**
     * Checks that everything in the list exists.
     *
     * @param source what it is, for the message, for example {@code "the MCP server 'desk'"}
     * @throws UnusableToolSource when a name or pattern fits none of the names there are
     */
    public void check(String source, Collection<String> names) {
        List<String> missing = patterns.stream()
                .filter(pattern -> names.stream().noneMatch(name -> matches(pattern, name)))
                .toList();
        if (!missing.isEmpty()) {
            throw new UnusableToolSource(source + " has no tool named " + quoted(missing) + "; "
                    + SimilarName.to(missing.getFirst(), names)
                            .map(similar -> "did you mean '" + similar + "'? It has ")
                            .orElse("it has ")
                    + (names.isEmpty() ? "none at all" : quoted(new TreeSet<>(names))) + "; correct the allow list");
        }
    }

    private static String quoted(Collection<String> names) {
        return names.stream().map(name -> "'" + name + "'").collect(Collectors.joining(", "));
    }

    private static boolean matches(String pattern, String name) {
        String expression =
                Arrays.stream(pattern.split("\\*", -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
        return Pattern.compile(expression, Pattern.DOTALL).matcher(name).matches();
    }
}
