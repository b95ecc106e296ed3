package dev.antiphon.server.cli;

import dev.antiphon.session.ToolOutcome;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** {@code tools call}: runs a tool once. */
@Command(
        name = "call",
        description = {
            "Call a tool once, and print what the model would get, sensitive values as ***.",
            "It runs in a pool as in a bot: with its checks, timeout and retries. How it",
            "ended and how long it took is said on the error stream.",
            "",
            "Exit code: 0 it worked, 1 it failed or took too long, 2 wrong usage, or it was",
            "rejected, most often because of its arguments."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon tools call free_tables '{\"date\": \"2026-12-24\", \"people\": 4}'",
            "  antiphon tools call book --arg date=2026-12-24 --arg people=4 --yes",
            "  antiphon tools call listTables --bearer-env TOKEN \\",
            "      --openapi bookings.yaml --base-url http://localhost:9000"
        })
final class ToolsCall implements Callable<Integer> {
    private static final int WORKED = 0;
    private static final int FAILED = 1;
    private static final int REJECTED = 2;

    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "NAME", description = "The tool.")
    private String name = "";

    @Parameters(
            index = "1",
            arity = "0..1",
            paramLabel = "ARGUMENTS",
            description = "A JSON object; default: none, or what --arg says.")
    private Optional<String> arguments = Optional.empty();

    @Option(
            names = "--arg",
            paramLabel = "NAME=VALUE",
            description = "One argument, read as the schema says; may be repeated, and for a list with the same name.")
    private List<String> single = new ArrayList<>();

    @Option(names = "--yes", description = "Also call a tool that may change something.")
    private boolean yes;

    @Option(names = "--json", description = "Print one JSON object: outcome, took_ms, answer.")
    private boolean json;

    @Mixin
    private ToolSourceOptions source = new ToolSourceOptions();

    ToolsCall(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() {
        try (ToolBench bench = source.open(application, name)) {
            ToolBench.Known tool = bench.named(name);
            if (tool.ofFlow()) {
                throw CliFailure.usage(
                        "'" + name + "' is a tool of the flow and works on a call; talk to the flow with 'flow try'");
            }
            if (tool.changes() && !yes) {
                throw CliFailure.usage(
                        "'" + name + "' may change something, so nothing was called; add --yes to call it");
            }
            ToolBench.Called called = bench.call(
                    name,
                    ToolArguments.json(
                            arguments, single, tool.function().parameters().text()));
            print(called, tool);
            return exitCode(called.outcome());
        }
    }

    private static int exitCode(ToolOutcome outcome) {
        return switch (outcome) {
            case ToolOutcome.Ok ok -> WORKED;
            case ToolOutcome.Failed failed -> FAILED;
            case ToolOutcome.TimedOut timedOut -> FAILED;
            case ToolOutcome.Cancelled cancelled -> FAILED;
            case ToolOutcome.Rejected rejected -> REJECTED;
            case ToolOutcome.UnknownTool unknown -> REJECTED;
        };
    }

    private void print(ToolBench.Called called, ToolBench.Known tool) {
        PrintWriter out = spec.commandLine().getOut();
        PrintWriter err = spec.commandLine().getErr();
        Ink ink = new Ink(spec.commandLine().getColorScheme().ansi().enabled());
        if (json) {
            out.println(json(called));
        } else {
            out.println(called.answer());
            String ended = called.outcome().name().replace('_', ' ');
            err.println((exitCode(called.outcome()) == WORKED ? ink.green(ended) : ink.red(ended)) + " after "
                    + PolicyText.time(called.took()));
            cause(called.outcome()).ifPresent(cause -> err.println("  not told to the model: " + cause));
            tool.policy()
                    .flatMap(policy -> policy.conduct().detachAfter())
                    .filter(after -> called.took().compareTo(after) > 0)
                    .ifPresent(after ->
                            err.println("  in a call the model goes on without it after " + PolicyText.time(after)));
        }
        out.flush();
        err.flush();
    }

    private String json(ToolBench.Called called) {
        ObjectNode root = JsonNodeFactory.instance
                .objectNode()
                .put("tool", name)
                .put("outcome", called.outcome().name())
                .put("took_ms", called.took().toMillis());
        root.set("answer", tree(called.answer()));
        cause(called.outcome()).ifPresent(cause -> root.put("cause", cause));
        return JsonMapper.shared().writeValueAsString(root);
    }

    private static JsonNode tree(String answer) {
        try {
            return JsonMapper.shared().readTree(answer);
        } catch (JacksonException e) {
            return JsonNodeFactory.instance.stringNode(answer);
        }
    }

    /** What a person who tries a tool wants to know; the model only gets words that are meant for it. */
    private static Optional<String> cause(ToolOutcome outcome) {
        return outcome instanceof ToolOutcome.Failed failed
                ? Stream.iterate(failed.cause(), Objects::nonNull, Throwable::getCause)
                        .map(Throwable::toString)
                        .filter(cause -> !cause.endsWith(": " + failed.message()))
                        .findFirst()
                : Optional.empty();
    }
}
