package dev.antiphon.flow;

/** What is done for a stuck caller. */
public sealed interface StuckAction {
    /** Ask in simpler words. */
    record Simplify() implements StuckAction {}

    /** Ask in these words. */
    record Rephrase(String question) implements StuckAction {
        public Rephrase {
            wordsOf("rephrase", question);
        }
    }

    /** Ask for the next rung of the tier ladder, then ask again. */
    record Escalate() implements StuckAction {}

    /** Leave the optional slot out. */
    record LeaveOut() implements StuckAction {}

    /** Hand the call to a person. */
    record HandOver(String target) implements StuckAction, RepairResponse {
        public HandOver {
            wordsOf("handOver", target);
        }
    }

    /** Say this and end the call. */
    record HangUp(String words) implements StuckAction, RepairResponse {
        public HangUp {
            wordsOf("hangUp", words);
        }
    }

    private static void wordsOf(String action, String words) {
        if (words.isBlank()) {
            throw new IllegalArgumentException(action + "(...) must have words, but they are blank");
        }
    }
}
