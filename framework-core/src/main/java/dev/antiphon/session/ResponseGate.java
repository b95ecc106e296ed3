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
 * @param answerProtected whether that answer may not be interrupted
 * @param understanding what the model is to make of the caller's turn, before that answer
 * @param answerTool the tool that the model must call instead of speaking
 * @param says lines to be said once they may, before all else
 */
record ResponseGate(
        Phase phase,
        boolean answerWanted,
        boolean answerProtected,
        Optional<Ask.Understand> understanding,
        Optional<String> answerTool,
        List<Conversation.Speech> says) {

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

        /**
         * The model answers from the conversation.
         *
         * @param tool the tool that it must call instead of speaking
         */
        record Answer(boolean interruptible, Optional<String> tool) implements Ask {
            static final Answer FREE = new Answer(true, Optional.empty());
        }

        /**
         * The model says in tool calls what the caller wants, and nothing else; only when the conduct is strict.
         *
         * @param attempt 0, or 1 when the model called nothing at first
         * @param called whether it has called something: then it is the answer that is still owed
         */
        record Understand(int attempt, boolean called) implements Ask {
            static final Understand FIRST = new Understand(0, false);

            @Override
            public boolean interruptible() {
                return true;
            }
        }

        /** The model says these words. */
        record Say(String text, boolean verbatim, boolean interruptible) implements Ask {}
    }

    static ResponseGate idle() {
        return new ResponseGate(new Phase.Idle(), false, false, Optional.empty(), Optional.empty(), List.of());
    }

    boolean isIdle() {
        return phase instanceof Phase.Idle;
    }

    boolean hasWishes() {
        return answerWanted || understanding.isPresent() || !says.isEmpty();
    }

    boolean hasLines() {
        return !says.isEmpty();
    }

    /** What the model must call is not due any more: there is something new to answer. */
    ResponseGate wantAnswer() {
        return new ResponseGate(phase, true, answerProtected, understanding, Optional.empty(), says);
    }

    /** The caller has said something that the model is to understand. */
    ResponseGate wantUnderstanding() {
        return understanding.isPresent() ? this : wantUnderstanding(Ask.Understand.FIRST);
    }

    private ResponseGate wantUnderstanding(Ask.Understand wanted) {
        return new ResponseGate(phase, answerWanted, answerProtected, Optional.of(wanted), answerTool, says);
    }

    /** What the model is to answer must be heard whole. */
    ResponseGate wantProtectedAnswer() {
        return new ResponseGate(phase, true, true, understanding, Optional.empty(), says);
    }

    /** The answer that is wanted must be a call of this tool. */
    ResponseGate mustCall(String tool) {
        return new ResponseGate(phase, answerWanted, answerProtected, understanding, Optional.of(tool), says);
    }

    ResponseGate wantSay(Conversation.Speech speech) {
        List<Conversation.Speech> next = new ArrayList<>(says);
        next.add(speech);
        return new ResponseGate(phase, answerWanted, answerProtected, understanding, answerTool, next);
    }

    /** Drops lines that were meant for a moment that has passed; the wish for an answer stays. */
    ResponseGate withoutSays() {
        return new ResponseGate(phase, answerWanted, answerProtected, understanding, answerTool, List.of());
    }

    /** There is nothing to answer any more; lines stay. */
    ResponseGate withoutAnswer() {
        return new ResponseGate(phase, false, false, Optional.empty(), Optional.empty(), says);
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
        if (understanding.isPresent()) {
            return understanding.map(wanted -> wanted);
        }
        return answerWanted ? Optional.of(new Ask.Answer(!answerProtected, answerTool)) : Optional.empty();
    }

    /** The ask was sent. */
    ResponseGate asked(Ask ask) {
        return switch (ask) {
            case Ask.Answer answer ->
                new ResponseGate(new Phase.Asked(answer, false), false, false, understanding, Optional.empty(), says);
            case Ask.Understand turn ->
                new ResponseGate(
                        new Phase.Asked(turn, false),
                        answerWanted,
                        answerProtected,
                        Optional.empty(),
                        answerTool,
                        says);
            case Ask.Say say ->
                new ResponseGate(
                        new Phase.Asked(say, false),
                        answerWanted,
                        answerProtected,
                        understanding,
                        answerTool,
                        List.of());
        };
    }

    /** The server created a response; also one that nobody here asked for, which counts as {@code unasked}. */
    ResponseGate created(String responseId, Ask unasked) {
        Ask ask = switch (phase) {
            case Phase.Asked asked -> asked.ask();
            case Phase.Idle ignored -> unasked;
            case Phase.Active active -> active.ask();
        };
        return in(new Phase.Active(responseId, ask, false));
    }

    private ResponseGate in(Phase next) {
        return new ResponseGate(next, answerWanted, answerProtected, understanding, answerTool, says);
    }

    /** The response in flight has called something. */
    ResponseGate called() {
        return phase instanceof Phase.Active active && active.ask() instanceof Ask.Understand turn
                ? in(new Phase.Active(
                        active.responseId(), new Ask.Understand(turn.attempt(), true), active.cancelSent()))
                : this;
    }

    /** Whether nothing that the response in flight says may be heard. */
    boolean isSilent() {
        return switch (phase) {
            case Phase.Idle ignored -> false;
            case Phase.Asked asked -> asked.ask() instanceof Ask.Understand;
            case Phase.Active active -> active.ask() instanceof Ask.Understand;
        };
    }

    /** Whether a line was asked for that the model has not begun to say. */
    boolean isAboutToSay() {
        return phase instanceof Phase.Asked asked && asked.ask() instanceof Ask.Say;
    }

    /** Whether the response in flight is the model's own answer, and wanted. */
    boolean answers() {
        return phase instanceof Phase.Active active && active.ask() instanceof Ask.Answer && !active.cancelSent();
    }

    /** What was to be understood, when the response in flight has called nothing. */
    Optional<Ask.Understand> missed() {
        return phase instanceof Phase.Active active && active.ask() instanceof Ask.Understand turn && !turn.called()
                ? Optional.of(turn)
                : Optional.empty();
    }

    /** The response that was asked for is not wanted any more: it is to be cancelled as soon as it exists. */
    ResponseGate unwanted() {
        return phase instanceof Phase.Asked asked ? in(new Phase.Asked(asked.ask(), true)) : this;
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
                ? in(new Phase.Active(active.responseId(), active.ask(), true))
                : this;
    }

    /** The response ended. */
    ResponseGate done() {
        return in(new Phase.Idle());
    }

    /** What is in flight came to nothing: it is wanted again, unless it was to be cancelled. */
    ResponseGate again() {
        return switch (phase) {
            case Phase.Idle ignored -> this;
            case Phase.Asked asked -> asked.cancelWanted() ? done() : done().wanting(asked.ask());
            case Phase.Active active -> active.cancelSent() ? done() : done().wanting(active.ask());
        };
    }

    /** This is still to be asked for. */
    ResponseGate wanting(Ask ask) {
        return switch (ask) {
            case Ask.Answer answer ->
                // What is wanted already is newer.
                new ResponseGate(
                        phase,
                        true,
                        answerProtected || !answer.interruptible(),
                        understanding,
                        answerWanted ? answerTool : answer.tool(),
                        says);
            case Ask.Understand turn -> turn.called() ? wantAnswer() : wantUnderstanding(turn);
            case Ask.Say say -> {
                List<Conversation.Speech> next = new ArrayList<>();
                next.add(new Conversation.Speech(say.text(), say.verbatim(), say.interruptible()));
                next.addAll(says);
                yield new ResponseGate(phase, answerWanted, answerProtected, understanding, answerTool, next);
            }
        };
    }

    /**
     * The server refused because another response is active: the wish is kept and granted after that one. The other
     * response's id is unknown until its next event; it counts as {@code unasked}.
     */
    ResponseGate refusedAsBusy(Ask unasked) {
        return again().in(new Phase.Active("", unasked, false));
    }

    boolean interruptible() {
        return switch (phase) {
            case Phase.Idle ignored -> true;
            case Phase.Asked asked -> asked.ask().interruptible();
            case Phase.Active active -> active.ask().interruptible();
        };
    }
}
