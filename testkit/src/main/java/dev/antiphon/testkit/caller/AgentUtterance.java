package dev.antiphon.testkit.caller;

import tools.jackson.databind.JsonNode;

/** The words of the agent's response in progress, from deltas or from the finished transcript. Not thread-safe. */
final class AgentUtterance {
    private final StringBuilder finished = new StringBuilder();
    private final StringBuilder part = new StringBuilder();
    private boolean active;
    private boolean overtaken;

    void begin() {
        finished.setLength(0);
        part.setLength(0);
        active = true;
        overtaken = false;
    }

    void end() {
        active = false;
    }

    void delta(JsonNode event) {
        part.append(event.path("delta").asString(""));
    }

    /** A part's final words, which replace its deltas. */
    void done(JsonNode event, String key) {
        String whole = event.path(key).asString(part.toString());
        finished.append(finished.isEmpty() ? "" : " ").append(whole.strip());
        part.setLength(0);
    }

    /** The caller spoke into it: what still comes is not heard. */
    void overtake() {
        overtaken = true;
    }

    boolean active() {
        return active;
    }

    boolean overtaken() {
        return overtaken;
    }

    String words() {
        String rest = part.toString().strip();
        return finished.isEmpty() ? rest : rest.isEmpty() ? finished.toString() : finished + " " + rest;
    }
}
