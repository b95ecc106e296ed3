package dev.antiphon.session;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.Struggle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;

/**
 * The port to the dialog of one call: what the model is told, which tools it is given, and what each of its tool calls
 * leads to. Implemented by {@code dialog-flows}; a plain prompt is {@link PromptConversation}.
 *
 * <p>Confined to one session actor. {@link #on} is a synchronous reducer step: it never blocks, and never throws for
 * anything that a model or caller did.
 */
public interface Conversation {

    /** The flow's name, as meters and journals show it. */
    String name();

    /** The version of the flow that the call began with and keeps to its end; empty where there are no versions. */
    default String version() {
        return "";
    }

    /** What the model gets when a connection opens: what it was given last by {@link Directive.Rebrief}, else the same always. */
    Opening opening();

    /** The names of all its own tools, also of those that the model is not offered now; the same for a whole call. */
    default Set<String> ownTools() {
        return opening().tools().stream().map(FunctionTool::name).collect(Collectors.toUnmodifiableSet());
    }

    /** Takes one event and says what to do, in order. */
    List<Directive> on(Event event);

    /**
     * What a new model connection must know to go on: values so far, finished effects, the open question. Text, a few
     * hundred words at most; empty before anything happened.
     */
    Optional<String> seed();

    /** How a caller is asked for words that nobody got, for example because a connection took them with it; default: in English. */
    default String sayAgain() {
        return "Sorry, could you say that again?";
    }

    /** Whether the model is offered this tool of the pool, see {@link ToolInvoker#offered()}; the same for a whole call. Default: yes. */
    default boolean offers(String tool) {
        return true;
    }

    /** Whether the model may call this tool of the pool as the dialog stands; default: when it is offered. */
    default boolean mayCall(String tool) {
        return offers(tool);
    }

    /** Whether callers tell it sensitive values, so that their words and its own are not for everybody's eyes; default: no. */
    default boolean takesSensitive() {
        return false;
    }

    /** What it speaks; default: English. */
    default Locale language() {
        return Locale.ENGLISH;
    }

    /** What a caller hears who waits for a tool; default: in English. */
    default WaitingWords waitingWords() {
        return WaitingWords.ENGLISH;
    }

    /** What a caller hears whom nobody takes over, when the dialog itself says nothing; default: in English. */
    default HandoverWords handoverWords() {
        return HandoverWords.ENGLISH;
    }

    /**
     * What a caller hears who is handed over for a reason that is not the dialog's, such as the spend cap of the call; default: in
     * English, without the target.
     */
    default String connecting(String target) {
        return "I'll connect you now.";
    }

    /**
     * What a person gets to know who takes over, and {@link SessionEvent.SessionEnded} tells at the end; sensitive values are marked,
     * and masked by the session. Default: nothing.
     */
    default HandoverNotes notes() {
        return HandoverNotes.NONE;
    }

    /** Where the dialog stands, for consoles and journals. Sensitive values are masked. */
    View view();

    /** The name of the flow that is spoken of, where a dialog has several; default: {@link #name}. */
    default String flow() {
        return name();
    }

    /** When a struggling call gets help, as the author of the flow that is spoken of has declared it; default: as the bot usually does. */
    default Optional<EscalationPolicy> escalation() {
        return Optional.empty();
    }

    /**
     * How many answers of the caller the goal still needs before a final yes: 0 when no more than that yes is awaited, or the goal is
     * reached; empty where nobody knows, for example because nothing is wanted yet. Default: empty.
     */
    default OptionalInt stepsToGoal() {
        return OptionalInt.empty();
    }

    /** Whether the dialog would hand the call over now, see {@link Event.PersonNeeded}; default: no. */
    default boolean mayHandOver() {
        return false;
    }

    /**
     * What a model is told and given.
     *
     * @param instructions the session's instructions
     * @param tools the conversation's own tools; the session adds those of the {@link ToolInvoker}
     * @param toolChoice normally {@link ToolChoice#AUTO}
     */
    record Opening(String instructions, List<FunctionTool> tools, ToolChoice toolChoice) {
        public Opening {
            tools = List.copyOf(tools);
        }
    }

    /**
     * What a caller hears who waits for a tool.
     *
     * @param filler it takes a moment
     * @param progress it takes another one
     * @param tooLong it took too long
     * @param later it is told later
     */
    record WaitingWords(String filler, String progress, String tooLong, String later) {
        /** In English. */
        public static final WaitingWords ENGLISH = new WaitingWords(
                "One moment, please.",
                "I'm still on it.",
                "I'm sorry, that takes too long.",
                "That takes a little longer. I'll tell you as soon as I know.");
    }

    /**
     * What a caller hears whom nobody takes over.
     *
     * @param busy everybody is taken
     * @param noAnswer nobody answers
     * @param notPossible anything else
     * @param later the call ends, and may be tried again
     */
    record HandoverWords(String busy, String noAnswer, String notPossible, String later) {
        /** In English. */
        public static final HandoverWords ENGLISH = new HandoverWords(
                "I'm sorry, nobody is free there at the moment.",
                "I'm sorry, nobody answers there at the moment.",
                "I'm sorry, I can't connect you at the moment.",
                "Please call again later. Goodbye.");

        /** What is said of this result. */
        public String of(HandoverResult result) {
            return switch (result) {
                case HandoverResult.Busy ignored -> busy;
                case HandoverResult.NoAnswer ignored -> noAnswer;
                case HandoverResult.Accepted ignored -> "";
                case HandoverResult.Refused ignored -> notPossible;
                case HandoverResult.Failed ignored -> notPossible;
                case HandoverResult.Withdrawn ignored -> notPossible;
            };
        }
    }

    /** What happened. */
    sealed interface Event {
        /** The call is connected; say hello. */
        record CallStarted() implements Event {}

        /** The model called one of the conversation's own tools; must be answered by exactly one {@link Directive.Answer}, now or later. */
        record ToolCalled(String callId, String name, String argumentsJson) implements Event {}

        /** The response has ended whose calls are not all answered yet: all that it makes of the caller's turn is known. */
        record CallsComplete() implements Event {}

        /**
         * Work started by {@link Directive.Run} has settled. After {@link ToolOutcome.TimedOut} it comes once more, should the
         * work end after all.
         */
        record EffectSettled(String effectId, ToolOutcome outcome) implements Event {}

        /** The model finished a spoken turn. {@code calledTool}: whether any tool was called since the caller's last turn. */
        record AgentSpoke(String text, boolean calledTool) implements Event {}

        /** The caller said something; advisory and possibly late, never a basis for control flow. */
        record CallerSpoke(String text) implements Event {}

        /** Nobody spoke for the silence timeout; {@code count} consecutive times, from 1. */
        record CallerSilent(int count) implements Event {}

        /**
         * The caller cut in, so that the agent's last words were not heard whole.
         *
         * @param heardShare how much of them was heard, 0 to 1
         */
        record AgentCutOff(double heardShare) implements Event {}

        /** The caller is gone; the answer is one {@link Directive.End}, by which the call's outcome is known. */
        record CallerHungUp(String reason) implements Event {}

        /** The dialog has ended as handed over, and a person is asked; the caller waits on the line for {@link HandoverSettled}. */
        record HandoverAsked(String target) implements Event {}

        /**
         * What came of it. Unless it was accepted the dialog is open again: it may go on, end in another way, or name another
         * target; when it says nothing at all, the caller hears {@link #handoverWords} and the call ends as abandoned.
         */
        record HandoverSettled(String target, HandoverResult result) implements Event {}

        /**
         * The call struggles so much that a person should take it: the dialog hands it over, or asks its caller first. Comes only when
         * {@link #mayHandOver}; no directives mean that the dialog goes on as it is.
         *
         * @param reason for the person, and for people who read how the call ended; no words of the caller
         */
        record PersonNeeded(String reason) implements Event {}

        /** The running work of {@link Directive.Run} has taken this long; a chance for filler speech. */
        record EffectSlow(String effectId, Duration elapsed) implements Event {}
    }

    /** What to do. */
    sealed interface Directive {
        /**
         * Answers a tool call; the session then lets the model speak, once for all answers of a turn.
         *
         * @param interruptible whether barge-in may cut off what the model then says
         * @param nextTool the one tool that the model must call now, before it speaks; empty: it may speak. A caller who
         *     says something before it was asked for lifts this.
         */
        record Answer(String callId, String outputJson, boolean interruptible, Optional<String> nextTool)
                implements Directive {
            /** May be interrupted; the model may speak. */
            public Answer(String callId, String outputJson) {
                this(callId, outputJson, true);
            }

            /** The model may speak. */
            public Answer(String callId, String outputJson, boolean interruptible) {
                this(callId, outputJson, interruptible, Optional.empty());
            }
        }

        /** Lets the agent say something now, without a caller turn before it: greeting, silence prompt, filler. */
        record Say(Speech speech) implements Directive {}

        /**
         * Runs a side effect in the tool pool; {@link Event.EffectSettled} follows, see there. It is never cancelled by
         * barge-in.
         *
         * @param idempotencyKey the same key never runs twice successfully in a session
         */
        record Run(String effectId, String name, String idempotencyKey, EffectPolicy policy, Callable<?> work)
                implements Directive {}

        /** Evidence that the model struggles. */
        record Report(Struggle struggle) implements Directive {}

        /**
         * The author's flow asks for more of the model: more effort, or the next tier of the ladder.
         *
         * @param reason for people, without words or values of the caller: journals and stores keep it
         */
        record Escalate(String reason) implements Directive {}

        /**
         * The model gets other instructions and tools from now on. The prompt cache is lost from the first word that differs:
         * all that was said so far is read anew, at the full price.
         */
        record Rebrief(Opening opening) implements Directive {}

        /** The model is told this behind what was said so far, as the system's words; the caller does not hear it. */
        record Note(String text) implements Directive {}

        /**
         * The dialog is over; the call ends with this outcome once what is being said has been heard. {@link Outcome.HandedOver} to
         * a target that a desk takes: once a person has answered, see {@link Event.HandoverSettled}.
         */
        record End(Outcome outcome) implements Directive {}
    }

    /**
     * One thing to say.
     *
     * @param text the words
     * @param verbatim whether the model must not reword them
     * @param interruptible whether barge-in may cut it off, while it is generated and while it is heard
     */
    record Speech(String text, boolean verbatim, boolean interruptible) {
        /** May be reworded and interrupted. */
        public static Speech say(String text) {
            return new Speech(text, false, true);
        }

        /** Spoken word for word; may be interrupted. */
        public static Speech verbatim(String text) {
            return new Speech(text, true, true);
        }
    }

    /**
     * How an effect runs.
     *
     * @param timeout for one attempt; default 8 s
     * @param retries further attempts after a failure that the work marked transient; default 0
     * @param slowAfter when {@link Event.EffectSlow} is sent, and once more after {@link #STILL_SLOW_AFTER}; empty: never
     * @param again whether the work may be done again when nobody knows what became of it; default {@link Again#ONCE}
     */
    record EffectPolicy(Duration timeout, int retries, Optional<Duration> slowAfter, Again again) {
        /** 8 s, no retry, slow after 900 ms, once. */
        public static final EffectPolicy DEFAULT =
                new EffectPolicy(Duration.ofSeconds(8), 0, Optional.of(Duration.ofMillis(900)));

        /** Once. */
        public EffectPolicy(Duration timeout, int retries, Optional<Duration> slowAfter) {
            this(timeout, retries, slowAfter, Again.ONCE);
        }

        /** A copy for work that may, or must not, be done again. */
        public EffectPolicy with(Again other) {
            return new EffectPolicy(timeout, retries, slowAfter, other);
        }

        /** Whether work may be done again of which nobody knows whether it was done, since its process ended in the middle. */
        public enum Again {
            /** It must not. */
            ONCE,
            /** It may: it hands its idempotency key on to a system that refuses what it has done already. */
            BY_KEY,
            /** It may: it only looks. */
            LOOKS
        }

        /** When {@link Event.EffectSlow} is sent for the second time: 5 s after the first. */
        public static final Duration STILL_SLOW_AFTER = Duration.ofSeconds(5);

        public EffectPolicy {
            if (timeout.isNegative() || timeout.isZero()) {
                throw new IllegalArgumentException("effect timeout must be positive, but was " + timeout);
            }
            if (retries < 0) {
                throw new IllegalArgumentException("retries must be 0 or more, but was " + retries);
            }
        }
    }

    /**
     * A look at the dialog.
     *
     * @param step the id of the current step in {@code diagram}
     * @param slots slot name to its spoken form, masked when sensitive; in the flow's order, absent when open
     * @param openQuestion what the caller was last asked
     */
    record View(String step, Map<String, String> slots, Optional<String> openQuestion) {}
}
