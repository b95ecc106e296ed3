package dev.antiphon.session;

import dev.antiphon.realtime.wire.JsonText;

/** The outcome of a model-called tool as the text the model gets: never a stack trace, never a dump. */
final class ToolAnswers {
    private ToolAnswers() {}

    static String json(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Ok ok -> String.valueOf(ok.value());
            case ToolOutcome.Failed failed -> error("the tool failed: " + failed.message());
            case ToolOutcome.TimedOut late ->
                error("the tool did not answer within " + late.after().toMillis() + " ms");
            case ToolOutcome.Rejected rejected -> error(rejected.rule());
            case ToolOutcome.UnknownTool unknown -> error("there is no tool named '" + unknown.tool() + "'");
            case ToolOutcome.Cancelled cancelled -> error("cancelled: " + cancelled.reason());
        };
    }

    private static String error(String message) {
        return JsonText.object("error", message);
    }
}
