package dev.antiphon.flow;

import java.util.List;

/** All that the caller meant in one turn; nothing when something else happened. */
record Meant(List<DialogueAct> acts) {
    Meant {
        acts = List.copyOf(acts);
    }

    /** Whether the caller neither stops nor leaves, nor wants a person. */
    boolean goesOn() {
        return acts.stream()
                .noneMatch(act -> act instanceof DialogueAct.Cancel
                        || act instanceof DialogueAct.WantPerson
                        || act instanceof DialogueAct.Goodbye);
    }

    /** Whether the caller wants to leave, or says no. */
    boolean leaves() {
        return acts.stream().anyMatch(act -> act instanceof DialogueAct.Negate || act instanceof DialogueAct.Goodbye);
    }

    /** Whether the caller says yes or no and nothing else. */
    boolean isOnlyYesOrNo() {
        return !acts.isEmpty()
                && acts.stream()
                        .allMatch(act -> act instanceof DialogueAct.Affirm || act instanceof DialogueAct.Negate);
    }

    /** Whether the caller says thank you. */
    boolean thanks() {
        return acts.stream().anyMatch(DialogueAct.Thanks.class::isInstance);
    }

    /** Whether the caller gives values. */
    boolean informs() {
        return acts.stream().anyMatch(DialogueAct.Inform.class::isInstance);
    }

    /** Whether the model chooses among the entries that it was left. */
    boolean chooses() {
        return acts.stream().anyMatch(DialogueAct.ChooseEntry.class::isInstance);
    }

    /** Whether the caller wants something else than what was offered. */
    boolean wantsOthers() {
        return acts.stream().anyMatch(DialogueAct.RequestAlternatives.class::isInstance);
    }
}
