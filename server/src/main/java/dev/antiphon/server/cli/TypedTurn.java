package dev.antiphon.server.cli;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.tier.Struggle;
import java.util.List;
import java.util.Optional;

/**
 * What one turn of a {@link TypedCall} led to.
 *
 * @param caller what the caller did, in words
 * @param said what the agent said, one after the other
 * @param calls the tools that the model called, in order
 * @param effects the work that ran, in order
 * @param struggles the evidence of struggle
 * @param escalations why the flow asked for the next tier
 * @param view where the dialog stands afterwards
 * @param outcome how the call ended, if it did
 */
record TypedTurn(
        String caller,
        List<String> said,
        List<Call> calls,
        List<Effect> effects,
        List<Struggle> struggles,
        List<String> escalations,
        Conversation.View view,
        Optional<Outcome> outcome) {
    TypedTurn {
        said = List.copyOf(said);
        calls = List.copyOf(calls);
        effects = List.copyOf(effects);
        struggles = List.copyOf(struggles);
        escalations = List.copyOf(escalations);
    }

    /** A call of a tool: sensitive values are masked in arguments and answer; the answer is empty when none came. */
    record Call(String tool, String argumentsJson, String answerJson) {}

    /** Work that ran, and the bounded name of what became of it; {@code detail} says more, or is empty. */
    record Effect(String name, String outcome, String detail) {}
}
