package dev.antiphon.flow;

import dev.antiphon.flow.EffectProgress.Running;
import dev.antiphon.flow.say.Phrase;
import dev.antiphon.session.Conversation.Speech;
import java.util.Optional;

/** What is said while something takes long, twice a run at most. */
final class Filler {
    private static final int MOST_FILLERS = 2;

    private Filler() {}

    /** This takes long. */
    static void say(Turn turn, String effectId) {
        Optional<Running> running = EffectRunning.running(turn, effectId);
        int fillers = running.map(Running::fillers).orElse(MOST_FILLERS);
        if (fillers < MOST_FILLERS) {
            turn.state = turn.state.with(turn.state.effects().fillerSaid());
            Optional<String> said = fillers == 0 ? first(turn) : Optional.of(turn.text(Phrase.PROGRESS));
            said.ifPresent(words -> {
                turn.state = turn.state.with(turn.state.repair().spokeByItself());
                turn.effect(new FlowEffect.Say(Speech.say(words)));
            });
        }
    }

    private static Optional<String> first(Turn turn) {
        if (turn.state.effects().running().filter(Running::verifies).isPresent()) {
            return Optional.of(turn.text(Phrase.CHECKING));
        }
        Task<?> task = turn.task();
        int present = turn.state.effects().finishedOfTask();
        if (task.search().isPresent()) {
            return Optional.of(turn.text(Phrase.FILLER_OF_SEARCH));
        }
        return present < task.effects().size()
                ? Optional.of(task.effects().get(present).filler().orElseGet(() -> turn.text(Phrase.FILLER)))
                : Optional.empty();
    }
}
