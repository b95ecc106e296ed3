package dev.antiphon.tier;

import java.util.Locale;

/**
 * One piece of evidence that the model of a call struggles.
 *
 * @param signal what was seen
 * @param detail the name of the slot or step concerned, which is shown to those who may not see words; or a tool, or a sentence, which
 *     may hold words; never a slot value
 */
public record Struggle(Signal signal, String detail) {

    /** What can be seen. */
    public enum Signal {
        /** A caller turn that led to nothing the flow could use. */
        NO_MATCH,
        /** The caller stayed silent. */
        NO_INPUT,
        /** The caller corrected a value that the model had filled. */
        CORRECTION,
        /** The agent spoke without moving the dialog on. */
        STALLED,
        /** The same question was asked again. */
        REPEATED_PROMPT,
        /** A tool call had bad arguments or an unknown name. */
        TOOL_ERROR,
        /** The model claimed success for an effect that did not run. */
        UNBACKED_CLAIM,
        /** The caller asked for a person. */
        WANTS_PERSON;

        /** As people write it: {@code no match}. */
        public String words() {
            return name().toLowerCase(Locale.ROOT).replace('_', ' ');
        }
    }
}
