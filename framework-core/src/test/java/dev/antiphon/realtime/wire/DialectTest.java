package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.ApiError;
import dev.antiphon.realtime.AudioPayload;
import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ContentPart;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.McpTool;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionConfig;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.Tracing;
import dev.antiphon.realtime.TurnDetection;
import dev.antiphon.realtime.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DialectTest {
    private static final Dialect GA = Dialect.ga();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "42",
                "\"text\"",
                "[]",
                "[{\"type\":\"error\"}]",
                "{}",
                "{\"type\":null}",
                "{\"type\":7}",
                "{\"type\":\"error\"",
                "{\"type\":\"error\"} {}",
                "{\"type\":\"response.output_audio.delta\",\"delta\":\"AA",
                "{\"type\":\"input_audio_buffer.append\",\"audio\":\"AAAA\"}}",
                "type"
            })
    void textThatIsNotAnEventIsMalformedAndTheRuleIsTold(String text) {
        assertThatThrownBy(() -> server(text))
                .isInstanceOf(MalformedFrame.class)
                .hasMessageContaining("string 'type'");
        assertThatThrownBy(() -> client(text))
                .isInstanceOf(MalformedFrame.class)
                .hasMessageContaining("string 'type'");
    }

    @Test
    void eventsThatNobodyWantsToHearOfAreNotReadBeyondTheirType() {
        Set<String> unheard = Set.of("conversation.item.added", "response.output_audio.done");
        Function<String, Optional<ServerEvent>> read = json -> Dialect.ga()
                .decodeServer(ByteBuffer.wrap(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8)), unheard);
        assertThat(read.apply("{'type':'conversation.item.added','event_id':'e','item':{not read"))
                .isEmpty();
        assertThat(read.apply("{'event_id':'e','type':'conversation.item.created','item':{}}"))
                .as("by the name of the older dialect")
                .isEmpty();
        assertThat(read.apply("{'type':'response.output_audio.done'}")).isEmpty();
        assertThat(read.apply("{'type':'input_audio_buffer.cleared'}")).isPresent();
        assertThat(read.apply("{'type':'x','item':{'type':'conversation.item.added'}}"))
                .isPresent();
    }

    @Test
    void aTypeNobodyKnowsIsKeptWhole() {
        String text = "{\"type\":\"brand.new\", \"event_id\":\"e1\", \"x\":[1, null]}";
        assertThat(server(text)).isInstanceOfSatisfying(ServerEvent.Unknown.class, unknown -> {
            assertThat(unknown.type()).isEqualTo("brand.new");
            assertThat(unknown.eventId()).isEqualTo("e1");
            assertThat(unknown.raw().text()).isEqualTo(text);
        });
        assertThat(client(text))
                .isInstanceOfSatisfying(
                        ClientEvent.Unknown.class,
                        unknown -> assertThat(unknown.eventId()).contains("e1"));
    }

    @Test
    void aKnownTypeWithoutWhatItNeedsIsUnknownToo() {
        assertThat(server("{\"type\":\"conversation.item.deleted\",\"item_id\":5}"))
                .isInstanceOf(ServerEvent.Unknown.class);
        assertThat(server("{\"type\":\"session.created\",\"session\":null}")).isInstanceOf(ServerEvent.Unknown.class);
        assertThat(client("{\"type\":\"session.update\",\"session\":{\"tools\":[{\"name\":\"not a name\"}]}}"))
                .isInstanceOf(ClientEvent.Unknown.class);
    }

    @Test
    void audioIsReadTheSameByTheFastAndTheSlowWay() {
        ServerEvent expected = new ServerEvent.AudioDelta("e", "r", "i", 1, 2, new AudioPayload("AAAA"));
        String fields =
                "\"event_id\":\"e\",\"response_id\":\"r\",\"item_id\":\"i\",\"output_index\":1,\"content_index\":2";
        assertThat(server("{\"type\":\"response.output_audio.delta\"," + fields
                        + ",\"delta\":\"AAAA\",\"new\":{\"a\":[]}}"))
                .isEqualTo(expected);
        assertThat(server("{\"delta\":\"AAAA\"," + fields + ",\"type\":\"response.output_audio.delta\"}"))
                .isEqualTo(expected);
        assertThat(server("{\"new\":1," + fields + ",\"delta\":\"AAAA\",\"type\":\"response.output_audio.delta\"}"))
                .isEqualTo(expected);
    }

    @Test
    void aFractionalIndexIsReadTheSameByTheFastAndTheSlowWay() {
        String fast = "{\"type\":\"response.output_audio.delta\",\"output_index\":1.5,\"delta\":\"AAAA\"}";
        String slow = "{\"delta\":\"AAAA\",\"output_index\":1.5,\"x\":[],\"type\":\"response.output_audio.delta\"}";
        assertThat(server(fast)).isEqualTo(server(slow));
    }

    @Test
    void anExponentBeyondAllBoundsIsAMalformedFrame() {
        String text = "{\"type\":\"session.created\",\"x\":1e2345678901234567890}";
        assertThatThrownBy(() -> server(text)).isInstanceOf(MalformedFrame.class);
        assertThatThrownBy(() -> client(text)).isInstanceOf(MalformedFrame.class);
    }

    @Test
    void audioOfGatewaysThatOmitIdsIsStillAudio() {
        assertThat(server("{\"type\":\"response.output_audio.delta\",\"item_id\":null,\"delta\":\"AAAA\"}"))
                .isEqualTo(new ServerEvent.AudioDelta("", "", "", 0, 0, new AudioPayload("AAAA")));
    }

    @Test
    void readsFromTheMiddleOfABufferAndFromBuffersWithoutAnArray() {
        byte[] bytes =
                "xx{\"type\":\"input_audio_buffer.cleared\",\"event_id\":\"e\"}yy".getBytes(StandardCharsets.UTF_8);
        ByteBuffer middle = ByteBuffer.wrap(bytes, 2, bytes.length - 4);
        assertThat(GA.decodeServer(middle.slice())).isEqualTo(new ServerEvent.AudioCleared("e"));
        assertThat(GA.decodeServer(middle.asReadOnlyBuffer())).isEqualTo(new ServerEvent.AudioCleared("e"));
    }

    @Test
    void manualTurnDetectionIsAnExplicitNull() {
        ClientEvent update = new ClientEvent.SessionUpdate(
                Optional.empty(), SessionConfig.of(c -> c.turnDetection(new TurnDetection.Manual())));
        assertThat(text(GA.encode(update)))
                .isEqualTo("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\","
                        + "\"audio\":{\"input\":{\"turn_detection\":null}}}}");
        assertThat(GA.decodeClient(GA.encode(update))).isEqualTo(update);
        assertThat(client("{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\"}}"))
                .isEqualTo(new ClientEvent.SessionUpdate(Optional.empty(), SessionConfig.of(c -> {})));
    }

    @Test
    void theWholeSessionIsKeptBesideWhatIsModelled() {
        String session =
                "{\"id\":\"s\",\"tracing\":\"auto\",\"audio\":{\"output\":{\"speed\":9,\"voice\":{\"id\":\"voice_1\"}}},"
                        + "\"tools\":[{\"type\":\"mcp\",\"server_label\":\"x\"},{\"type\":\"function\",\"name\":\"f\"}],\"max_output_tokens\":\"inf\"}";
        SessionInfo info = ((ServerEvent.SessionUpdated)
                        server("{\"type\":\"session.updated\",\"session\":" + session + "}"))
                .session();
        assertThat(info.raw().text()).isEqualTo(session);
        assertThat(info.config().speed()).isEmpty();
        assertThat(info.config().voice()).contains("voice_1");
        assertThat(info.config().maxOutputTokens()).contains(SessionConfig.UNLIMITED);
        assertThat(info.config().tracing()).contains(new Tracing.Auto());
        assertThat(info.config().tools().orElseThrow()).hasExactlyElementsOfTypes(McpTool.class, FunctionTool.class);
        assertThat(text(GA.encode(new ServerEvent.SessionCreated("e", info)))).contains("\"tracing\":\"auto\"");
    }

    @Test
    void theBareStatusDetailsOfGatewaysAreTheReason() {
        assertThat(status("\"cancelled\",\"status_details\":\"turn_detected\""))
                .isEqualTo(new Response.Status.Cancelled("turn_detected"));
        assertThat(status("\"failed\",\"status_details\":\"overloaded\""))
                .isInstanceOfSatisfying(
                        Response.Status.Failed.class,
                        failed -> assertThat(failed.error().message()).isEqualTo("overloaded"));
        assertThat(status("\"completed\",\"status_details\":null")).isEqualTo(new Response.Status.Completed());
        assertThat(status("\"paused\"")).isEqualTo(new Response.Status.Unknown("paused"));
    }

    @Test
    void usageWithoutDetailsCountsAsText() {
        Response response =
                response("\"completed\",\"usage\":{\"total_tokens\":30,\"input_tokens\":20,\"output_tokens\":10}");
        assertThat(response.usage()).contains(new Usage(20, 0, 0, 0, 0, 0, 10, 0));
        assertThat(response("\"completed\"").usage()).isEmpty();
    }

    @Test
    void cachedTokensOfNoNamedModalityAreTextThenAudioThenImageAndNeverMoreThanWasRead() {
        assertThat(cached("{\"text_tokens\":20,\"audio_tokens\":200,\"cached_tokens\":150}"))
                .isEqualTo(new Usage(20, 200, 0, 20, 130, 0, 0, 0));
        assertThat(cached("{\"text_tokens\":20,\"audio_tokens\":30,\"image_tokens\":5,\"cached_tokens\":999}"))
                .isEqualTo(new Usage(20, 30, 5, 20, 30, 5, 0, 0));
        assertThat(cached("{\"text_tokens\":20,\"audio_tokens\":200,\"cached_tokens\":110,"
                        + "\"cached_tokens_details\":{\"text_tokens\":null,\"audio_tokens\":100}}"))
                .isEqualTo(new Usage(20, 200, 0, 10, 100, 0, 0, 0));
        assertThat(cached("{\"text_tokens\":null,\"audio_tokens\":200,\"cached_tokens\":0}"))
                .isEqualTo(new Usage(20, 200, 0, 0, 0, 0, 0, 0));
    }

    private static Usage cached(String inputDetails) {
        return response("\"completed\",\"usage\":{\"input_tokens\":220,\"input_token_details\":" + inputDetails + "}")
                .usage()
                .orElseThrow();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"audio\":{\"output\":{\"format\":{\"type\":\"audio/ogg\"}}}",
                "\"reasoning\":5",
                "\"parallel_tool_calls\":\"yes\"",
                "\"prompt\":{}"
            })
    void anOverrideThatCannotBeReadSpoilsTheWholeEvent(String override) {
        assertThat(client("{\"type\":\"response.create\",\"response\":{" + override + "}}"))
                .isInstanceOf(ClientEvent.Unknown.class);
        assertThat(client("{\"type\":\"response.create\",\"response\":{\"audio\":null,\"instructions\":\"short\"}}"))
                .isInstanceOf(ClientEvent.ResponseCreate.class);
    }

    @Test
    void aResponseWithoutAnIdIsStillAResponse() {
        assertThat(server("{\"type\":\"response.done\",\"response\":{\"status\":\"completed\"}}"))
                .isInstanceOfSatisfying(
                        ServerEvent.ResponseDone.class,
                        done -> assertThat(done.response().id()).isEmpty());
        assertThat(server("{\"type\":\"response.created\",\"response\":{}}"))
                .isInstanceOf(ServerEvent.ResponseCreated.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"1e18", "1e300", "86400001"})
    void timesOfThePeerAreAtMostADay(String millis) {
        String fields = "\"item_id\":\"i\",\"audio_end_ms\":" + millis + "}";
        assertThat(server("{\"type\":\"input_audio_buffer.speech_stopped\"," + fields))
                .isEqualTo(new ServerEvent.SpeechStopped("", Duration.ofHours(24), "i"));
        assertThat(client("{\"type\":\"conversation.item.truncate\"," + fields))
                .isEqualTo(new ClientEvent.ItemTruncate(Optional.empty(), "i", 0, Duration.ofHours(24)));
        assertThat(server("{\"type\":\"input_audio_buffer.speech_stopped\",\"item_id\":\"i\",\"audio_end_ms\":-7}"))
                .isEqualTo(new ServerEvent.SpeechStopped("", Duration.ZERO, "i"));
    }

    @Test
    void theIdBesideASpreadErrorIsTheServersAndThatInsideAnErrorIsTheClients() {
        assertThat(errorOf("{\"type\":\"error\",\"event_id\":\"server\",\"message\":\"no\"}")
                        .clientEventId())
                .isEmpty();
        assertThat(errorOf("{\"type\":\"error\",\"event_id\":\"server\",\"error\":{\"event_id\":\"client\"}}")
                        .clientEventId())
                .contains("client");
    }

    private static ApiError errorOf(String json) {
        return ((ServerEvent.ErrorReported) server(json)).error();
    }

    @Test
    void itemsAndPartsNobodyKnowsAreKept() {
        ServerEvent event =
                server("{\"type\":\"conversation.item.added\",\"item\":{\"type\":\"message\",\"role\":\"assistant\","
                        + "\"content\":[{\"type\":\"hologram\",\"x\":1},{\"type\":\"text\",\"text\":\"hi\"}]}}");
        Item.Message message = (Item.Message) ((ServerEvent.ItemAdded) event).item();
        assertThat(message.content()).hasSize(2).element(1).isEqualTo(new ContentPart.OutputText("hi"));
        assertThat(message.content().get(0))
                .isInstanceOfSatisfying(
                        ContentPart.Unknown.class,
                        part -> assertThat(part.raw().text()).isEqualTo("{\"type\":\"hologram\",\"x\":1}"));
        assertThat(((ServerEvent.ItemAdded) server(
                                "{\"type\":\"conversation.item.added\",\"item\":{\"type\":\"poem\",\"id\":\"p\"}}"))
                        .item())
                .isInstanceOfSatisfying(
                        Item.Unknown.class, item -> assertThat(item.id()).contains("p"));
    }

    @Test
    void errorsOfGatewaysAreReadInEveryForm() {
        for (String form : List.of(
                "\"error\":{\"message\":\"no\",\"code\":401}",
                "\"error\":\"no\"",
                "\"message\":\"no\",\"code\":\"x\"")) {
            assertThat(server("{\"type\":\"error\"," + form + "}"))
                    .isInstanceOfSatisfying(
                            ServerEvent.ErrorReported.class,
                            event -> assertThat(event.error().message()).isEqualTo("no"));
        }
    }

    @Test
    void audioThatNeedsEscapingIsWrittenTheSlowWay() {
        ClientEvent odd = new ClientEvent.AudioAppend(Optional.of("é\""), new AudioPayload("AA\"\\"));
        assertThat(GA.decodeClient(GA.encode(odd))).isEqualTo(odd);
    }

    private static Response.Status status(String afterStatus) {
        return response(afterStatus).status();
    }

    private static Response response(String afterStatus) {
        return ((ServerEvent.ResponseDone) server(
                        "{\"type\":\"response.done\",\"response\":{\"id\":\"r\",\"status\":" + afterStatus + "}}"))
                .response();
    }

    private static ServerEvent server(String json) {
        return GA.decodeServer(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static ClientEvent client(String json) {
        return GA.decodeClient(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
