package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import tools.jackson.databind.json.JsonMapper;

/** Whatever the schema allows is read, and what was read is written whole: to read it again gives the same. */
class SchemaRoundTripTest {
    private static final int SAMPLES_PER_TYPE = 60;

    @TestFactory
    Stream<DynamicTest> whatAServerMaySendIsReadAndWrittenWhole() {
        return Stream.of(Spelling.values()).flatMap(spelling -> {
            Dialect dialect = new JsonDialect(spelling);
            SchemaCheck schema = new SchemaCheck(dialect);
            return each(dialect, "server", json -> {
                ServerEvent read = dialect.decodeServer(utf8(json));
                String written = text(dialect.encode(read));
                assertThat(comparable(dialect.decodeServer(utf8(written))))
                        .as(json)
                        .isEqualTo(comparable(read));
                assertThat(schema.problems("server", written))
                        .as(json + " as " + written)
                        .isEmpty();
                return !(read instanceof ServerEvent.Unknown);
            });
        });
    }

    @TestFactory
    Stream<DynamicTest> whatAClientMaySendIsReadAndWrittenWhole() {
        return Stream.of(Spelling.values()).flatMap(spelling -> {
            Dialect dialect = new JsonDialect(spelling);
            SchemaCheck schema = new SchemaCheck(dialect);
            return each(dialect, "client", json -> {
                ClientEvent read = dialect.decodeClient(utf8(json));
                String written = text(dialect.encode(read));
                assertThat(comparable(dialect.decodeClient(utf8(written))))
                        .as(json)
                        .isEqualTo(comparable(read));
                assertThat(schema.problems("client", written))
                        .as(json + " as " + written)
                        .isEmpty();
                return !(read instanceof ClientEvent.Unknown);
            });
        });
    }

    private interface Check {
        /** Whether the event was understood. */
        boolean passes(String json);
    }

    private static Stream<DynamicTest> each(Dialect dialect, String side, Check check) {
        Map<String, Arbitrary<String>> events = new SchemaEvents(dialect).events(side);
        return events.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .map(entry -> DynamicTest.dynamicTest(
                        dialect.name() + "/" + entry.getKey(),
                        () -> JqwikSession.run(() -> samples(entry.getValue(), check))));
    }

    private static void samples(Arbitrary<String> events, Check check) {
        long understood = events.sampleStream()
                .limit(SAMPLES_PER_TYPE)
                .filter(check::passes)
                .count();
        // The schema lets a function have no name; such an event is kept as it came.
        assertThat(understood).isGreaterThan(SAMPLES_PER_TYPE / 3);
    }

    /** What is kept as text may be spelled in another way; a session has all that is modelled beside its text. */
    private static Object comparable(ServerEvent event) {
        return switch (event) {
            case ServerEvent.SessionCreated e ->
                List.of(
                        e.eventId(),
                        e.session().id(),
                        e.session().expiresAt(),
                        e.session().config());
            case ServerEvent.SessionUpdated e ->
                List.of(
                        e.eventId(),
                        e.session().id(),
                        e.session().expiresAt(),
                        e.session().config());
            case ServerEvent.Unknown e -> JsonMapper.shared().readTree(e.raw().text());
            case ServerEvent other -> other;
        };
    }

    private static Object comparable(ClientEvent event) {
        return event instanceof ClientEvent.Unknown unknown
                ? JsonMapper.shared().readTree(unknown.raw().text())
                : event;
    }

    private static ByteBuffer utf8(String json) {
        return ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8));
    }

    private static String text(ByteBuffer utf8) {
        return StandardCharsets.UTF_8.decode(utf8).toString();
    }
}
