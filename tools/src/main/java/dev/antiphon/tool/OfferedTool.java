package dev.antiphon.tool;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.ToolOutcome;

/** A tool ready to be called: its schema generated, its reader prepared. Thread-safe. */
final class OfferedTool<I, O> {
    private final Tool<I, O> tool;
    private final FunctionTool function;
    private final ArgumentReader<I> reader;

    /**
     * Prepares the tool.
     *
     * @throws UnusableTool when no model can be given its input
     */
    OfferedTool(Tool<I, O> tool) {
        this.tool = tool;
        this.reader = ArgumentReader.of(tool.input());
        this.function = new FunctionTool(tool.name(), tool.description(), reader.schema());
    }

    FunctionTool function() {
        return function;
    }

    String name() {
        return tool.name();
    }

    ToolPolicy policy() {
        return tool.policy();
    }

    /** The arguments as logs and journals may hold them. */
    String masked(String argumentsJson) {
        return reader.sensitive().masked(argumentsJson);
    }

    /** Reads the arguments, runs the code and writes its result; never throws. */
    Attempt call(String argumentsJson, ToolContext context) {
        try {
            return switch (reader.read(argumentsJson)) {
                case ArgumentReader.Arguments.Accepted<I> accepted ->
                    RedactedFailure.in(
                            Attempt.at(name(), () -> text(tool.handler().handle(accepted.input(), context))),
                            reader.sensitive(),
                            accepted.json());
                case ArgumentReader.Arguments.Refused<I> refused ->
                    new Attempt(new ToolOutcome.Rejected(refused.rule()), false);
            };
        } catch (Throwable e) {
            return Attempt.failed(name(), e);
        }
    }

    private String text(O result) {
        if (result == null) {
            throw new IllegalStateException("tool '" + name() + "' returned null; return a record, text or a list");
        }
        return ResultText.of(NextAction.after(result), policy().maxResultChars());
    }
}
