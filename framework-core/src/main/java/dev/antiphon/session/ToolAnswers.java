package dev.antiphon.session;

import dev.antiphon.realtime.wire.JsonText;
import dev.antiphon.time.TimeLimit;
import java.util.LinkedHashMap;
import java.util.Map;

/** The outcome of a model-called tool as the text the model gets: never a stack trace, never a dump. */
public final class ToolAnswers {
    /** In the answer to a call that the model began and did not finish, since the caller cut in: what it was made of is still to be handled. */
    public static final String CUT_OFF = "the call was interrupted before it was complete";

    private ToolAnswers() {}

    /** The answer to a call that was cut off, with {@link #CUT_OFF}. */
    public static String cutOff() {
        return error(CUT_OFF);
    }

    /** The answer as JSON; one that is no success is {@code {"error": …}}. */
    public static String json(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Ok ok -> String.valueOf(ok.value());
            case ToolOutcome.Failed failed -> error("the tool failed: " + failed.message());
            case ToolOutcome.TimedOut late -> error(late(late));
            case ToolOutcome.Rejected rejected -> error(rejected.rule());
            case ToolOutcome.UnknownTool unknown -> error("there is no tool named '" + unknown.tool() + "'");
            case ToolOutcome.Cancelled cancelled -> error("cancelled: " + cancelled.reason());
        };
    }

    /** As {@link #json(ToolOutcome)}; {@code words} are for a caller who has waited in vain. */
    public static String json(ToolOutcome outcome, String words) {
        return outcome instanceof ToolOutcome.TimedOut late ? saying("error", late(late), words) : json(outcome);
    }

    /** What becomes of the call of a tool that {@link Conversation#mayCall} does not allow. */
    public static ToolOutcome notNow(Conversation conversation, String tool) {
        return conversation.offers(tool)
                ? new ToolOutcome.Rejected("'" + tool + "' may not be called as the dialog stands; go on without it")
                : new ToolOutcome.UnknownTool(tool);
    }

    /** The model goes on without the result. */
    static String later(String words) {
        return saying("running", "the result is not there yet and will be told when it comes", words);
    }

    private static String late(ToolOutcome.TimedOut late) {
        return TimeLimit.missed("the tool", late.after());
    }

    private static String saying(String name, String fact, String words) {
        Map<String, String> members = new LinkedHashMap<>();
        members.put(name, fact);
        members.put("say", words);
        return JsonText.object(members);
    }

    private static String error(String message) {
        return JsonText.object("error", message);
    }
}
