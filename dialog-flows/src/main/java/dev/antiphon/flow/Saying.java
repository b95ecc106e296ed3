package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;
import dev.antiphon.flow.say.Plainly;
import dev.antiphon.flow.say.TextPattern;
import dev.antiphon.flow.slot.Spoken;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What an author lets the agent say: words, or a template that gets its words when the flow's language is known. Immutable. */
public sealed interface Saying permits Utterance, Saying.Template {

    /** Its words in a language. */
    Utterance in(Language language);

    /** A copy that must be heard whole: what the caller says over it is answered after it. */
    Saying uninterrupted();

    /**
     * A template; each {@code {}} becomes the spoken form of the next value. A value that a slot of the flow holds
     * is spoken as the slot speaks it, where the flow says it: {@code 0 0 4 2} for digits.
     *
     * @throws IllegalArgumentException when there is not one value a gap
     */
    static Saying of(String template, boolean verbatim, Object... values) {
        return new Template(template, verbatim, true, Arrays.asList(values));
    }

    /**
     * Words with gaps.
     *
     * @param template the words, with {@code {}} for each value
     * @param verbatim whether the model must not reword them
     * @param interruptible whether the caller may cut in
     * @param values what stands in the gaps
     */
    record Template(String template, boolean verbatim, boolean interruptible, List<Object> values) implements Saying {
        private static final Pattern GAP = Pattern.compile("\\{}");

        public Template {
            values = List.copyOf(values);
            long gaps = GAP.matcher(template).results().count();
            if (gaps > values.size()) {
                throw new TemplateMismatch("a template needs one value a gap, but '" + template + "' has "
                        + Plainly.count(values.size(), "value"));
            }
            if (gaps < values.size()) {
                throw new TemplateMismatch("a template needs one gap a value, but '" + template + "' has "
                        + Plainly.count(gaps, "gap") + " for " + Plainly.count(values.size(), "value"));
            }
        }

        /** A copy whose values have their words from elsewhere; empty: the language's own. */
        Template worded(Function<Object, Optional<String>> words) {
            List<Object> worded = values.stream()
                    .map(value -> (Object)
                            words.apply(value).<Object>map(each -> each).orElse(value))
                    .toList();
            return new Template(template, verbatim, interruptible, worded);
        }

        @Override
        public Utterance in(Language language) {
            StringBuilder text = new StringBuilder();
            Matcher gap = GAP.matcher(template);
            for (Object value : values) {
                gap.find();
                String words = language.spoken(value);
                boolean stopFollows = template.startsWith(".", gap.end());
                gap.appendReplacement(
                        text, Matcher.quoteReplacement(stopFollows ? TextPattern.withoutStop(words) : words));
            }
            gap.appendTail(text);
            return new Utterance(Spoken.sentence(text.toString()), verbatim, interruptible);
        }

        @Override
        public Saying uninterrupted() {
            return new Template(template, verbatim, false, values);
        }
    }
}
