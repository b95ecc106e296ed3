package dev.antiphon.flow;

import java.util.Comparator;
import java.util.List;

/** The order in which the acts of one turn are taken: first what is wanted, then values, then what answers to them. See {@link YesFirst}. */
final class TurnOrder {
    private TurnOrder() {}

    static List<DialogueAct> of(List<DialogueAct> acts) {
        return acts.stream().sorted(Comparator.comparingInt(TurnOrder::rank)).toList();
    }

    /** A yes, then the others in their order. */
    static List<DialogueAct> withYesFirst(List<DialogueAct> acts) {
        return of(acts).stream()
                .sorted(Comparator.comparing(act -> !(act instanceof DialogueAct.Affirm)))
                .toList();
    }

    private static int rank(DialogueAct act) {
        return switch (act) {
            case DialogueAct.Start ignored -> 0;
            case DialogueAct.ComeBack ignored -> 0;
            case DialogueAct.Unusable ignored -> 1;
            case DialogueAct.Inform ignored -> 2;
            case DialogueAct.Cancel ignored -> 3;
            case DialogueAct.Select ignored -> 4;
            case DialogueAct.RequestAlternatives ignored -> 5;
            case DialogueAct.Negate ignored -> 6;
            case DialogueAct.Affirm ignored -> 7;
            case DialogueAct.AskAbout ignored -> 8;
            case DialogueAct.Request ignored -> 8;
            case DialogueAct.ChooseEntry ignored -> 8;
            case DialogueAct.Repeat ignored -> 9;
            case DialogueAct.Slower ignored -> 9;
            case DialogueAct.Skip ignored -> 9;
            case DialogueAct.Unclear ignored -> 9;
            case DialogueAct.ChitChat ignored -> 9;
            case DialogueAct.Thanks ignored -> 9;
            case DialogueAct.WantPerson ignored -> 10;
            case DialogueAct.Goodbye ignored -> 10;
        };
    }
}
