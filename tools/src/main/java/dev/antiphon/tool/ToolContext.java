package dev.antiphon.tool;

import dev.antiphon.session.SessionId;

/**
 * For whom a tool is called.
 *
 * @param session the call's session
 * @param callId the model's id of the call; of several that were joined, the first
 * @param idempotencyKey the same for calls that must not be done twice: those of one session with the same arguments, unless the tool
 *     runs duplicates ({@link ToolPolicy.Duplicates#RUN}); for systems that refuse what they have done already
 * @param maskedArguments the arguments as JSON without the values of sensitive members, as logs and second looks may have them
 */
public record ToolContext(SessionId session, String callId, String idempotencyKey, String maskedArguments) {

    /** A call without arguments. */
    public ToolContext(SessionId session, String callId, String idempotencyKey) {
        this(session, callId, idempotencyKey, "{}");
    }
}
