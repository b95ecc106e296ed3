package dev.antiphon.flow.dsl;

import dev.antiphon.flow.RepairResponse;
import dev.antiphon.flow.StuckAction;
import dev.antiphon.flow.StuckTrigger;

/** When a caller is stuck, and what is done then; part of {@link FlowDsl}. */
abstract sealed class RepairDsl extends OutcomeDsl permits FlowDsl {
    RepairDsl() {}

    /** The caller was not understood this many times in a row. */
    public static StuckTrigger noMatch(int times) {
        return new StuckTrigger.NoMatch(times);
    }

    /** Values for one slot were not possible this many times in a row. */
    public static StuckTrigger rejected(int times) {
        return new StuckTrigger.Rejected(times);
    }

    /** The caller said nothing this many times in a row. */
    public static StuckTrigger noInput(int times) {
        return new StuckTrigger.NoInput(times);
    }

    /** A slot was asked for in vain this many times, for whatever reason. */
    public static StuckTrigger attempts(int times) {
        return new StuckTrigger.Attempts(times);
    }

    /** Asks in these words. */
    public static StuckAction rephrase(String question) {
        return new StuckAction.Rephrase(question);
    }

    /** Leaves the slot out; it must be optional. */
    public static StuckAction leaveOut() {
        return new StuckAction.LeaveOut();
    }

    /** Instead of the usual: says this, then comes back to the open question. */
    public static RepairResponse answer(String words) {
        return new RepairResponse.Answer(words);
    }

    /** Instead of doing it at once: asks this, and does it after a yes. */
    public static RepairResponse askFirst(String question) {
        return new RepairResponse.AskFirst(question);
    }

    /** Says this and ends the call. */
    public static StuckAction.HangUp hangUp(String words) {
        return new StuckAction.HangUp(words);
    }

    /** Asks in simpler words. */
    public static StuckAction simplify() {
        return new StuckAction.Simplify();
    }

    /** Asks for the next rung of the tier ladder. */
    public static StuckAction escalate() {
        return new StuckAction.Escalate();
    }

    /** Hands the call to a person. */
    public static StuckAction.HandOver handOver(String target) {
        return new StuckAction.HandOver(target);
    }
}
