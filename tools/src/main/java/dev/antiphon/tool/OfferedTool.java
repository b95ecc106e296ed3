package dev.antiphon.tool;

import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.session.ToolOutcome;

/** A tool ready to be called: its schema generated, its reader prepared. Thread-safe. */
final class OfferedTool<I extends Record, O> {
    private final Tool<I, O> tool;
    private final FunctionTool function;
    private final ArgumentReader<I> reader;

    /**
     * Prepares the tool.
     *
     * @throws UnusableTool when no schema can be generated from its input
     */
    OfferedTool(Tool<I, O> tool) {
        this.tool = tool;
        this.function = new FunctionTool(tool.name(), tool.description(), InputSchema.of(tool.input()));
        this.reader = new ArgumentReader<>(tool.input(), function.parameters());
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

    /** Reads the arguments, runs the code and writes its result; never throws. */
    Attempt call(String argumentsJson) {
        try {
            return switch (reader.read(argumentsJson)) {
                case ArgumentReader.Arguments.Accepted<I> accepted ->
                    Attempt.at(name(), () -> text(tool.handler().handle(accepted.input())));
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
        return ResultText.of(result, policy().maxResultChars());
    }
}
