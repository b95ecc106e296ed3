package dev.antiphon.testkit.emulator;

/** Which dialects an emulator speaks, and with whom (protocol.md sections 0, 1 and 17). */
public enum ServedDialects {
    /** GA with everybody; who asks for the beta gets an error and a close, as from OpenAI today. */
    STRICT_GA,
    /** GA with everybody; that somebody asks for the beta is overlooked. */
    GA,
    /** Beta with those who ask for it by header, subprotocol or Azure's preview address; GA with the others. */
    AS_ASKED,
    /** Beta with everybody, for the models that had it: {@code ...-realtime-preview...}. */
    BETA,
    /** Beta with everybody, for any model whose name does not begin with {@code bad}, as many gateways do. */
    GATEWAY
}
