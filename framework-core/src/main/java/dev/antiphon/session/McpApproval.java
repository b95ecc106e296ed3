package dev.antiphon.session;

/**
 * Says whether the service may call a remote tool that needs approval (protocol section 13). Called on the session's thread: it
 * must not block, and decides from what it is given.
 */
@FunctionalInterface
public interface McpApproval {

    /**
     * Whether this call may be made.
     *
     * @param serverLabel the server, as {@code LineOptions} names it
     * @param argumentsJson JSON text as the model wrote it, possibly malformed
     */
    boolean approves(String serverLabel, String tool, String argumentsJson);

    /** None may. */
    static McpApproval denyAll() {
        return (serverLabel, tool, argumentsJson) -> false;
    }
}
