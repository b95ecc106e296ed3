package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The provider's own examples and the ordered traces decode, are understood, and are written back as the schema wants them. */
class DialectContractTest {

    @TestFactory
    Stream<DynamicTest> everyServerExampleIsUnderstood() {
        return Stream.of(
                        examples("ga/server", Spelling.GA),
                        examples("beta/server", Spelling.BETA),
                        examples("beta-2025-04/server", Spelling.BETA))
                .flatMap(s -> s)
                .map(example -> example.test(json -> {
                    ServerEvent event = example.dialect().decodeServer(utf8(json));
                    understood(event);
                    if (!isOfOtherDialect(example)) {
                        assertThat(text(example.dialect().encode(event))).contains("\"type\":\"" + typeOf(json));
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyClientExampleIsUnderstood() {
        return Stream.of(
                        examples("ga/client", Spelling.GA),
                        examples("beta/client", Spelling.BETA),
                        examples("beta-2025-04/client", Spelling.BETA))
                .flatMap(s -> s)
                .map(example ->
                        example.test(json -> understood(example.dialect().decodeClient(utf8(json)))));
    }

    @TestFactory
    Stream<DynamicTest> everyTraceIsUnderstoodAndWrittenBackAsTheSchemaWantsIt() {
        return Stream.of(Spelling.values())
                .flatMap(spelling -> SharedProtocol.files("examples/traces/" + name(spelling), ".jsonl").stream()
                        .map(file -> DynamicTest.dynamicTest(
                                name(spelling) + "/" + file.getFileName(), () -> trace(spelling, file))));
    }

    @TestFactory
    Stream<DynamicTest> translationSessionsAreNotModelledAndSurvived() {
        return Stream.concat(
                examples("translation/server", Spelling.GA)
                        .filter(example ->
                                !example.file().getFileName().toString().startsWith("session.created"))
                        .filter(example ->
                                !example.file().getFileName().toString().startsWith("session.updated"))
                        .map(example -> example.test(
                                json -> assertThat(example.dialect().decodeServer(utf8(json)))
                                        .isInstanceOf(ServerEvent.Unknown.class))),
                examples("translation/client", Spelling.GA)
                        .filter(example ->
                                !example.file().getFileName().toString().startsWith("session.update"))
                        .map(example -> example.test(
                                json -> assertThat(example.dialect().decodeClient(utf8(json)))
                                        .isInstanceOf(ClientEvent.Unknown.class))));
    }

    @ParameterizedTest
    @EnumSource(Spelling.class)
    void aServersDialectIsToldFromItsFirstEvent(Spelling spelling) {
        Path trace = SharedProtocol.path("examples/traces/" + name(spelling) + "/text-turn.jsonl");
        JsonNode first = JsonMapper.shared()
                .readTree(SharedProtocol.text(trace).lines().findFirst().orElseThrow())
                .get("event");
        for (Dialect reader : new Dialect[] {Dialect.ga(), Dialect.beta()}) {
            ServerEvent.SessionCreated created =
                    (ServerEvent.SessionCreated) reader.decodeServer(utf8(first.toString()));
            assertThat(Dialect.of(created.session()).name()).isEqualTo(name(spelling));
        }
    }

    private static void trace(Spelling spelling, Path file) {
        Dialect dialect = new JsonDialect(spelling);
        SchemaCheck schema = new SchemaCheck(dialect);
        SharedProtocol.text(file).lines().forEach(line -> {
            JsonNode entry = JsonMapper.shared().readTree(line);
            JsonNode event = entry.get("event");
            if (event == null || entry.path("invalid").booleanValue(false)) {
                return;
            }
            boolean server = entry.get("from").stringValue().equals("server");
            ByteBuffer written = server
                    ? dialect.encode(understood(dialect.decodeServer(utf8(event.toString()))))
                    : dialect.encode(understood(dialect.decodeClient(utf8(event.toString()))));
            assertThat(schema.problems(server ? "server" : "client", text(written)))
                    .as(line)
                    .isEmpty();
        });
    }

    private static ServerEvent understood(ServerEvent event) {
        assertThat(event).isNotInstanceOf(ServerEvent.Unknown.class);
        if (event instanceof ServerEvent.ItemAdded added) {
            assertThat(added.item()).isNotInstanceOf(Item.Unknown.class);
        }
        return event;
    }

    private static ClientEvent understood(ClientEvent event) {
        assertThat(event).isNotInstanceOf(ClientEvent.Unknown.class);
        if (event instanceof ClientEvent.ItemCreate create) {
            assertThat(create.item()).isNotInstanceOf(Item.Unknown.class);
        }
        return event;
    }

    /** GA writes the older names of two events by their newer ones. */
    private static boolean isOfOtherDialect(Example example) {
        String name = example.file().getFileName().toString();
        return example.spelling() == Spelling.GA
                && (name.startsWith("conversation.item.created") || name.startsWith("transcription_session"));
    }

    private record Example(Path file, Spelling spelling) {
        Dialect dialect() {
            return new JsonDialect(spelling);
        }

        DynamicTest test(Consumer<String> check) {
            return DynamicTest.dynamicTest(
                    name(spelling) + "/" + file.getFileName(), () -> check.accept(SharedProtocol.text(file)));
        }
    }

    private static Stream<Example> examples(String folder, Spelling spelling) {
        return SharedProtocol.files("examples/" + folder, ".json").stream().map(file -> new Example(file, spelling));
    }

    private static String name(Spelling spelling) {
        return new JsonDialect(spelling).name();
    }

    private static String typeOf(String json) {
        return JsonMapper.shared().readTree(json).get("type").stringValue();
    }

    private static ByteBuffer utf8(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
