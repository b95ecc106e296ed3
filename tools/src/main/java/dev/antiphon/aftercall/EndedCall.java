package dev.antiphon.aftercall;

import dev.antiphon.handover.HandoverNotes;
import dev.antiphon.handover.HandoverPacket.Said;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * All that a task gets to know of a call that is over. Immutable.
 *
 * @param call the session's id
 * @param caller who called, as the front end said
 * @param telephoneCall the provider's id of the telephone call, as the front end said
 * @param dialog the dialog's name
 * @param version of the dialog; empty where there are no versions, or when the call never began
 * @param outcome how it ended, and why
 * @param notes the values, sensitive ones masked, what was done with references, and what was asked last
 * @param effects side effects in the order in which they settled; at most {@value #MOST_ENTRIES}
 * @param handovers people who were asked to take the call over, in order
 * @param tiers on which the call ran, in order
 * @param ended when
 * @param duration from its beginning, in whole milliseconds: a packet that was kept is the same as before
 * @param turns how many the caller took
 * @param cost what is known of it
 * @param transcript what was said, oldest first, the latest {@value #MOST_ENTRIES} turns; empty unless the task has opted in. It holds
 *     whatever was said, sensitive values too
 */
public record EndedCall(
        String call,
        Optional<String> caller,
        Optional<String> telephoneCall,
        String dialog,
        String version,
        Outcome outcome,
        HandoverNotes notes,
        List<Effect> effects,
        List<PersonAsked> handovers,
        List<TierUsed> tiers,
        Instant ended,
        Duration duration,
        int turns,
        CallCost cost,
        List<Said> transcript) {
    /** At most so many effects, and turns of the transcript. */
    public static final int MOST_ENTRIES = 500;

    public EndedCall {
        effects = List.copyOf(effects);
        handovers = List.copyOf(handovers);
        tiers = List.copyOf(tiers);
        transcript = List.copyOf(transcript);
        duration = duration.truncatedTo(ChronoUnit.MILLIS);
    }

    /**
     * A side effect that has settled; what it came to is in {@link HandoverNotes#done}.
     *
     * @param name the effect's
     * @param outcome see {@link dev.antiphon.session.ToolOutcome#name()}
     * @param took from its request, in whole milliseconds
     */
    public record Effect(String name, String outcome, Duration took) {
        public Effect {
            took = took.truncatedTo(ChronoUnit.MILLIS);
        }
    }

    /**
     * A person who was asked to take the call over.
     *
     * @param target as the dialog names them
     * @param result see {@link dev.antiphon.handover.HandoverResult#name()}
     * @param detail a reference, or why not; may be empty
     */
    public record PersonAsked(String target, String result, String detail) {}

    /**
     * A tier on which the call ran.
     *
     * @param name the tier's
     * @param model its model
     */
    public record TierUsed(String name, String model) {}

    /** When it began. */
    public Instant began() {
        return ended.minus(duration);
    }

    /** The flows of which something is known, in the dialog's order. */
    public List<String> flows() {
        return notes.values().stream().map(HandoverNotes.Value::flow).distinct().toList();
    }

    /** Without a word of the conversation. */
    public EndedCall withoutTranscript() {
        return new EndedCall(
                call,
                caller,
                telephoneCall,
                dialog,
                version,
                outcome,
                notes,
                effects,
                handovers,
                tiers,
                ended,
                duration,
                turns,
                cost,
                List.of());
    }

    /** Without what callers said: it may stand in a log. */
    @Override
    public String toString() {
        return "EndedCall[" + call + " " + outcome.name() + "]";
    }
}
