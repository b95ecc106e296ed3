package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.realtime.Usage;
import java.time.Duration;
import java.util.List;
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

    static Arbitrary<RawJson> contentPart() {
        return Arbitraries.of("{\"type\":\"audio\",\"transcript\":\"\"}", "{\"type\":\"text\",\"text\":\"hi\"}")
                .map(RawJson::new);
    }

    static Arbitrary<Item> item() {
        return Arbitraries.oneOf(message(), functionCall(), functionCallOutput(), mcpItem());
    }

    private static Arbitrary<Item> message() {
        return Arbitraries.of(Item.Role.values())
                .flatMap(role -> Combinators.combine(
                                id().optional(),
                                Arbitraries.of(Item.Status.values()),
                                content(role).list().ofMaxSize(3))
                        .as((id, status, content) -> new Item.Message(id, role, status, content)));
    }

    private static Arbitrary<ContentPart> content(Item.Role role) {
        return switch (role) {
            case SYSTEM -> text().map(ContentPart.InputText::new);
            case USER ->
                Arbitraries.oneOf(
                        text().map(ContentPart.InputText::new),
                        Combinators.combine(audio().optional(), text().optional())
                                .as(ContentPart.InputAudio::new),
                        Arbitraries.of("auto", "low", "high")
                                .optional()
                                .map(detail -> new ContentPart.InputImage("data:image/png;base64,AAAA", detail)));
            case ASSISTANT ->
                Arbitraries.oneOf(
                        text().map(ContentPart.OutputText::new),
                        text().optional().map(ContentPart.OutputAudio::new));
        };
    }

    private static Arbitrary<Item> functionCall() {
        return Combinators.combine(id().optional(), Arbitraries.of(Item.Status.values()), id(), id(), text())
                .as(Item.FunctionCall::new);
    }

    private static Arbitrary<Item> functionCallOutput() {
        return Combinators.combine(id().optional(), id(), text()).as(Item.FunctionCallOutput::new);
    }

    private static Arbitrary<Item> mcpItem() {
        return id().map(id -> new Item.Unknown(
                Optional.of(id),
                "mcp_list_tools",
                new RawJson(
                        "{\"id\":\"" + id + "\",\"type\":\"mcp_list_tools\",\"server_label\":\"s\",\"tools\":[]}")));
    }

    static Arbitrary<List<FunctionTool>> tools() {
        return Combinators.combine(id(), text(), json())
                .as(FunctionTool::new)
                .list()
                .ofMaxSize(3);
    }

    static Arbitrary<ToolChoice> toolChoice() {
        return Arbitraries.oneOf(
                Arbitraries.of(ToolChoice.AUTO, ToolChoice.NONE, ToolChoice.REQUIRED),
                id().map(ToolChoice.Function::new));
    }

    static Arbitrary<Modality> modality() {
        return Arbitraries.of(Modality.values());
    }

    static Arbitrary<AudioFormat> format() {
        return Arbitraries.of(AudioFormat.values());
    }

    static Arbitrary<TurnDetection> turnDetection() {
        return Arbitraries.oneOf(
                Arbitraries.just(new TurnDetection.Manual()),
                Combinators.combine(
                                Arbitraries.doubles().between(0, 1),
                                millis(),
                                millis(),
                                Arbitraries.longs()
                                        .between(5000, 30_000)
                                        .map(Duration::ofMillis)
                                        .optional(),
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

    static Arbitrary<Response> response() {
        return Combinators.combine(
                        id(), status(), id().optional(), item().list().ofMaxSize(3), usage().optional(), metadata())
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
