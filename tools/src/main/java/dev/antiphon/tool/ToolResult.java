package dev.antiphon.tool;

import java.util.List;
import java.util.Objects;

/**
 * What a handler may return instead of a plain value, when "it worked" is not the only good end. Immutable.
 *
 * <ul>
 *   <li>{@link Ok}: the model gets the value as JSON, as from a plain value.
 *   <li>{@link Alternative}: {@code {"not_possible":"…","offer_instead":[…],"next":"…"}}; the call counts as settled well.
 *   <li>{@link Failed}: {@code {"error":"the tool failed: …"}} with your words; the same as throwing {@link ToolFailure}.
 * </ul>
 *
 * @param <T> of the values
 */
public sealed interface ToolResult<T> {

    /**
     * It worked.
     *
     * @param value JSON-serialisable
     */
    record Ok<T>(T value) implements ToolResult<T> {
        public Ok {
            Objects.requireNonNull(value, "value");
        }
    }

    /**
     * It is not possible as asked, but otherwise.
     *
     * @param reason why not, in words for the model, for example {@code "7 pm is taken"}
     * @param instead what is possible, best first; may be empty
     */
    record Alternative<T>(String reason, List<T> instead) implements ToolResult<T> {
        public Alternative {
            if (reason.isBlank()) {
                throw new IllegalArgumentException("an alternative needs a reason for the model");
            }
            instead = List.copyOf(instead);
        }
    }

    /**
     * It failed, as could be expected.
     *
     * @param forTheModel words for the model that say what to do next, for example {@code "the branch is closed on Sundays;
     *     ask for another day"}
     */
    record Failed<T>(String forTheModel) implements ToolResult<T> {
        public Failed {
            if (forTheModel.isBlank()) {
                throw new IllegalArgumentException("a failure needs words for the model");
            }
        }
    }

    /** It worked. */
    static <T> ToolResult<T> ok(T value) {
        return new Ok<>(value);
    }

    /** It is not possible as asked; these are, best first. */
    static <T> ToolResult<T> alternative(String reason, List<T> instead) {
        return new Alternative<>(reason, instead);
    }

    /** It failed, with these words for the model. */
    static <T> ToolResult<T> failed(String forTheModel) {
        return new Failed<>(forTheModel);
    }
}
