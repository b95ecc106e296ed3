package dev.antiphon.tool;

import dev.antiphon.session.SessionId;

/**
 * For whom a tool is called.
 *
 * @param session the call's session
 * @param callId the model's id of the call; of several that were joined, the first
 * @param idempotencyKey the same for calls that must not be done twice: those of one session with the same arguments, unless the tool
 *     runs duplicates ({@link ToolPolicy.Duplicates#RUN}); for systems that refuse what they have done already
 */
public record ToolContext(SessionId session, String callId, String idempotencyKey) {}
