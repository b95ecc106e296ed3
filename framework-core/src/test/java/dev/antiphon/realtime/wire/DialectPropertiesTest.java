package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.RawJson;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.SessionInfo;
import dev.antiphon.realtime.Usage;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

class DialectPropertiesTest {
    private static final Dialect GA = Dialect.ga();
    private static final Dialect BETA = Dialect.beta();

    @Property(tries = 1500)
    void whatAClientWritesIsReadAsItWas(@ForAll("clientEvents") ClientEvent event) {
        assertThat(GA.decodeClient(GA.encode(event))).isEqualTo(event);
    }

    @Property(tries = 1500)
    void whatABetaClientWritesIsReadAsItWas(@ForAll("betaClientEvents") ClientEvent event) {
        assertThat(BETA.decodeClient(BETA.encode(event))).isEqualTo(event);
    }

    @Property(tries = 3000)
    void whatAServerWritesIsReadAsItWas(@ForAll("serverEvents") ServerEvent event) {
        assertThat(withoutRaw(GA.decodeServer(GA.encode(event)))).isEqualTo(event);
    }

    /** And by either dialect: what servers send is understood in both spellings. */
    @Property(tries = 3000)
    void whatABetaServerWritesIsReadAsItWas(@ForAll("betaServerEvents") ServerEvent event) {
        assertThat(withoutRaw(BETA.decodeServer(BETA.encode(event)))).isEqualTo(event);
        assertThat(withoutRaw(GA.decodeServer(BETA.encode(event)))).isEqualTo(event);
    }

    @Property(tries = 3000)
    void garbageOnlyEverThrowsMalformedFrame(@ForAll byte[] bytes) {
        neverThrowsAnythingElse(ByteBuffer.wrap(bytes));
    }

    @Property(tries = 5000)
    void mutatedEventsOnlyEverThrowMalformedFrame(@ForAll("mutated") byte[] bytes) {
        neverThrowsAnythingElse(ByteBuffer.wrap(bytes));
    }

    @Property(tries = 3000)
    void anyJsonValueInAnyFieldIsSurvived(@ForAll("withForeignValues") String json) {
        ByteBuffer utf8 = utf8(json);
        assertThatCode(() -> GA.decodeServer(utf8.duplicate())).doesNotThrowAnyException();
        assertThatCode(() -> GA.decodeClient(utf8.duplicate())).doesNotThrowAnyException();
        assertThatCode(() -> BETA.decodeClient(utf8.duplicate())).doesNotThrowAnyException();
        assertThatCode(() -> GA.encode(GA.decodeServer(utf8.duplicate()))).doesNotThrowAnyException();
        assertThatCode(() -> Optional.of(BETA.decodeServer(utf8.duplicate()))
                        .filter(BETA::has)
                        .ifPresent(BETA::encode))
                .doesNotThrowAnyException();
    }

    @Property(tries = 500)
    void whatIsCachedIsPartOfWhatWasRead(@ForAll("usages") String usage) {
        ServerEvent event = GA.decodeServer(
                utf8("{\"type\":\"response.done\",\"response\":{\"id\":\"r\",\"usage\":" + usage + "}}"));
        Usage read = ((ServerEvent.ResponseDone) event).response().usage().orElseThrow();
        assertThat(read.cachedTextTokens()).isBetween(0, read.inputTextTokens());
        assertThat(read.cachedAudioTokens()).isBetween(0, read.inputAudioTokens());
        assertThat(read.cachedImageTokens()).isBetween(0, read.inputImageTokens());
    }

    @Provide
    Arbitrary<String> usages() {
        Arbitrary<String> number = Arbitraries.of("null", "0", "7", "20", "150", "-3", "1e99", "2147483647", "\"x\"");
        Arbitrary<String> modalities = members(List.of("text_tokens", "audio_tokens", "image_tokens"), number);
        Arbitrary<String> details = Combinators.combine(
                        members(List.of("text_tokens", "audio_tokens", "image_tokens", "cached_tokens"), number),
                        modalities.injectNull(0.3))
                .as((own, cached) -> "{" + own + ",\"cached_tokens_details\":"
                        + (cached == null ? "null" : "{" + cached + "}") + "}");
        return Combinators.combine(number, details)
                .as((total, input) -> "{\"input_tokens\":" + total + ",\"input_token_details\":" + input + "}");
    }

    private static Arbitrary<String> members(List<String> names, Arbitrary<String> value) {
        return value.list()
                .ofSize(names.size())
                .map(values -> IntStream.range(0, names.size())
                        .mapToObj(i -> "\"" + names.get(i) + "\":" + values.get(i))
                        .collect(Collectors.joining(",")));
    }

    @Provide
    Arbitrary<ClientEvent> clientEvents() {
        return client(Spelling.GA);
    }

    @Provide
    Arbitrary<ClientEvent> betaClientEvents() {
        return client(Spelling.BETA);
    }

    @Provide
    Arbitrary<ServerEvent> serverEvents() {
        return server(Spelling.GA);
    }

    @Provide
    Arbitrary<ServerEvent> betaServerEvents() {
        return server(Spelling.BETA).filter(BETA::has);
    }

    private static Arbitrary<ClientEvent> client(Spelling spelling) {
        return Arbitraries.oneOf(EventArbitraries.client(spelling).stream()
                .map(a -> a.map(ClientEvent.class::cast))
                .toList());
    }

    private static Arbitrary<ServerEvent> server(Spelling spelling) {
        return Arbitraries.oneOf(EventArbitraries.server(spelling).stream()
                .map(a -> a.map(ServerEvent.class::cast))
                .toList());
    }

    @Provide
    Arbitrary<byte[]> mutated() {
        Arbitrary<byte[]> written = Arbitraries.oneOf(
                clientEvents().map(e -> bytes(GA.encode(e))),
                betaClientEvents().map(e -> bytes(BETA.encode(e))),
                serverEvents().map(e -> bytes(GA.encode(e))),
                betaServerEvents().map(e -> bytes(BETA.encode(e))));
        return Combinators.combine(
                        written,
                        Arbitraries.integers().between(0, 5000),
                        Arbitraries.bytes(),
                        Arbitraries.integers().between(0, 2))
                .as((bytes, at, value, kind) -> mutate(bytes, at % bytes.length, value, kind));
    }

    @Provide
    Arbitrary<String> withForeignValues() {
        Arbitrary<String> type = Arbitraries.oneOf(
                clientEvents().map(e -> typeOf(GA.encode(e))),
                serverEvents().map(e -> typeOf(GA.encode(e))),
                betaServerEvents().map(e -> typeOf(BETA.encode(e))));
        Arbitrary<String> value = Arbitraries.of(
                "null",
                "true",
                "1e999999999",
                "-1",
                "1.5",
                "\"\"",
                "\"x\"",
                "[]",
                "[null,1,{}]",
                "{}",
                "{\"type\":7}",
                "{\"id\":\"i\",\"type\":\"message\",\"role\":\"user\",\"content\":[3,{\"type\":null}]}",
                "{\"id\":\"r\",\"status\":\"failed\",\"status_details\":\"turn_detected\",\"usage\":{\"input_tokens\":-4}}");
        Arbitrary<String> field = Arbitraries.of(
                "event_id",
                "item",
                "item_id",
                "response",
                "response_id",
                "session",
                "delta",
                "audio",
                "part",
                "error",
                "rate_limits",
                "audio_start_ms",
                "audio_end_ms",
                "content_index",
                "output_index",
                "call_id",
                "name",
                "arguments",
                "transcript",
                "text",
                "previous_item_id");
        Arbitrary<String> member = Combinators.combine(field, value).as((f, v) -> "\"" + f + "\":" + v);
        return Combinators.combine(type, member.list().ofMaxSize(6))
                .as((t, members) -> "{\"type\":\"" + t + "\""
                        + members.stream().map(m -> "," + m).reduce("", String::concat) + "}");
    }

    private static byte[] mutate(byte[] bytes, int at, byte value, int kind) {
        return switch (kind) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> {
                byte[] changed = bytes.clone();
                changed[at] = value;
                yield changed;
            }
            default -> {
                byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
                System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
                longer[at] = value;
                yield longer;
            }
        };
    }

    private static void neverThrowsAnythingElse(ByteBuffer utf8) {
        List<Runnable> readers = Stream.<Runnable>of(
                        () -> GA.decodeServer(utf8.duplicate()),
                        () -> GA.decodeClient(utf8.duplicate()),
                        () -> BETA.decodeClient(utf8.duplicate()))
                .toList();
        for (Runnable reader : readers) {
            try {
                reader.run();
            } catch (MalformedFrame expected) {
                assertThat(expected).hasMessageStartingWith("a frame must be one JSON object with a string 'type'");
            }
        }
    }

    /** A session is read together with its whole text; without it the parts must be the same. */
    private static ServerEvent withoutRaw(ServerEvent event) {
        return switch (event) {
            case ServerEvent.SessionCreated e -> new ServerEvent.SessionCreated(e.eventId(), withoutRaw(e.session()));
            case ServerEvent.SessionUpdated e -> new ServerEvent.SessionUpdated(e.eventId(), withoutRaw(e.session()));
            case ServerEvent other -> other;
        };
    }

    private static SessionInfo withoutRaw(SessionInfo info) {
        return new SessionInfo(info.id(), info.expiresAt(), info.config(), RawJson.EMPTY_OBJECT);
    }

    private static String typeOf(ByteBuffer utf8) {
        return text(utf8).replaceFirst("(?s)^\\{\"type\":\"([^\"]*)\".*$", "$1");
    }

    private static byte[] bytes(ByteBuffer utf8) {
        byte[] bytes = new byte[utf8.remaining()];
        utf8.get(bytes);
        return bytes;
    }

    private static ByteBuffer utf8(String text) {
        return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8.duplicate()).toString();
    }
}
