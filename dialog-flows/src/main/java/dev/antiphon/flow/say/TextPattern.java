package dev.antiphon.flow.say;

import com.ibm.icu.text.MessageFormat;
import com.ibm.icu.text.MessagePattern;
import com.ibm.icu.text.MessagePattern.ArgType;
import com.ibm.icu.text.MessagePattern.Part;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * An ICU MessageFormat pattern with named arguments, taken apart once. Most patterns only have gaps ({@code {date}}), which are
 * filled without ICU; the others (plurals, dates with a form of their own) share one formatter under a lock. Names with an article
 * have two more forms, {@code {label, accusative}} and {@code {label, bare}}, see {@link NounForm}. Thread-safe.
 */
public final class TextPattern {
    private final String pattern;
    private final String icuPattern;
    private final Locale locale;
    private final Optional<String> problem;
    private final Set<String> arguments;
    private final Set<String> formatted;
    private final List<Piece> pieces;
    private volatile Optional<MessageFormat> formatter = Optional.empty();

    /** Words, or the name of a gap and the form of what stands in it. */
    private record Piece(String text, boolean gap, NounForm form) {
        private static Piece words(String text) {
            return new Piece(text, false, NounForm.AS_GIVEN);
        }
    }

    /** The pattern; one that is broken stands for itself and has a {@link #problem}. */
    public TextPattern(String pattern, Locale locale) {
        this.pattern = pattern;
        this.icuPattern = NounForm.asArguments(pattern);
        this.locale = locale;
        Set<String> names = new TreeSet<>();
        Set<String> forms = new TreeSet<>();
        List<Piece> all = new ArrayList<>();
        Optional<String> wrong;
        try {
            wrong = read(new MessagePattern(pattern), names, forms, all);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            wrong = Optional.of(malformed());
        }
        this.problem = wrong;
        this.arguments = Collections.unmodifiableSet(names);
        this.formatted = wrong.isEmpty() ? Collections.unmodifiableSet(forms) : Set.of();
        this.pieces = wrong.isEmpty() ? List.copyOf(all) : List.of(Piece.words(pattern));
    }

    private static Optional<String> read(
            MessagePattern read, Set<String> names, Set<String> forms, List<Piece> pieces) {
        int depth = 0;
        int from = 0;
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < read.countParts(); i++) {
            Part part = read.getPart(i);
            if (depth == 0) {
                words.append(read.getPatternString(), from, part.getIndex());
            }
            from = part.getLimit();
            switch (part.getType()) {
                case ARG_START -> {
                    Part name = read.getPart(i + 1);
                    if (name.getType() != Part.Type.ARG_NAME) {
                        return Optional.of("must name its arguments, but is '" + read.getPatternString() + "'");
                    }
                    NounForm form = form(read, i, part.getArgType());
                    names.add(read.getSubstring(name));
                    if (part.getArgType() != ArgType.NONE && form == NounForm.AS_GIVEN) {
                        forms.add(read.getSubstring(name));
                    }
                    if (depth == 0) {
                        pieces.add(Piece.words(words.toString()));
                        pieces.add(new Piece(read.getSubstring(name), true, form));
                        words.setLength(0);
                    }
                    depth++;
                }
                case ARG_LIMIT -> depth--;
                default -> {} // the text between the parts is what counts
            }
        }
        pieces.add(Piece.words(words.toString()));
        pieces.removeIf(piece -> piece.text().isEmpty());
        return Optional.empty();
    }

    private static NounForm form(MessagePattern read, int start, ArgType type) {
        return type == ArgType.SIMPLE ? NounForm.named(read.getSubstring(read.getPart(start + 2))) : NounForm.AS_GIVEN;
    }

    /** As it was written. */
    public String pattern() {
        return pattern;
    }

    private String malformed() {
        return "must be an ICU MessageFormat, but is '" + pattern + "'";
    }

    /** Which rule the pattern breaks, with the pattern. */
    public Optional<String> problem() {
        if (problem.isPresent() || formatted.isEmpty()) {
            return problem;
        }
        try {
            formatter();
            return problem;
        } catch (IllegalArgumentException e) {
            return Optional.of(malformed());
        }
    }

    /** The rule that a pattern may have these arguments, in words. */
    public static String noneBut(Set<String> known) {
        return known.isEmpty() ? "must have no arguments" : "must have no arguments but " + named(known);
    }

    /** Arguments as they stand in a pattern: {@code {goal}, {name}}. */
    public static String named(Set<String> arguments) {
        return arguments.stream().map(name -> "{" + name + "}").collect(Collectors.joining(", "));
    }

    /** The names of its arguments. */
    public Set<String> arguments() {
        return arguments;
    }

    /**
     * The words.
     *
     * @param namesAndValues name, value, name, value …
     * @param spoken how the value of a gap without a form of its own sounds
     * @throws IllegalArgumentException when the value of an argument is missing
     */
    public String fill(Object[] namesAndValues, Function<Object, String> spoken) {
        if (formatted.isEmpty()) {
            return gaps(namesAndValues, spoken);
        }
        Map<String, Object> values = new HashMap<>();
        for (String name : arguments) {
            Object value = value(namesAndValues, name);
            if (formatted.contains(name)) {
                values.put(name, value);
            } else {
                String words = spoken.apply(value);
                Stream.of(NounForm.values()).forEach(form -> values.put(form.argument(name), form.of(words, locale)));
            }
        }
        MessageFormat format = formatter();
        synchronized (format) {
            return format.format(values);
        }
    }

    private String gaps(Object[] namesAndValues, Function<Object, String> spoken) {
        if (pieces.size() == 1 && !pieces.getFirst().gap()) {
            return pieces.getFirst().text();
        }
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < pieces.size(); i++) {
            Piece piece = pieces.get(i);
            String said = piece.gap()
                    ? piece.form().of(spoken.apply(value(namesAndValues, piece.text())), locale)
                    : piece.text();
            boolean stopFollows =
                    i + 1 < pieces.size() && pieces.get(i + 1).text().startsWith(".");
            words.append(piece.gap() && stopFollows ? withoutStop(said) : said);
        }
        return words.toString();
    }

    /** Words before a full stop of the sentence that they stand in: without one of their own. */
    public static String withoutStop(String words) {
        int end = words.length();
        while (end > 0 && (words.charAt(end - 1) == '.' || words.charAt(end - 1) == '\u2026')) {
            end--;
        }
        return words.substring(0, end);
    }

    private Object value(Object[] namesAndValues, String name) {
        for (int i = 0; i + 1 < namesAndValues.length; i += 2) {
            if (name.equals(namesAndValues[i])) {
                return namesAndValues[i + 1];
            }
        }
        throw new IllegalArgumentException("the text '" + pattern + "' needs a value for '" + name + "'");
    }

    private MessageFormat formatter() {
        MessageFormat format = formatter.orElseGet(() -> new MessageFormat(icuPattern, locale));
        formatter = Optional.of(format);
        return format;
    }
}
