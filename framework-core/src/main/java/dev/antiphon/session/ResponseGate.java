package dev.antiphon.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Decides when a response may be asked for. At most one is in flight; whatever asks meanwhile is kept and coalesced.
 * Pure.
 *
 * @param phase what is in flight
 * @param answerWanted whether the model is to answer once it may
 * @param says lines to be said once they may, before the answer
 */
record ResponseGate(Phase phase, boolean answerWanted, List<Conversation.Speech> says) {

    ResponseGate {
        says = List.copyOf(says);
    }

    /** What is in flight. */
    sealed interface Phase {
        /** Nothing. */
        record Idle() implements Phase {}

        /** {@code response.create} was sent for this and not yet acknowledged. */
        record Asked(Ask ask, boolean cancelWanted) implements Phase {}

        /** A response to this is generating. */
        record Active(String responseId, Ask ask, boolean cancelSent) implements Phase {}
    }

    /** What to ask for next. */
    sealed interface Ask {
        /** Whether barge-in may cut it off. */
        boolean interruptible();

        /** The model answers from the conversation. */
        record Answer() implements Ask {
            @Override
            public boolean interruptible() {
                return true;
            }
        }

        /** The model says these words. */
        record Say(String text, boolean verbatim, boolean interruptible) implements Ask {}
    }

    static ResponseGate idle() {
        return new ResponseGate(new Phase.Idle(), false, List.of());
    }

    boolean isIdle() {
        return phase instanceof Phase.Idle;
    }

    boolean hasWishes() {
        return answerWanted || !says.isEmpty();
    }

    boolean hasLines() {
        return !says.isEmpty();
    }

    ResponseGate wantAnswer() {
        return new ResponseGate(phase, true, says);
    }

    ResponseGate wantSay(Conversation.Speech speech) {
        List<Conversation.Speech> next = new ArrayList<>(says);
        next.add(speech);
        return new ResponseGate(phase, answerWanted, next);
    }

    /** Drops lines that were meant for a moment that has passed; the wish for an answer stays. */
    ResponseGate withoutSays() {
        return new ResponseGate(phase, answerWanted, List.of());
    }

    /** There is nothing to answer any more; lines stay. */
    ResponseGate withoutAnswer() {
        return new ResponseGate(phase, false, says);
    }

    /** What would be asked for now, when nothing is in flight. */
    Optional<Ask> next() {
        if (!isIdle()) {
            return Optional.empty();
        }
        if (!says.isEmpty()) {
            String text = String.join(
                    " ", says.stream().map(Conversation.Speech::text).toList());
            boolean verbatim = says.stream().anyMatch(Conversation.Speech::verbatim);
            boolean interruptible = says.stream().allMatch(Conversation.Speech::interruptible);
            return Optional.of(new Ask.Say(text, verbatim, interruptible));
        }
        return answerWanted ? Optional.of(new Ask.Answer()) : Optional.empty();
    }

    /** The ask was sent. */
    ResponseGate asked(Ask ask) {
        return switch (ask) {
            case Ask.Answer answer -> new ResponseGate(new Phase.Asked(answer, false), false, says);
            case Ask.Say say -> new ResponseGate(new Phase.Asked(say, false), answerWanted, List.of());
        };
    }

    /** The server created a response; also one that nobody here asked for. */
    ResponseGate created(String responseId) {
        Ask ask = switch (phase) {
            case Phase.Asked asked -> asked.ask();
            case Phase.Idle ignored -> new Ask.Answer();
            case Phase.Active active -> active.ask();
        };
        return new ResponseGate(new Phase.Active(responseId, ask, false), answerWanted, says);
    }

    /** The response that was asked for is not wanted any more: it is to be cancelled as soon as it exists. */
    ResponseGate unwanted() {
        return phase instanceof Phase.Asked asked
                ? new ResponseGate(new Phase.Asked(asked.ask(), true), answerWanted, says)
                : this;
    }

    /** The id of the active response, when it is known. */
    Optional<String> activeId() {
        return phase instanceof Phase.Active active
                ? Optional.of(active.responseId()).filter(id -> !id.isEmpty())
                : Optional.empty();
    }

    /** Whether the response must be cancelled as soon as it exists. */
    boolean isUnwanted() {
        return phase instanceof Phase.Asked asked && asked.cancelWanted();
    }

    /** The active response is being cancelled. */
    ResponseGate cancelling() {
        return phase instanceof Phase.Active active
                ? new ResponseGate(new Phase.Active(active.responseId(), active.ask(), true), answerWanted, says)
                : this;
    }

    /** The response ended. */
    ResponseGate done() {
        return new ResponseGate(new Phase.Idle(), answerWanted, says);
    }

    /** What is in flight came to nothing: it is wanted again, unless it was to be cancelled. */
    ResponseGate again() {
        return switch (phase) {
            case Phase.Idle ignored -> this;
            case Phase.Asked asked -> asked.cancelWanted() ? done() : done().wanting(asked.ask());
            case Phase.Active active -> active.cancelSent() ? done() : done().wanting(active.ask());
        };
    }

    private ResponseGate wanting(Ask ask) {
        return switch (ask) {
            case Ask.Answer ignored -> wantAnswer();
            case Ask.Say say -> {
                List<Conversation.Speech> next = new ArrayList<>();
                next.add(new Conversation.Speech(say.text(), say.verbatim(), say.interruptible()));
                next.addAll(says);
                yield new ResponseGate(phase, answerWanted, next);
            }
        };
    }

    /**
     * The server refused because another response is active: the wish is kept and granted after that one. The other
     * response's id is unknown until its next event.
     */
    ResponseGate refusedAsBusy() {
        ResponseGate kept = again();
        return new ResponseGate(new Phase.Active("", new Ask.Answer(), false), kept.answerWanted, kept.says);
    }

    boolean interruptible() {
        return switch (phase) {
            case Phase.Idle ignored -> true;
            case Phase.Asked asked -> asked.ask().interruptible();
            case Phase.Active active -> active.ask().interruptible();
        };
    }
}
