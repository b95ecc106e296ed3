package dev.antiphon.flow;

import dev.antiphon.flow.say.Language;

/**
 * Something the agent says.
 *
 * @param text the words
 * @param verbatim whether the model must not reword them
 * @param interruptible whether the caller may cut in
 */
public record Utterance(String text, boolean verbatim, boolean interruptible) implements Saying {
    static final Utterance NOTHING = new Utterance("", false);

    /** Words that the caller may cut in on. */
    public Utterance(String text, boolean verbatim) {
        this(text, verbatim, true);
    }

    /** The same: it has its words. */
    @Override
    public Utterance in(Language language) {
        return this;
    }

    @Override
    public Utterance uninterrupted() {
        return new Utterance(text, verbatim, false);
    }

    /** Words in English from a template; each {@code {}} becomes the spoken form of the next value, one value a gap. */
    public static Utterance of(String template, boolean verbatim, Object... values) {
        return Saying.of(template, verbatim, values).in(Language.ENGLISH);
    }
}
