package dev.antiphon.server.ops;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a PromQL expression reads: metrics with the labels that select them, and the labels by which it groups. No evaluation, and of
 * the grammar only what tells these apart.
 *
 * @param selected labels by metric
 * @param grouped labels of by, without, on, ignoring and group_left
 */
public record PromQuery(Map<String, Set<String>> selected, Set<String> grouped) {
    private static final Pattern TOKEN = Pattern.compile(
            "\\s*(\"[^\"]*\"|\\[[^\\]]*]|[a-zA-Z_:][a-zA-Z0-9_:]*|\\d[\\d.eE]*|=~|!~|==|!=|>=|<=|[-+*/%^(){},=<>])");
    private static final Set<String> GROUPING = Set.of("by", "without", "on", "ignoring", "group_left", "group_right");
    private static final Set<String> BETWEEN = Set.of("and", "or", "unless", "bool", "offset");
    private static final Set<String> FUNCTIONS =
            Set.of("sum", "max", "min", "avg", "count", "rate", "increase", "histogram_quantile", "scalar");

    /** Reads one. */
    public static PromQuery of(String expression) {
        return new Reader(tokens(expression)).read();
    }

    private static List<String> tokens(String expression) {
        List<String> tokens = new ArrayList<>();
        Matcher matcher = TOKEN.matcher(expression.strip());
        int end = 0;
        while (matcher.find()) {
            if (matcher.start() != end) {
                throw new IllegalArgumentException("not understood at " + end + " of " + expression);
            }
            tokens.add(matcher.group(1));
            end = matcher.end();
        }
        if (end != expression.strip().length()) {
            throw new IllegalArgumentException("not understood at " + end + " of " + expression);
        }
        return tokens;
    }

    private static final class Reader {
        private final List<String> tokens;
        private final Map<String, Set<String>> selected = new LinkedHashMap<>();
        private final Set<String> grouped = new LinkedHashSet<>();
        private int at;
        private int open;

        Reader(List<String> tokens) {
            this.tokens = tokens;
        }

        PromQuery read() {
            while (at < tokens.size()) {
                take(tokens.get(at++));
                if (open < 0) {
                    throw new IllegalArgumentException("one ) too many in " + tokens);
                }
            }
            if (open != 0) {
                throw new IllegalArgumentException("a ( is not closed in " + tokens);
            }
            return new PromQuery(selected, grouped);
        }

        private void take(String token) {
            if (token.equals("(")) {
                open++;
            } else if (token.equals(")")) {
                open--;
            } else if (GROUPING.contains(token)) {
                expect("(");
                grouped.addAll(names(")"));
            } else if (Character.isLetter(token.charAt(0)) && !BETWEEN.contains(token)) {
                named(token);
            }
        }

        private void named(String name) {
            String next = at < tokens.size() ? tokens.get(at) : "";
            if (next.equals("(") || GROUPING.contains(next)) {
                if (!FUNCTIONS.contains(name)) {
                    throw new IllegalArgumentException("unknown function " + name);
                }
                return;
            }
            Set<String> labels = selected.computeIfAbsent(name, first -> new LinkedHashSet<>());
            if (next.equals("{")) {
                at++;
                labels.addAll(names("}"));
            }
        }

        /** Names up to the end; operators and their texts between them are passed over. */
        private List<String> names(String end) {
            List<String> names = new ArrayList<>();
            while (!tokens.get(at).equals(end)) {
                String token = tokens.get(at++);
                if (Character.isLetter(token.charAt(0))) {
                    names.add(token);
                }
            }
            at++;
            return names;
        }

        private void expect(String token) {
            if (at >= tokens.size() || !tokens.get(at++).equals(token)) {
                throw new IllegalArgumentException(token + " is missing in " + tokens);
            }
        }
    }
}
