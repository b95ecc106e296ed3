package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.InputTranscription;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.LogProb;
import dev.antiphon.realtime.McpError;
import dev.antiphon.realtime.McpListedTool;
import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.PromptTemplate;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.SessionTool;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.Truncation;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;

/** Random parts of events, each as the schema allows it. */
final class WireArbitraries {
    private WireArbitraries() {}

    /** Any text, quotes, line breaks, other scripts and halves of surrogate pairs included. */
    static Arbitrary<String> text() {
        return Arbitraries.oneOf(
                Arbitraries.strings().all().ofMaxLength(12),
                Arbitraries.of("", "Grüß Gott", "\"\\/\b\f\n\r\t\u0000", "\ud83d", "\ude00 half", "日本", "</script>"));
    }

    static Arbitrary<String> id() {
        return Arbitraries.strings()
                .alpha()
                .numeric()
                .withChars('_')
                .ofMinLength(1)
                .ofMaxLength(10);
    }

    static Arbitrary<Integer> index() {
        return Arbitraries.integers().between(0, 1000);
    }

    static Arbitrary<Duration> millis() {
        return Arbitraries.longs().between(0, 86_400_000L).map(Duration::ofMillis);
    }

    static Arbitrary<AudioPayload> audio() {
        return Arbitraries.bytes().array(byte[].class).ofMaxSize(40).map(AudioPayload::ofBytes);
    }

    static Arbitrary<RawJson> json() {
        return Arbitraries.of(
                        "{\"type\":\"object\",\"properties\":{\"a\":{\"type\":\"number\",\"minimum\":0.1}}}",
                        "{\"type\":\"object\"}",
                        "{\"enum\":[\"x\",null,true,[1,2]],\"big\":123456789012345678901234567890}")
                .map(RawJson::new);
    }

    static Arbitrary<ContentPart> contentPart() {
        return Arbitraries.oneOf(
                text().map(ContentPart.OutputText::new),
                Combinators.combine(audio().optional(), text().optional()).as(ContentPart.OutputAudio::new));
    }

    /** As often empty as not, and always where the dialect has no such thing. */
    static <T> Arbitrary<Optional<T>> only(Spelling has, Spelling spelling, Arbitrary<T> values) {
        return has == spelling ? values.optional() : Arbitraries.just(Optional.empty());
    }

    static Arbitrary<Item> item(Spelling spelling) {
        return spelling == Spelling.GA
                ? Arbitraries.oneOf(
                        message(spelling),
                        functionCall(),
                        functionCallOutput(),
                        mcpList(),
                        mcpCall(),
                        Combinators.combine(id(), id(), id(), text()).as(Item.McpApprovalRequest::new),
                        Combinators.combine(id(), id(), Arbitraries.of(true, false), text().optional())
                                .as(Item.McpApprovalResponse::new))
                : Arbitraries.oneOf(message(spelling), functionCall(), functionCallOutput());
    }

    private static Arbitrary<Item> message(Spelling spelling) {
        return Arbitraries.of(Item.Role.values())
                .flatMap(role -> Combinators.combine(
                                id().optional(),
                                Arbitraries.of(Item.Status.values()),
                                content(role, spelling).list().ofMaxSize(3))
                        .as((id, status, content) -> new Item.Message(id, role, status, content)));
    }

    private static Arbitrary<ContentPart> content(Item.Role role, Spelling spelling) {
        return switch (role) {
            case SYSTEM -> text().map(ContentPart.InputText::new);
            case USER ->
                Arbitraries.oneOf(
                        text().map(ContentPart.InputText::new),
                        Combinators.combine(audio().optional(), text().optional())
                                .as(ContentPart.InputAudio::new),
                        spelling == Spelling.GA ? image() : text().map(ContentPart.InputText::new));
            case ASSISTANT ->
                Arbitraries.oneOf(
                        text().map(ContentPart.OutputText::new),
                        Combinators.combine(audio().optional(), text().optional())
                                .as(ContentPart.OutputAudio::new));
        };
    }

    private static Arbitrary<ContentPart> image() {
        return Arbitraries.of("auto", "low", "high")
                .optional()
                .map(detail -> new ContentPart.InputImage("data:image/png;base64,AAAA", detail));
    }

    private static Arbitrary<Item> functionCall() {
        return Combinators.combine(id().optional(), Arbitraries.of(Item.Status.values()), id(), id(), text())
                .as(Item.FunctionCall::new);
    }

    private static Arbitrary<Item> functionCallOutput() {
        return Combinators.combine(id().optional(), id(), text()).as(Item.FunctionCallOutput::new);
    }

    private static Arbitrary<Item> mcpList() {
        Arbitrary<McpListedTool> tool = Combinators.combine(id(), text().optional(), json(), json().optional())
                .as(McpListedTool::new);
        return Combinators.combine(id().optional(), id(), tool.list().ofMaxSize(2))
                .as(Item.McpListTools::new);
    }

    private static Arbitrary<Item> mcpCall() {
        Arbitrary<McpError> error = Arbitraries.oneOf(
                text().map(message -> new McpError("tool_execution_error", Optional.empty(), message)),
                Combinators.combine(Arbitraries.of("protocol_error", "http_error"), index(), text())
                        .as((type, code, message) -> new McpError(type, Optional.of(code), message)));
        return Combinators.combine(id(), id(), id(), text(), id().optional(), text().optional(), error.optional())
                .as(Item.McpCall::new);
    }

    static Arbitrary<List<SessionTool>> tools(Spelling spelling) {
        Arbitrary<SessionTool> function =
                Combinators.combine(id(), text(), json()).as(FunctionTool::new);
        return (spelling == Spelling.GA ? Arbitraries.oneOf(function, mcpTool()) : function)
                .list()
                .ofMaxSize(3);
    }

    private static Arbitrary<SessionTool> mcpTool() {
        Arbitrary<McpTool.Filter> filter = Combinators.combine(
                        id().list().ofMaxSize(2).optional(),
                        Arbitraries.of(true, false).optional())
                .as(McpTool.Filter::new);
        Arbitrary<McpTool.Approval> approval = Arbitraries.oneOf(
                Arbitraries.of(new McpTool.Approval.Always(), new McpTool.Approval.Never()),
                Combinators.combine(filter.optional(), filter.optional()).as(McpTool.Approval.Some::new));
        Arbitrary<McpTool.Server> server = Arbitraries.of(
                new McpTool.Server.Url("https://example.com/mcp"),
                new McpTool.Server.Connector("connector_gmail"),
                new McpTool.Server.Tunnel("tunnel_0123456789abcdef0123456789abcdef"));
        return Combinators.combine(
                        Combinators.combine(id(), server.optional(), text().optional(), text().optional())
                                .as((label, at, authorization, description) -> new McpTool(
                                        label,
                                        at,
                                        authorization,
                                        description,
                                        Map.of(),
                                        Optional.empty(),
                                        Optional.empty(),
                                        List.of(),
                                        Optional.empty())),
                        Arbitraries.maps(id(), text()).ofMaxSize(2),
                        filter.optional(),
                        approval.optional(),
                        Arbitraries.of(List.<String>of(), List.of("direct"), List.of("direct", "programmatic")),
                        Arbitraries.of(true, false).optional())
                .as((base, headers, allowed, rule, callers, defer) -> new McpTool(
                        base.serverLabel(),
                        base.server(),
                        base.authorization(),
                        base.description(),
                        headers,
                        allowed,
                        rule,
                        callers,
                        defer));
    }

    /** The beta schema has the modes only. */
    static Arbitrary<ToolChoice> toolChoice(Spelling spelling) {
        Arbitrary<ToolChoice> modes = Arbitraries.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED);
        return spelling == Spelling.BETA
                ? modes
                : Arbitraries.oneOf(
                        modes,
                        id().map(ToolChoice.Function::new),
                        Combinators.combine(id(), id().optional()).as(ToolChoice.Mcp::new));
    }

    static Arbitrary<List<LogProb>> logProbs() {
        return Combinators.combine(
                        text(),
                        Arbitraries.doubles().between(-20, 0),
                        Arbitraries.integers().between(0, 255).list().ofMaxSize(3))
                .as(LogProb::new)
                .list()
                .ofMaxSize(2);
    }

    static Arbitrary<InputTranscription> transcription(Spelling spelling) {
        Arbitrary<InputTranscription> model = Combinators.combine(
                        Arbitraries.of("whisper-1", "gpt-4o-mini-transcribe").optional(),
                        Arbitraries.of("en", "de").optional(),
                        only(Spelling.GA, spelling, Arbitraries.of(List.of("en"), List.of("en", "de")))
                                .map(l -> l.orElse(List.of())),
                        only(Spelling.GA, spelling, text().list().ofMinSize(1).ofMaxSize(2))
                                .map(l -> l.orElse(List.of())),
                        text().optional(),
                        only(Spelling.GA, spelling, Arbitraries.of("minimal", "xhigh")))
                .as(InputTranscription.Model::new);
        return Arbitraries.oneOf(Arbitraries.just(new InputTranscription.Off()), model);
    }

    static Arbitrary<Truncation> truncation() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Truncation.Auto(), new Truncation.Disabled()),
                Combinators.combine(Arbitraries.doubles().between(0, 1), index().optional())
                        .as(Truncation.RetentionRatio::new));
    }

    static Arbitrary<Tracing> tracing() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Tracing.Off(), new Tracing.Auto()),
                Combinators.combine(text().optional(), text().optional(), json().optional())
                        .as(Tracing.Workflow::new));
    }

    static Arbitrary<PromptTemplate> prompt() {
        return Arbitraries.oneOf(
                Arbitraries.just(new PromptTemplate.None()),
                Combinators.combine(
                                id(),
                                text().optional(),
                                Arbitraries.just(new RawJson("{\"name\":\"Ada\"}"))
                                        .optional())
                        .as(PromptTemplate.Stored::new));
    }

    static Arbitrary<Integer> outputTokens() {
        return Arbitraries.oneOf(Arbitraries.integers().between(1, 4096), Arbitraries.just(SessionConfig.UNLIMITED));
    }

    static Arbitrary<Double> temperature() {
        return Arbitraries.of(0.6, 0.8, 1.2);
    }

    static Arbitrary<Modality> modality() {
        return Arbitraries.of(Modality.values());
    }

    static Arbitrary<AudioFormat> format() {
        return Arbitraries.of(AudioFormat.values());
    }

    static Arbitrary<TurnDetection> turnDetection(Spelling spelling) {
        return Arbitraries.oneOf(
                Arbitraries.just(new TurnDetection.Manual()),
                Combinators.combine(
                                Arbitraries.doubles().between(0, 1),
                                millis(),
                                millis(),
                                only(
                                        Spelling.GA,
                                        spelling,
                                        Arbitraries.longs()
                                                .between(5000, 30_000)
                                                .map(Duration::ofMillis)),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false))
                        .as(TurnDetection.ServerVad::new),
                Combinators.combine(
                                Arbitraries.of("low", "medium", "high", "auto"),
                                Arbitraries.of(true, false),
                                Arbitraries.of(true, false))
                        .as(TurnDetection.SemanticVad::new));
    }

    static Arbitrary<ApiError> error() {
        return Combinators.combine(text(), id().optional(), text(), text().optional(), text().optional())
                .as(ApiError::new);
    }

    static Arbitrary<Response> response(Spelling spelling) {
        Arbitrary<Response.Settings> settings = Combinators.combine(
                        modality().optional(),
                        format().optional(),
                        Arbitraries.of("marin", "voice_1").optional(),
                        outputTokens().optional(),
                        only(Spelling.BETA, spelling, temperature()))
                .as(Response.Settings::new);
        return Combinators.combine(
                        id(),
                        status(),
                        id().optional(),
                        item(spelling).list().ofMaxSize(3),
                        usage().optional(),
                        metadata(),
                        settings)
                .as(Response::new);
    }

    private static Arbitrary<Optional<RawJson>> metadata() {
        return Arbitraries.of(Optional.empty(), Optional.of(new RawJson("{\"reason\":\"greeting\"}")));
    }

    private static Arbitrary<Response.Status> status() {
        return Arbitraries.oneOf(
                Arbitraries.of(new Response.Status.InProgress(), new Response.Status.Completed()),
                Arbitraries.of("turn_detected", "client_cancelled", "").map(Response.Status.Cancelled::new),
                Arbitraries.of("max_output_tokens", "content_filter", "").map(Response.Status.Incomplete::new),
                error().map(Response.Status.Failed::new));
    }

    private static Arbitrary<Usage> usage() {
        Arbitrary<Integer> tokens = Arbitraries.integers().between(0, 40_000);
        return Combinators.combine(tokens, tokens, tokens, tokens, tokens, tokens, tokens, tokens)
                .as((text, audio, image, cachedText, cachedAudio, cachedImage, textOut, audioOut) -> new Usage(
                        text,
                        audio,
                        image,
                        Math.min(cachedText, text),
                        Math.min(cachedAudio, audio),
                        Math.min(cachedImage, image),
                        textOut,
                        audioOut));
    }
}
