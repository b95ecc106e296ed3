package dev.antiphon.tool;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.List;

/**
 * An alternative as the model gets it: what to do next, not only what is so.
 *
 * @param notPossible why not
 * @param offerInstead what is possible; left out when nothing is
 * @param next what to do
 */
record NextAction(
        @JsonProperty("not_possible") String notPossible,

        @JsonProperty("offer_instead") @JsonInclude(JsonInclude.Include.NON_EMPTY)
        List<?> offerInstead,

        String next) {

    /**
     * What is written of a handler's result: the value itself, or the next action of an alternative.
     *
     * @throws ToolFailure when the result is a failure
     */
    static Object after(Object result) {
        return result instanceof ToolResult<?> answer ? after(answer) : result;
    }

    private static Object after(ToolResult<?> answer) {
        return switch (answer) {
            case ToolResult.Ok<?> ok -> ok.value();
            case ToolResult.Alternative<?> other -> of(other);
            case ToolResult.Failed<?> failed -> throw new ToolFailure(failed.forTheModel());
        };
    }

    private static NextAction of(ToolResult.Alternative<?> other) {
        return new NextAction(
                other.reason(),
                other.instead(),
                other.instead().isEmpty()
                        ? "say that this is not possible and ask for something else; nothing was done"
                        : "say that this is not possible and offer these; nothing was done");
    }
}
