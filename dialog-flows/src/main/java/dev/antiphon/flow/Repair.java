package dev.antiphon.flow;

import java.util.HashMap;
import java.util.Map;

/**
 * What is needed to recover from misunderstandings.
 *
 * @param noMatches turns in a row that were not understood
 * @param rejections values in a row that were not possible, by slot
 * @param asked which question was asked last
 * @param spokenSince whether the agent has spoken since it was asked
 * @param ownSpeech how many things the flow said by itself that the agent has not finished yet
 * @param lastSaid what the agent was last given to say
 * @param handOverNext whether the caller gets a person once the running effect has settled
 * @param missed what the caller must still hear about the finished task, because it was cut off
 */
public record Repair(
        int noMatches,
        Map<String, Integer> rejections,
        String asked,
        boolean spokenSince,
        int ownSpeech,
        String lastSaid,
        boolean handOverNext,
        String missed) {
    static final Repair NONE = new Repair(0, Map.of(), "", true, 0, "", false, "");

    public Repair {
        rejections = Map.copyOf(rejections);
    }

    Repair noMatch() {
        return new Repair(noMatches + 1, rejections, asked, spokenSince, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair understood() {
        return new Repair(0, rejections, asked, spokenSince, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair rejected(String slot) {
        Map<String, Integer> more = new HashMap<>(rejections);
        more.merge(slot, 1, Integer::sum);
        return new Repair(noMatches, more, asked, spokenSince, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair accepted(String slot) {
        Map<String, Integer> fewer = new HashMap<>(rejections);
        fewer.remove(slot);
        return new Repair(noMatches, fewer, asked, spokenSince, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair asking(String question) {
        return new Repair(noMatches, rejections, question, false, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair saying(String words) {
        return new Repair(noMatches, rejections, asked, spokenSince, ownSpeech, words, handOverNext, missed);
    }

    Repair spokeByItself() {
        return new Repair(noMatches, rejections, asked, spokenSince, ownSpeech + 1, lastSaid, handOverNext, missed);
    }

    Repair agentSpoke() {
        return new Repair(noMatches, rejections, asked, true, Math.max(0, ownSpeech - 1), lastSaid, handOverNext, "");
    }

    /** What was asked before has been heard, or is about to be said by the flow itself. */
    Repair callerSpoke() {
        return new Repair(noMatches, rejections, asked, true, ownSpeech, lastSaid, handOverNext, missed);
    }

    Repair callerActed() {
        return new Repair(noMatches, rejections, asked, spokenSince, 0, lastSaid, handOverNext, missed);
    }

    /** The agent's last words were cut off; those about a finished task must be said again. */
    Repair cutOff(boolean done) {
        return new Repair(noMatches, rejections, "", true, 0, lastSaid, handOverNext, done ? lastSaid : missed);
    }

    Repair handOverNext(boolean wanted) {
        return new Repair(noMatches, rejections, asked, spokenSince, ownSpeech, lastSaid, wanted, missed);
    }
}
