package dev.antiphon.flow;

import java.util.List;

/** A flow that breaks rules: one line for each, with the rule and the value. */
public final class FlowRejected extends IllegalArgumentException {
    private final transient List<String> findings;

    FlowRejected(String flow, List<String> findings) {
        super("flow '" + flow + "' is rejected:\n  - " + String.join("\n  - ", findings));
        this.findings = List.copyOf(findings);
    }

    /** One sentence for each broken rule, beginning with the rule's name. */
    public List<String> findings() {
        return findings;
    }
}
