package dev.antiphon.aftercall;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.antiphon.tool.ToolParam;
import java.util.List;

/**
 * What a text model makes of a call, unless you want another record.
 *
 * @param text what the call was about and what came of it
 * @param openPoints what is left to do, one each; empty when nothing is
 */
public record CallSummary(
        @ToolParam("what the call was about and what came of it, in two or three sentences")
        String text,

        @JsonProperty("open_points")
        @ToolParam("what is left to be done by a person, one sentence each; empty when nothing is")
        List<String> openPoints) {
    /** How a text model is told to make one. */
    public static final String INSTRUCTIONS =
            "You summarize a telephone call of a voice agent for the people who look after its customers. Say only what the data"
                    + " says: nothing was done but what stands under 'done', and a masked value (•••) is not known to you.";
}
