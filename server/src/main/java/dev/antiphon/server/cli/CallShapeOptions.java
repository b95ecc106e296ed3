package dev.antiphon.server.cli;

import dev.antiphon.estimate.CallShape;
import dev.antiphon.server.estimate.Assumption;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say what one call is assumed to be like. */
final class CallShapeOptions {
    private static final Map<String, String> NAMES =
            Map.of("toolCallsPerTurn", "--tool-calls", "textTokensPerWord", "--tokens-per-word");

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--minutes",
            paramLabel = "N",
            defaultValue = "5",
            description = "Length of a call in minutes, 0.1 to 60. Default ${DEFAULT-VALUE}, assumed: a booking call.")
    private double minutes = 5;

    @Option(
            names = "--turns-per-minute",
            paramLabel = "N",
            defaultValue = "4",
            description =
                    "Turns of the caller in a minute. Default ${DEFAULT-VALUE}, assumed: a booking call; docs/operations.md, Cost of a call.")
    private double turns = 4;

    @Option(
            names = "--words-per-minute",
            paramLabel = "N",
            defaultValue = "150",
            description = "How fast both speak. Default ${DEFAULT-VALUE}, assumed: conversational English.")
    private double speed = 150;

    @Option(
            names = "--caller-words",
            paramLabel = "N",
            defaultValue = "10",
            description =
                    "Words of a turn of the caller. Default ${DEFAULT-VALUE}, assumed: 4 s at 150 words a minute.")
    private double callerWords = 10;

    @Option(
            names = "--agent-words",
            paramLabel = "N",
            defaultValue = "15",
            description = "Words of a turn of the agent. Default ${DEFAULT-VALUE}, assumed: 6 s at 150 words a minute.")
    private double agentWords = 15;

    @Option(
            names = "--instruction-tokens",
            paramLabel = "N",
            defaultValue = "1500",
            description =
                    "Text tokens of instructions and tools; every response reads them. Default ${DEFAULT-VALUE}, assumed: 6,000 characters.")
    private int instructions = 1500;

    @Option(
            names = "--tool-calls",
            paramLabel = "N",
            defaultValue = "1",
            description =
                    "Calls of tools in a turn of the caller; each is one more response. Default ${DEFAULT-VALUE}, assumed: a dialog that fills a slot in each turn.")
    private double toolCalls = 1;

    @Option(
            names = "--tool-call-tokens",
            paramLabel = "N",
            defaultValue = "15",
            description = "Text tokens that a call of a tool takes. Default ${DEFAULT-VALUE}, assumed: 60 characters.")
    private int toolCallTokens = 15;

    @Option(
            names = "--tool-result-tokens",
            paramLabel = "N",
            defaultValue = "65",
            description = "Text tokens of its result. Default ${DEFAULT-VALUE}, assumed: 250 characters.")
    private int toolResultTokens = 65;

    @Option(
            names = "--cache-share",
            paramLabel = "SHARE",
            defaultValue = "0.9",
            converter = ShareOption.class,
            description =
                    "Share of what was read before that comes at the cached price. Default ${DEFAULT-VALUE}, assumed: services promise none; the emulator has 1.")
    private double cacheShare = 0.9;

    @Option(
            names = "--tokens-per-word",
            paramLabel = "N",
            defaultValue = "1.3",
            description =
                    "Text tokens of a spoken word. Default ${DEFAULT-VALUE}, assumed: English, 4 characters a token.")
    private double tokensPerWord = 1.3;

    @Option(
            names = "--transcription",
            paramLabel = "MODEL",
            defaultValue = "gpt-4o-mini-transcribe",
            description = "Model that transcribes the caller, or none. Default ${DEFAULT-VALUE}, default of sessions.")
    private String transcription = "gpt-4o-mini-transcribe";

    @Option(
            names = "--other-per-minute",
            paramLabel = "USD",
            defaultValue = "0",
            description = "What is no model: the telephone line, tools. Default ${DEFAULT-VALUE}, assumed: none.")
    private BigDecimal other = BigDecimal.ZERO;

    /** The shape; what contradicts itself is wrong usage. */
    CallShape shape() {
        return Given.options(
                NAMES,
                () -> new CallShape(
                        minutes,
                        turns,
                        speed,
                        callerWords,
                        agentWords,
                        instructions,
                        toolCalls,
                        toolCallTokens,
                        toolResultTokens,
                        cacheShare,
                        tokensPerWord,
                        Optional.of(transcription).filter(model -> !model.equals("none")),
                        other));
    }

    List<Assumption> assumptions() {
        return List.of(
                assumed("minutes", number(minutes) + " min", "assumed: a booking call"),
                assumed(
                        "turns-per-minute",
                        number(turns),
                        "assumed: a booking call; docs/operations.md, Cost of a call"),
                assumed("words-per-minute", number(speed), "assumed: conversational English"),
                assumed("caller-words", number(callerWords), "assumed: 4 s at 150 words a minute"),
                assumed("agent-words", number(agentWords), "assumed: 6 s at 150 words a minute"),
                assumed("instruction-tokens", number(instructions), "assumed: 6,000 characters"),
                assumed(
                        "tool-calls",
                        number(toolCalls) + " a turn",
                        "assumed: a dialog that fills a slot in each turn"),
                assumed("tool-call-tokens", number(toolCallTokens), "assumed: 60 characters"),
                assumed("tool-result-tokens", number(toolResultTokens), "assumed: 250 characters"),
                assumed(
                        "cache-share",
                        ShareOption.shown(cacheShare),
                        "assumed: services promise none; the emulator has 1"),
                assumed("tokens-per-word", number(tokensPerWord), "assumed: English, 4 characters a token"),
                assumed("transcription", transcription, "default of sessions"),
                assumed("other-per-minute", other.toPlainString() + " $ a minute", "assumed: none"),
                new Assumption("audio tokens", "10/s in, 20/s out", "protocol section 3, measured"));
    }

    /** Options of this kind that were given; measured calls leave no room for them. */
    Optional<String> given() {
        return Given.first(
                spec,
                List.of(
                        "--minutes",
                        "--turns-per-minute",
                        "--words-per-minute",
                        "--caller-words",
                        "--agent-words",
                        "--instruction-tokens",
                        "--tool-calls",
                        "--tool-call-tokens",
                        "--tool-result-tokens",
                        "--cache-share",
                        "--tokens-per-word",
                        "--transcription",
                        "--other-per-minute"));
    }

    private Assumption assumed(String option, String value, String source) {
        return new Assumption(option, value, Given.in(spec, "--" + option) ? "given" : source);
    }

    private static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }
}
