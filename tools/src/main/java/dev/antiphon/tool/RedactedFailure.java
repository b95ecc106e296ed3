package dev.antiphon.tool;

import dev.antiphon.session.ToolOutcome;
import tools.jackson.databind.JsonNode;

/**
 * What a tool with sensitive arguments threw, without their values: the kind of the exception, its place in the code and its
 * words, those values taken out of them.
 */
final class RedactedFailure extends RuntimeException {

    private RedactedFailure(Throwable original, SensitiveMembers sensitive, JsonNode arguments, int depth) {
        super(
                sensitive.scrubbed(String.valueOf(original), arguments),
                original.getCause() == null || depth == 0
                        ? null
                        : new RedactedFailure(original.getCause(), sensitive, arguments, depth - 1));
        setStackTrace(original.getStackTrace());
    }

    /** The attempt as logs may hold it. */
    static Attempt in(Attempt attempt, SensitiveMembers sensitive, JsonNode arguments) {
        return !sensitive.isEmpty() && attempt.outcome() instanceof ToolOutcome.Failed failed
                ? new Attempt(
                        new ToolOutcome.Failed(
                                sensitive.scrubbed(failed.message(), arguments),
                                new RedactedFailure(failed.cause(), sensitive, arguments, 5)),
                        attempt.worthRetrying())
                : attempt;
    }
}
