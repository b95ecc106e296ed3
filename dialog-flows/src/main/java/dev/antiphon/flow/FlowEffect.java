package dev.antiphon.flow;

import dev.antiphon.session.Conversation.EffectPolicy;
import dev.antiphon.session.Conversation.Speech;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.Callable;

/** What the machine wants done. */
public sealed interface FlowEffect {

    /** Answers one dialogue act. */
    record Answer(String callId, Reply reply) implements FlowEffect {}

    /** Says something without a caller turn before it. */
    record Say(Speech speech) implements FlowEffect {}

    /** Does the author's work. {@code revision} is that of the slot values it was confirmed with. */
    record Run(String effectId, String name, int revision, EffectPolicy policy, Callable<?> work)
            implements FlowEffect {}

    /** Evidence of struggle. */
    record Report(Struggle struggle) implements FlowEffect {}

    /** A rule of the flow asks for the next tier. */
    record Escalate(String reason) implements FlowEffect {}

    /** The dialog is over. */
    record End(Outcome outcome) implements FlowEffect {}

    /** The author's code threw; the dialog went on without it. */
    record Fault(String where, Throwable cause) implements FlowEffect {}

    /**
     * An answer.
     *
     * @param say what the agent says next; may be empty when another answer of the same turn says it
     * @param verbatim whether word for word
     * @param interruptible whether the caller may cut in
     * @param options what the caller can choose from, in order
     * @param confirmRevision what a yes must carry
     * @param end whether the call ends after this
     * @param error what was wrong with the call, for the model
     * @param entries what the model must choose from before anything is said, by number; empty: nothing
     */
    record Reply(
            String say,
            boolean verbatim,
            boolean interruptible,
            List<String> options,
            OptionalInt confirmRevision,
            boolean end,
            Optional<String> error,
            Map<Integer, String> entries) {
        public Reply {
            options = List.copyOf(options);
            entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        }

        /** The same without these words at its end. */
        Reply without(String question) {
            return say.endsWith(question)
                    ? new Reply(
                            say.substring(0, say.length() - question.length()).strip(),
                            verbatim,
                            interruptible,
                            options,
                            confirmRevision,
                            end,
                            error,
                            entries)
                    : this;
        }

        /** One answer for both, in which this is said first. */
        Reply before(Reply next) {
            return new Reply(
                    (say + " " + next.say).strip(),
                    verbatim || next.verbatim,
                    interruptible && next.interruptible,
                    next.options,
                    next.confirmRevision,
                    end || next.end,
                    error.or(next::error),
                    next.entries);
        }

        /** What is said when another answer of the turn has said it all. */
        static Reply nothing(OptionalInt confirmRevision, boolean end) {
            return new Reply("", false, true, List.of(), confirmRevision, end, Optional.empty(), Map.of());
        }
    }
}
