package dev.antiphon.session;

import dev.antiphon.realtime.ResponseConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.ToolChoice;

/** How a response is asked for (protocol section 8). Overrides of the tool choice leave the prompt, and with it its cache, as it is. */
final class AskedResponse {
    /** As text, so that words that nobody will hear are not spoken and paid for as audio. */
    private static final ResponseConfig UNDERSTAND =
            ResponseConfig.of(r -> r.toolChoice(ToolChoice.REQUIRED).outputModality(Modality.TEXT));

    private static final ResponseConfig TELL = ResponseConfig.of(r -> r.toolChoice(ToolChoice.NONE));

    private AskedResponse() {}

    static ResponseConfig of(ResponseGate.Ask ask, boolean strict) {
        return switch (ask) {
            case ResponseGate.Ask.Answer answer ->
                answer.tool()
                        .map(name -> ResponseConfig.of(r -> r.toolChoice(new ToolChoice.Function(name))))
                        .orElse(strict ? TELL : ResponseConfig.NONE);
            case ResponseGate.Ask.Understand ignored -> UNDERSTAND;
            case ResponseGate.Ask.Say say ->
                ResponseConfig.of(overrides -> overrides
                        .instructions((say.verbatim()
                                        ? "Say exactly this and nothing else: "
                                        : "Say this to the caller, you may reword it: ")
                                + "\"\"\"" + say.text() + "\"\"\"")
                        .toolChoice(ToolChoice.NONE));
        };
    }
}
