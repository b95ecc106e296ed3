package dev.antiphon.session;

import dev.antiphon.realtime.ToolChoice;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A conversation without a flow: a prompt, and whatever tools the {@link ToolInvoker} offers. The call is completed when the
 * caller hangs up, and abandoned when the caller falls silent.
 *
 * @param name as meters and journals show it
 * @param instructions the prompt
 * @param greeting said first; empty to wait for the caller
 */
public record PromptConversation(String name, String instructions, Optional<String> greeting) implements Conversation {

    @Override
    public Opening opening() {
        return new Opening(instructions, List.of(), ToolChoice.AUTO);
    }

    @Override
    public List<Directive> on(Event event) {
        return switch (event) {
            case Event.CallStarted ignored ->
                greeting.<List<Directive>>map(text -> List.of(new Directive.Say(Speech.say(text))))
                        .orElse(List.of());
            case Event.CallerHungUp hungUp -> List.of(new Directive.End(new Outcome.Completed(name, hungUp.reason())));
            case Event.CallerSilent ignored -> List.of(new Directive.Say(Speech.say("Are you still there?")));
            case Event.ToolCalled ignored -> List.of();
            case Event.CallsComplete ignored -> List.of();
            case Event.EffectSettled ignored -> List.of();
            case Event.AgentSpoke ignored -> List.of();
            case Event.AgentCutOff ignored -> List.of();
            case Event.CallerSpoke ignored -> List.of();
            case Event.EffectSlow ignored -> List.of();
            case Event.HandoverAsked ignored -> List.of();
            case Event.HandoverSettled ignored -> List.of();
            case Event.PersonNeeded ignored -> List.of();
        };
    }

    @Override
    public Optional<String> seed() {
        return Optional.empty();
    }

    @Override
    public View view() {
        return new View("conversation", Map.of(), Optional.empty());
    }
}
