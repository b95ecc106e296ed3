package dev.antiphon.flow;

import java.util.Locale;

/**
 * What is needed to recover from misunderstandings.
 *
 * @param stuck how often the caller did not get on
 * @param asked which question was asked last
 * @param spokenSince whether the agent has spoken since it was asked
 * @param ownSpeech how many things the flow said by itself that the agent has not finished yet
 * @param lastSaid what the agent was last given to say
 * @param completion what the caller is told of the finished task
 * @param missed whether that was cut off, or said in other words although it is verbatim, so that it must be said again
 * @param told whether it is settled that the agent has said it, or can do no better
 * @param corrections how often a correction of a false claim may still be given; 0 when the caller has heard it
 */
public record Repair(
        Stuck stuck,
        String asked,
        boolean spokenSince,
        int ownSpeech,
        Utterance lastSaid,
        Utterance completion,
        boolean missed,
        boolean told,
        int corrections) {
    /** An agent that will not say it after this often never will. */
    private static final int MOST_CORRECTIONS = 3;

    static final Repair NONE =
            new Repair(Stuck.NOT, "", true, 0, Utterance.NOTHING, Utterance.NOTHING, false, false, 0);

    Repair with(Stuck counts) {
        return new Repair(counts, asked, spokenSince, ownSpeech, lastSaid, completion, missed, told, corrections);
    }

    private Repair speaking(String question, boolean spoken, int own) {
        return new Repair(stuck, question, spoken, own, lastSaid, completion, missed, told, corrections);
    }

    private Repair telling(Utterance last, Utterance done, boolean again, boolean settled) {
        return new Repair(stuck, asked, spokenSince, ownSpeech, last, done, again, settled, corrections);
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

    /**
     * The agent's last words were cut off; those about the finished task must be said again, and a correction.
     *
     * @param correction what corrections begin with
     */
    Repair cutOff(String correction) {
        boolean news = !completion.text().isEmpty() && lastSaid.text().contains(completion.text());
        Repair unheard = speaking("", true, 0).telling(lastSaid, completion, missed || news, told);
        return correcting(correction) ? unheard.owing(MOST_CORRECTIONS) : unheard;
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
        return new Repair(stuck, asked, spokenSince, ownSpeech, lastSaid, completion, missed, told, times);
    }

    /**
     * The agent claimed what is not so: whatever it says next begins by putting that right, until the caller heard it. An
     * agent that answers a correction with the next claim is corrected so often and no more.
     */
    Repair claimed(String correction) {
        return correctionOwed() ? triedToCorrect(correction) : owing(MOST_CORRECTIONS);
    }

    boolean correctionOwed() {
        return corrections > 0;
    }

    /** Whether the agent was last given a correction to say. */
    boolean correcting(String correction) {
        return lastSaid.text().startsWith(correction);
    }

    /** The agent has spoken: was it the correction? One that it was given and did not say counts as tried. */
    Repair corrected(String spoken, String correction) {
        return letters(spoken).contains(letters(correction)) ? owing(0) : triedToCorrect(correction);
    }

    private Repair triedToCorrect(String correction) {
        return correcting(correction) ? owing(Math.max(0, corrections - 1)) : this;
    }

    /** Nothing but letters and digits: two wordings of one sentence are the same then. */
    static String letters(String text) {
        return text.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "");
    }
}
