package dev.antiphon.testkit.emulator;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What goes wrong in one response.
 *
 * @param script of the session
 * @param number of the response in the session, from 1
 */
record ResponseFaults(FaultScript script, int number) {

    /** How it fails instead of answering. */
    Optional<Fault.FailResponse> failure() {
        return script.first(Fault.FailResponse.class, fault -> fault.response() == number);
    }

    /** What the response says and does, in place of what it should. */
    List<Brain.Output> instead(List<Brain.Output> outputs) {
        Optional<Fault.Claim> claim = script.first(Fault.Claim.class, fault -> fault.response() == number);
        if (claim.isPresent()) {
            return List.of(new Brain.Output.Speak(claim.get().words()));
        }
        if (script.first(Fault.SayNothing.class, fault -> fault.response() == number)
                .isPresent()) {
            return List.of();
        }
        boolean twice = script.first(Fault.CallTwice.class, fault -> fault.response() == number)
                .isPresent();
        return twice ? repeated(outputs) : outputs;
    }

    private static List<Brain.Output> repeated(List<Brain.Output> outputs) {
        List<Brain.Output> all = new ArrayList<>();
        for (Brain.Output output : outputs) {
            all.add(output);
            if (output instanceof Brain.Output.CallTool) {
                all.add(output);
            }
        }
        return all;
    }

    /** After how many deltas it stops without an end. */
    Optional<Integer> stallAfter() {
        return script.first(Fault.StallResponse.class, fault -> fault.response() == number)
                .map(Fault.StallResponse::deltas);
    }

    /** What is added to the pause before each delta. */
    Duration slowness() {
        return script.first(Fault.SlowDeltas.class).map(Fault.SlowDeltas::pause).orElse(Duration.ZERO);
    }

    boolean wrongCallId() {
        return script.first(Fault.WrongCallId.class, fault -> fault.response() == number)
                .isPresent();
    }

    boolean omitsUsage() {
        return script.first(Fault.OmitUsage.class).isPresent();
    }
}
