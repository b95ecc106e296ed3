package dev.antiphon.handover;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * All that a person who takes over gets to know of a call, so that the caller need not say it again.
 *
 * @param key of this request: the same request never has two, a further request of the same call has another
 * @param call the session's id
 * @param caller who calls, as the front end says
 * @param telephoneCall the provider's id of the telephone call, as the front end says; what a REFER needs
 * @param dialog the dialog's name
 * @param version of the dialog; empty where there are no versions
 * @param target who is asked to take over, as the dialog names them
 * @param reason why
 * @param notes values, what was done, what is open; already masked for a target that may not see sensitive values
 * @param lastTurns what was said last, oldest first; empty unless the target may see it
 * @param tier the model's
 * @param askedAt when the request began
 * @param answerBy an answer after this is too late
 */
public record HandoverPacket(
        String key,
        String call,
        Optional<String> caller,
        Optional<String> telephoneCall,
        String dialog,
        String version,
        String target,
        String reason,
        HandoverNotes notes,
        List<Said> lastTurns,
        String tier,
        Instant askedAt,
        Instant answerBy) {
    /** At most so many turns are told. */
    public static final int MOST_TURNS = 12;

    public HandoverPacket {
        lastTurns = List.copyOf(lastTurns);
        if (lastTurns.size() > MOST_TURNS) {
            throw new IllegalArgumentException(
                    "lastTurns must have at most " + MOST_TURNS + " entries, but has " + lastTurns.size());
        }
    }

    /** What somebody said. */
    public record Said(boolean byCaller, String words) {}

    /** Without what callers said: it may stand in a log. */
    @Override
    public String toString() {
        return "HandoverPacket[" + key + " to " + target + "]";
    }
}
