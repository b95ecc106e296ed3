package dev.antiphon.flow;

import java.util.Map;

/** What a caller's turn means, as far as the machine cares. A model proposes acts through the generated tools. */
public sealed interface DialogueAct {

    /** Values for slots, in any form a slot type reads; also corrections. */
    record Inform(Map<String, String> values) implements DialogueAct {
        public Inform {
            values = Map.copyOf(values);
        }
    }

    /** The caller wants this task of a service. */
    record Start(String task) implements DialogueAct {}

    /**
     * A question about a value of what was offered or done.
     *
     * @param value the name of a slot or of another value of an {@link Item}
     * @param question in the caller's words, for when nothing is known of that; may be empty
     */
    record AskAbout(String value, String question) implements DialogueAct {}

    /** A question. */
    record Request(String question) implements DialogueAct {}

    /**
     * Which of the entries that the last answer listed asks what the caller wants to know.
     *
     * @param entry its number; 0: none of them
     * @param question in the caller's words; may be empty
     */
    record ChooseEntry(int entry, String question) implements DialogueAct {}

    /** Yes to what was read back with this revision. */
    record Affirm(int revision) implements DialogueAct {}

    /** No to what was read back with this revision. */
    record Negate(int revision) implements DialogueAct {}

    /** One of the offered options, counted from 1. */
    record Select(int option) implements DialogueAct {}

    /** Something else than what was offered. */
    record RequestAlternatives() implements DialogueAct {}

    /** Stop it. */
    record Cancel() implements DialogueAct {}

    /** Say that again. */
    record Repeat() implements DialogueAct {}

    /** Say that again, slower. */
    record Slower() implements DialogueAct {}

    /** The caller does not want to answer the open question. */
    record Skip() implements DialogueAct {}

    /** The caller wants a person. */
    record WantPerson() implements DialogueAct {}

    /** The caller's words could not be understood. */
    record Unclear() implements DialogueAct {}

    /** Talk that has nothing to do with the flow. */
    record ChitChat() implements DialogueAct {}

    /** The caller says thank you. */
    record Thanks() implements DialogueAct {}

    /** The caller takes leave. */
    record Goodbye() implements DialogueAct {}

    /**
     * Something else is over, and this is still open: the dialog comes back to it.
     *
     * @param why what leads back to it
     */
    record ComeBack(Reason why) implements DialogueAct {
        /** What leads back. */
        public enum Reason {
            /** The caller would leave, and is reminded of what it was. */
            LEAVING,
            /** The caller wanted it besides, has heard nothing of it yet, and is told that it comes now. */
            WAITED,
            /** It was interrupted: what was asked is asked again. */
            INTERRUPTED
        }
    }

    /**
     * A tool call that makes no sense.
     *
     * @param problem rule and value, for the model
     * @param gaveValues whether it was to give values: they are lost, and what was read back may be out of date
     */
    record Unusable(String problem, boolean gaveValues) implements DialogueAct {}
}
