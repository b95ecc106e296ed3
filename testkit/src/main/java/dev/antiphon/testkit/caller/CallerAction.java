package dev.antiphon.testkit.caller;

import tools.jackson.databind.JsonNode;

/** What a simulated caller wants its transport to do. */
public sealed interface CallerAction {
    /** Send this client event. */
    record Send(JsonNode event) implements CallerAction {}

    /** Close the socket with code 1000. */
    record HangUp() implements CallerAction {}
}
