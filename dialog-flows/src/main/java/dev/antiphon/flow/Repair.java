package dev.antiphon.flow;

import java.util.HashMap;
import java.util.Locale;
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
 * @param completion what the caller is told of the finished task
 * @param missed whether that was cut off, or said in other words although it is verbatim, so that it must be said again
 * @param told whether it is settled that the agent has said it, or can do no better
 * @param corrections how often a correction of a false claim may still be given; 0 when the caller has heard it
 */
public record Repair(
        int noMatches,
        Map<String, Integer> rejections,
        String asked,
        boolean spokenSince,
        int ownSpeech,
        Utterance lastSaid,
        boolean handOverNext,
        Utterance completion,
        boolean missed,
        boolean told,
        int corrections) {
    /** What a correction begins with. */
    static final String CORRECTION = "Sorry, to be clear: ";

    /** An agent that will not say it after this often never will. */
    private static final int MOST_CORRECTIONS = 3;

    static final Repair NONE =
            new Repair(0, Map.of(), "", true, 0, Utterance.NOTHING, false, Utterance.NOTHING, false, false, 0);

    public Repair {
        rejections = Map.copyOf(rejections);
    }

    private Repair counting(int unmatched, Map<String, Integer> refused) {
        return new Repair(
                unmatched,
                refused,
                asked,
                spokenSince,
                ownSpeech,
                lastSaid,
                handOverNext,
                completion,
                missed,
                told,
                corrections);
    }

    private Repair speaking(String question, boolean spoken, int own) {
        return new Repair(
                noMatches,
                rejections,
                question,
                spoken,
                own,
                lastSaid,
                handOverNext,
                completion,
                missed,
                told,
                corrections);
    }

    private Repair telling(Utterance last, Utterance done, boolean again, boolean settled) {
        return new Repair(
                noMatches,
                rejections,
                asked,
                spokenSince,
                ownSpeech,
                last,
                handOverNext,
                done,
                again,
                settled,
                corrections);
    }

    Repair noMatch() {
        return counting(noMatches + 1, rejections);
    }

    Repair understood() {
        return counting(0, rejections);
    }

    Repair rejected(String slot) {
        Map<String, Integer> more = new HashMap<>(rejections);
        more.merge(slot, 1, Integer::sum);
        return counting(noMatches, more);
    }

    Repair accepted(String slot) {
        Map<String, Integer> fewer = new HashMap<>(rejections);
        fewer.remove(slot);
        return counting(noMatches, fewer);
    }

    Repair asking(String question) {
        return speaking(question, false, ownSpeech);
    }

    Repair spokeByItself() {
        return speaking(asked, spokenSince, ownSpeech + 1);
    }

    Repair agentSpoke() {
        return speaking(asked, true, Math.max(0, ownSpeech - 1));
    }

    /** What was asked before is about to be said by the flow itself. */
    Repair aboutToBeSpoken() {
        return speaking(asked, true, ownSpeech);
    }

    Repair callerActed() {
        return speaking(asked, spokenSince, 0);
    }

    Repair saying(Utterance words) {
        return telling(words, completion, missed, told);
    }

    Repair completing(Utterance words) {
        return telling(lastSaid, words, false, !words.verbatim());
    }

    /** The agent's last words were cut off; those about the finished task must be said again, and a correction. */
    Repair cutOff() {
        boolean news = !completion.text().isEmpty() && lastSaid.text().contains(completion.text());
        Repair unheard = speaking("", true, 0).telling(lastSaid, completion, missed || news, told);
        return correcting() ? unheard.owing(MOST_CORRECTIONS) : unheard;
    }

    /** What was missed is said now; once, whatever the agent makes of it. */
    Repair caughtUp() {
        return telling(lastSaid, completion, false, true);
    }

    /** The agent has spoken: did it tell the news word for word, when it had to? */
    Repair toldNews(String spoken) {
        boolean due = !told && !completion.text().isEmpty() && lastSaid.text().contains(completion.text());
        if (!due) {
            return this;
        }
        return letters(spoken).contains(letters(completion.text()))
                ? telling(lastSaid, completion, false, true)
                : telling(lastSaid, completion, true, false);
    }

    private Repair owing(int times) {
        return new Repair(
                noMatches,
                rejections,
                asked,
                spokenSince,
                ownSpeech,
                lastSaid,
                handOverNext,
                completion,
                missed,
                told,
                times);
    }

    /**
     * The agent claimed what is not so: whatever it says next begins by putting that right, until the caller heard it. An
     * agent that answers a correction with the next claim is corrected so often and no more.
     */
    Repair claimed() {
        return correctionOwed() ? triedToCorrect() : owing(MOST_CORRECTIONS);
    }

    boolean correctionOwed() {
        return corrections > 0;
    }

    /** Whether the agent was last given a correction to say. */
    boolean correcting() {
        return lastSaid.text().startsWith(CORRECTION);
    }

    /** The agent has spoken: was it the correction? One that it was given and did not say counts as tried. */
    Repair corrected(String spoken) {
        return letters(spoken).contains(letters(CORRECTION)) ? owing(0) : triedToCorrect();
    }

    private Repair triedToCorrect() {
        return correcting() ? owing(Math.max(0, corrections - 1)) : this;
    }

    /** Nothing but letters and digits: two wordings of one sentence are the same then. */
    static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }

    Repair handOverNext(boolean wanted) {
        return new Repair(
                noMatches,
                rejections,
                asked,
                spokenSince,
                ownSpeech,
                lastSaid,
                wanted,
                completion,
                missed,
                told,
                corrections);
    }
}
