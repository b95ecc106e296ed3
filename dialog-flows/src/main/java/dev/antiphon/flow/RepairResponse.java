package dev.antiphon.flow;

/** What a flow does instead of the usual when a {@link RepairPattern} occurs. */
public sealed interface RepairResponse
        permits RepairResponse.Answer, RepairResponse.AskFirst, StuckAction.HandOver, StuckAction.HangUp {
    /** Says this, then comes back to the open question. */
    record Answer(String words) implements RepairResponse {}

    /** Does the usual only after a yes to this; for {@code CANCEL}, {@code PERSON} and {@code GOODBYE}. */
    record AskFirst(String question) implements RepairResponse {}
}
