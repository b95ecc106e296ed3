package dev.antiphon.flow;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What the caller asked, and which answer of an FAQ was found.
 *
 * @param choice what is left to the model; empty when nothing is
 * @param numbered how many entries were numbered so far: a number is never used twice, so that a late choice is none
 * @param rounds how often in a row the model was left a choice without a word of the agent
 * @param answered the first question of the entry that was answered last; empty when none was
 */
public record Inquiry(Optional<Choice> choice, int numbered, int rounds, String answered) {
    /** An agent that is given so many choices in a row without having said a word is given no other. */
    static final int MOST_ROUNDS = 2;

    static final Inquiry NONE = new Inquiry(Optional.empty(), 0, 0, "");

    /**
     * A question whose answer the model chooses.
     *
     * @param question in the caller's words
     * @param first the number of the first entry
     * @param entries the first question of each entry, best first
     * @param before what is said before the answer
     * @param inFull whether what is open is asked in full after it
     * @param failed whether a choice named none of the entries
     */
    public record Choice(
            String question, int first, List<String> entries, Utterance before, boolean inFull, boolean failed) {
        public Choice {
            entries = List.copyOf(entries);
        }

        /** The entry of this number. */
        Optional<String> entry(int number) {
            int place = number - first;
            return place >= 0 && place < entries.size() ? Optional.of(entries.get(place)) : Optional.empty();
        }

        /** The first questions of the entries, by number. */
        Map<Integer, String> numbers() {
            Map<Integer, String> numbers = new LinkedHashMap<>();
            List<String> all = new ArrayList<>(entries);
            for (int place = 0; place < all.size(); place++) {
                numbers.put(first + place, all.get(place));
            }
            return numbers;
        }

        Choice saying(Utterance words, boolean full) {
            return new Choice(question, first, entries, words, full, failed);
        }

        Choice missed() {
            return new Choice(question, first, entries, before, inFull, true);
        }
    }

    Inquiry choosing(String question, List<String> entries) {
        Choice next = new Choice(question, numbered + 1, entries, Utterance.NOTHING, false, false);
        return new Inquiry(Optional.of(next), numbered + entries.size(), rounds + 1, answered);
    }

    Inquiry with(Choice next) {
        return new Inquiry(Optional.of(next), numbered, rounds, answered);
    }

    /** Nothing is left to the model any more. */
    Inquiry closed() {
        return new Inquiry(Optional.empty(), numbered, rounds, answered);
    }

    Inquiry answering(String entry) {
        return new Inquiry(Optional.empty(), numbered, rounds, entry);
    }

    /** The agent has said something. */
    Inquiry spoke() {
        return new Inquiry(choice, numbered, 0, answered);
    }
}
