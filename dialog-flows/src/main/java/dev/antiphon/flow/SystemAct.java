package dev.antiphon.flow;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the agent is given to say, as acts: for journals, tests and measurements. Values are normal forms, slots are names. */
public sealed interface SystemAct {

    /** Asks for a value. */
    record Asks(String slot) implements SystemAct {}

    /** Reads values back and asks whether they are right; without a value: any will do. */
    record Confirms(Map<String, Optional<String>> values) implements SystemAct {}

    /** Asks what to change. */
    record AsksForChange() implements SystemAct {}

    /** Offers items, each with the values that are spoken. */
    record Offers(List<Item> items, List<String> slots) implements SystemAct {}

    /** Tells how many items there are. */
    record Counts(int items) implements SystemAct {}

    /** Answers a question about a value. */
    record Informs(String slot, String value) implements SystemAct {}

    /** Proposes to do something. */
    record Proposes(String task) implements SystemAct {}

    /** Something was done. */
    record Succeeded(String task) implements SystemAct {}

    /** Something was not done, or not found. */
    record Failed(String task) implements SystemAct {}

    /** Asks whether there is anything else. */
    record AnythingElse() implements SystemAct {}

    /** Takes leave. */
    record TakesLeave() implements SystemAct {}

    /** Does for a stuck caller what a rung of the repair ladder says. */
    record Climbs(StuckRule rung) implements SystemAct {}
}
