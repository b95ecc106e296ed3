package dev.antiphon.flow;

import dev.antiphon.flow.slot.Spoken;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Something the agent says.
 *
 * @param text the words
 * @param verbatim whether the model must not reword them
 * @param interruptible whether the caller may cut in
 */
public record Utterance(String text, boolean verbatim, boolean interruptible) {
    static final Utterance NOTHING = new Utterance("", false);
    private static final Pattern GAP = Pattern.compile("\\{}");

    /** Words that the caller may cut in on. */
    public Utterance(String text, boolean verbatim) {
        this(text, verbatim, true);
    }

    /** A copy that must be heard whole: what the caller says over it is answered after it. */
    public Utterance uninterrupted() {
        return new Utterance(text, verbatim, false);
    }

    /** Words from a template; each {@code {}} becomes the spoken form of the next value, one value a gap. */
    public static Utterance of(String template, boolean verbatim, Object... values) {
        StringBuilder text = new StringBuilder();
        Matcher gap = GAP.matcher(template);
        int used = 0;
        while (gap.find()) {
            if (used == values.length) {
                throw new IllegalArgumentException(
                        "a template needs one value a gap, but '" + template + "' has " + values.length + " values");
            }
            gap.appendReplacement(text, Matcher.quoteReplacement(Spoken.of(values[used++])));
        }
        if (used < values.length) {
            throw new IllegalArgumentException("a template needs one gap a value, but '" + template + "' has " + used
                    + " gaps for " + values.length + " values");
        }
        gap.appendTail(text);
        return new Utterance(Spoken.sentence(text.toString()), verbatim);
    }
}
