package dev.antiphon.model;

/** Which spelling of the protocol an endpoint speaks: a property of the endpoint, not of the model (protocol section 0). */
public enum WireDialect {
    /** OpenAI's since general availability. */
    GA,
    /** That of the public beta, which gateways go on speaking. */
    BETA,
    /** Not known: told from the first event of each session. */
    PROBE
}
