package dev.antiphon.realtime.wire;

import dev.antiphon.realtime.AudioFormat;
import dev.antiphon.realtime.InputTranscription;
import dev.antiphon.realtime.NoiseReduction;
import dev.antiphon.realtime.PromptTemplate;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionConfig.Modality;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.SessionTool;
import dev.antiphon.realtime.ToolChoice;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.Truncation;
import dev.antiphon.realtime.TurnDetection;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/** Reads session objects and the parts that response objects share with them (protocol sections 4 and 7). */
enum SessionReader {
    /** What a server shows, in either spelling: a part that cannot be read counts as absent. */
    SERVER(true, true),
    /** What a client asks for: a part that cannot be read spoils the event, so that no half of it is applied. */
    GA_CLIENT(true, false),
    /** The same, spelled as in the beta dialect. */
    BETA_CLIENT(false, true);

    private static final TurnDetection.ServerVad VAD = TurnDetection.ServerVad.defaults();
    private static final String LOG_PROBS = "item.input_audio_transcription.logprobs";

    private final boolean ga;
    private final boolean beta;

    SessionReader(boolean ga, boolean beta) {
        this.ga = ga;
        this.beta = beta;
    }

    /** Where a part stands in one of the spellings. */
    private record Place(Fields in, String name) {
        Optional<JsonNode> value() {
            return in.present(name);
        }

        boolean isNull() {
            return in.has(name) && value().isEmpty();
        }
    }

    static SessionReader client(Spelling spelling) {
        return spelling == Spelling.GA ? GA_CLIENT : BETA_CLIENT;
    }

    static SessionInfo info(Fields session) {
        return info(session, kind(session));
    }

    static SessionInfo info(Fields session, SessionConfig.Kind kind) {
        return new SessionInfo(
                session.textOr("id", ""),
                session.optionalNumber("expires_at").flatMap(SessionReader::instant),
                SERVER.config(session, kind),
                session.json());
    }

    static SessionConfig.Kind kind(Fields session) {
        return session.textOr("type", "").equals("transcription")
                        || session.textOr("object", "").equals("realtime.transcription_session")
                ? SessionConfig.Kind.TRANSCRIPTION
                : SessionConfig.Kind.REALTIME;
    }

    SessionConfig config(Fields session, SessionConfig.Kind kind) {
        Fields audio = session.objectOrEmpty("audio");
        Fields input = audio.objectOrEmpty("input");
        return new SessionConfig(
                kind,
                session.optionalText("model"),
                text(session, "instructions"),
                modality(session),
                read(place(input, "format", session, "input_audio_format"), SessionReader::format),
                outputFormat(session),
                orNull(
                        place(input, "turn_detection", session, "turn_detection"),
                        SessionReader::detection,
                        new TurnDetection.Manual()),
                orNull(
                        place(input, "transcription", session, "input_audio_transcription"),
                        SessionReader::transcription,
                        new InputTranscription.Off()),
                orNull(
                        place(input, "noise_reduction", session, "input_audio_noise_reduction"),
                        SessionReader::noiseReduction,
                        NoiseReduction.OFF),
                voice(session),
                read(place(audio.objectOrEmpty("output"), "speed", session, "speed"), SessionReader::speed),
                tools(session),
                toolChoice(session),
                flag(session, "parallel_tool_calls"),
                reasoningEffort(session),
                maxOutputTokens(session),
                read(new Place(session, "truncation"), SessionReader::truncation),
                orNull(new Place(session, "tracing"), SessionReader::tracing, new Tracing.Off()),
                prompt(session),
                orNull(new Place(session, "include"), SessionReader::includesLogProbs, false),
                temperature(session));
    }

    // The parts that a response shares with its session.

    Optional<String> text(Fields from, String name) {
        return read(new Place(from, name), Fields::string);
    }

    Optional<Modality> modality(Fields from) {
        return read(place(from, "output_modalities", from, "modalities"), SessionReader::modality);
    }

    Optional<AudioFormat> outputFormat(Fields from) {
        return read(place(output(from), "format", from, "output_audio_format"), SessionReader::format);
    }

    Optional<String> voice(Fields from) {
        return read(place(output(from), "voice", from, "voice"), SessionReader::voice);
    }

    Optional<List<SessionTool>> tools(Fields from) {
        return read(new Place(from, "tools"), this::toolList);
    }

    Optional<ToolChoice> toolChoice(Fields from) {
        return read(new Place(from, "tool_choice"), SessionReader::choice);
    }

    Optional<Boolean> flag(Fields from, String name) {
        return read(new Place(from, name), Fields::flag);
    }

    Optional<String> reasoningEffort(Fields from) {
        return read(new Place(from, "reasoning"), Fields::of).flatMap(r -> r.optionalText("effort"));
    }

    Optional<Integer> maxOutputTokens(Fields from) {
        return read(place(from, "max_output_tokens", from, "max_response_output_tokens"), SessionReader::outputTokens);
    }

    Optional<PromptTemplate> prompt(Fields from) {
        return orNull(new Place(from, "prompt"), SessionReader::prompt, new PromptTemplate.None());
    }

    Optional<Double> temperature(Fields from) {
        return beta ? read(new Place(from, "temperature"), Fields::number) : Optional.empty();
    }

    private static Fields output(Fields from) {
        return from.objectOrEmpty("audio").objectOrEmpty("output");
    }

    // How parts are looked up.

    private Place place(Fields gaFields, String gaName, Fields betaFields, String betaName) {
        boolean asGa = ga && (!beta || gaFields.has(gaName));
        return asGa ? new Place(gaFields, gaName) : new Place(betaFields, betaName);
    }

    private <T> Optional<T> read(Place place, Function<JsonNode, T> reader) {
        return place.value().flatMap(value -> readable(value, reader));
    }

    /** Where {@code null} has a meaning of its own. */
    private <T> Optional<T> orNull(Place place, Function<JsonNode, T> reader, T meaningOfNull) {
        return place.isNull() ? Optional.of(meaningOfNull) : read(place, reader);
    }

    private <T> Optional<T> readable(JsonNode value, Function<JsonNode, T> reader) {
        try {
            return Optional.of(reader.apply(value));
        } catch (UnreadableShape | IllegalArgumentException unreadable) {
            if (this == SERVER) {
                return Optional.empty();
            }
            throw unreadable;
        }
    }

    private List<SessionTool> toolList(JsonNode value) {
        return value.values().stream()
                .flatMap(element -> readable(element, tool -> ToolReader.tool(Fields.of(tool))).stream())
                .toList();
    }

    // What the values mean.

    private static ToolChoice choice(JsonNode value) {
        return value.isString() ? new ToolChoice.Mode(value.stringValue()) : ToolReader.choice(Fields.of(value));
    }

    private static Modality modality(JsonNode value) {
        List<String> names = value.values().stream().map(Fields::string).toList();
        if (names.contains("audio")) {
            return Modality.AUDIO;
        }
        if (names.contains("text")) {
            return Modality.TEXT;
        }
        throw new UnreadableShape("modalities must contain audio or text, but was " + names);
    }

    private static AudioFormat format(JsonNode value) {
        // The schema lets the only type that has a rate be left out.
        String name = value.isString() ? value.stringValue() : Fields.of(value).textOr("type", "audio/pcm");
        return switch (name) {
            case "audio/pcm", "pcm16" -> AudioFormat.PCM16_24KHZ;
            case "audio/pcmu", "g711_ulaw" -> AudioFormat.G711_ULAW;
            case "audio/pcma", "g711_alaw" -> AudioFormat.G711_ALAW;
            default ->
                throw new UnreadableShape("audio format must be audio/pcm, audio/pcmu or audio/pcma, in the beta"
                        + " dialect pcm16, g711_ulaw or g711_alaw");
        };
    }

    private static String voice(JsonNode value) {
        return value.isString() ? value.stringValue() : Fields.of(value).text("id");
    }

    private static double speed(JsonNode value) {
        double speed = Fields.number(value);
        if (!(speed >= 0.25 && speed <= 1.5)) {
            throw new UnreadableShape("speed must be between 0.25 and 1.5, but was " + speed);
        }
        return speed;
    }

    private static int outputTokens(JsonNode value) {
        return value.isString() && value.stringValue().equals("inf")
                ? SessionConfig.UNLIMITED
                : (int) Fields.number(value);
    }

    private static InputTranscription transcription(JsonNode value) {
        Fields transcription = Fields.of(value);
        return new InputTranscription.Model(
                transcription.optionalText("model"),
                transcription.optionalText("language"),
                transcription.texts("languages"),
                transcription.texts("keywords"),
                transcription.optionalText("prompt"),
                transcription.optionalText("delay"));
    }

    private static NoiseReduction noiseReduction(JsonNode value) {
        return switch (Fields.of(value).text("type")) {
            case "near_field" -> NoiseReduction.NEAR_FIELD;
            case "far_field" -> NoiseReduction.FAR_FIELD;
            default -> throw new UnreadableShape("noise reduction must be near_field or far_field");
        };
    }

    private static Truncation truncation(JsonNode value) {
        if (value.isString()) {
            return switch (value.stringValue()) {
                case "auto" -> new Truncation.Auto();
                case "disabled" -> new Truncation.Disabled();
                default -> throw new UnreadableShape("truncation must be auto, disabled or an object");
            };
        }
        Fields truncation = Fields.of(value);
        return new Truncation.RetentionRatio(
                truncation
                        .optionalNumber("retention_ratio")
                        .orElseThrow(() -> new UnreadableShape("retention_ratio is missing")),
                truncation
                        .objectOrEmpty("token_limits")
                        .optionalNumber("post_instructions")
                        .map(Double::intValue));
    }

    private static Tracing tracing(JsonNode value) {
        if (value.isString()) {
            return new Tracing.Auto();
        }
        Fields tracing = Fields.of(value);
        return new Tracing.Workflow(
                tracing.optionalText("workflow_name"), tracing.optionalText("group_id"), tracing.json("metadata"));
    }

    private static PromptTemplate prompt(JsonNode value) {
        Fields prompt = Fields.of(value);
        return new PromptTemplate.Stored(prompt.text("id"), prompt.optionalText("version"), prompt.json("variables"));
    }

    private static boolean includesLogProbs(JsonNode value) {
        return value.values().stream().anyMatch(name -> name.asString("").equals(LOG_PROBS));
    }

    private static TurnDetection detection(JsonNode value) {
        Fields vad = Fields.of(value);
        boolean create = vad.flag("create_response", true);
        boolean interrupt = vad.flag("interrupt_response", true);
        return switch (vad.textOr("type", "server_vad")) {
            case "server_vad" ->
                new TurnDetection.ServerVad(
                        vad.optionalNumber("threshold").orElse(VAD.threshold()),
                        vad.millis("prefix_padding_ms", VAD.prefixPadding()),
                        vad.millis("silence_duration_ms", VAD.silenceDuration()),
                        vad.optionalMillis("idle_timeout_ms"),
                        create,
                        interrupt);
            case "semantic_vad" -> new TurnDetection.SemanticVad(vad.textOr("eagerness", "auto"), create, interrupt);
            default -> throw new UnreadableShape("turn detection must be server_vad or semantic_vad");
        };
    }

    private static Optional<Instant> instant(double epochSeconds) {
        try {
            return Optional.of(Instant.ofEpochSecond((long) epochSeconds));
        } catch (DateTimeException outOfRange) {
            return Optional.empty();
        }
    }
}
