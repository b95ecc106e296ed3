package dev.antiphon.flow;

import dev.antiphon.flow.FlowState.Phase;
import dev.antiphon.flow.FlowState.Purpose;
import java.util.Locale;
import java.util.Optional;

/** What the author does instead of the usual repair. */
final class Overriding {
    private Overriding() {}

    /** Does it the author's way; false when the usual way is right. While an effect runs and after the goal it always is. */
    static boolean handles(Turn turn, RepairPattern pattern) {
        Optional<RepairResponse> own = Optional.ofNullable(turn.flow.repairs().get(pattern))
                .filter(response -> turn.state.phase() == Phase.COLLECTING);
        own.ifPresent(response -> respond(turn, pattern, response));
        return own.isPresent();
    }

    /** Asks the caller first, where the author wants that. */
    static boolean asksFirst(Turn turn, RepairPattern pattern) {
        Optional<RepairResponse> first =
                Optional.ofNullable(turn.flow.repairs().get(pattern)).filter(RepairResponse.AskFirst.class::isInstance);
        first.ifPresent(response -> respond(turn, pattern, response));
        return first.isPresent();
    }

    private static void respond(Turn turn, RepairPattern pattern, RepairResponse response) {
        switch (response) {
            case RepairResponse.Answer answer -> {
                turn.say(answer.words());
                Questions.resume(turn);
            }
            case RepairResponse.AskFirst first -> {
                Confirming.open(turn, purpose(pattern), first.question());
                Questions.ask(turn, Questions.Wording.FULL);
            }
            case StuckAction.HandOver handOver ->
                Repairing.handOver(turn, handOver.target(), "the caller's " + word(pattern));
            case StuckAction.HangUp hangUp -> Repairing.hangUp(turn, hangUp.words(), "the caller's " + word(pattern));
        }
    }

    private static Purpose purpose(RepairPattern pattern) {
        return switch (pattern) {
            case PERSON -> Purpose.PERSON;
            case GOODBYE -> Purpose.LEAVE;
            case CANCEL, REPEAT, SLOWER, SKIP, CHIT_CHAT, OUT_OF_SCOPE -> Purpose.CANCEL;
        };
    }

    private static String word(RepairPattern pattern) {
        return pattern.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
