package dev.antiphon.flow;

import java.util.Optional;

/** What a caller may do at any time besides answering; each has a way of its own, which a flow may replace. */
public enum RepairPattern {
    /** Wants to stop; usual: at once while nothing was done, else after a question. */
    CANCEL,
    /** Wants to hear it again; usual: the last words. */
    REPEAT,
    /** Wants to hear it slower; usual: the last words. */
    SLOWER,
    /** Does not want to answer the open question; usual: an optional slot is left out, another one is needed. */
    SKIP,
    /** Talks about something else; usual: back to the open question. */
    CHIT_CHAT,
    /** Asks what nobody has an answer to; usual: says so, names who may know, and goes back to the open question. */
    OUT_OF_SCOPE,
    /** Wants a person; usual: hands the call over. */
    PERSON,
    /** Takes leave before the goal; usual: the call ends. */
    GOODBYE;

    /** Which one an act is; empty for what belongs to the dialog itself. */
    static Optional<RepairPattern> of(DialogueAct act) {
        return switch (act) {
            case DialogueAct.Cancel cancel -> Optional.of(CANCEL);
            case DialogueAct.Repeat repeat -> Optional.of(REPEAT);
            case DialogueAct.Slower slower -> Optional.of(SLOWER);
            case DialogueAct.Skip skip -> Optional.of(SKIP);
            case DialogueAct.ChitChat chitChat -> Optional.of(CHIT_CHAT);
            case DialogueAct.WantPerson wantPerson -> Optional.of(PERSON);
            case DialogueAct.Goodbye goodbye -> Optional.of(GOODBYE);
            case DialogueAct.Start start -> Optional.empty();
            case DialogueAct.AskAbout about -> Optional.empty();
            case DialogueAct.ChooseEntry chosen -> Optional.empty();
            case DialogueAct.Inform inform -> Optional.empty();
            case DialogueAct.Request request -> Optional.empty();
            case DialogueAct.Affirm affirm -> Optional.empty();
            case DialogueAct.Negate negate -> Optional.empty();
            case DialogueAct.Select select -> Optional.empty();
            case DialogueAct.RequestAlternatives more -> Optional.empty();
            case DialogueAct.Unclear unclear -> Optional.empty();
            case DialogueAct.Thanks thanks -> Optional.empty();
            case DialogueAct.ComeBack comeBack -> Optional.empty();
            case DialogueAct.Unusable unusable -> Optional.empty();
        };
    }

    /** Whether a yes can come before it. */
    boolean canBeAskedFirst() {
        return this == CANCEL || this == PERSON || this == GOODBYE;
    }
}
