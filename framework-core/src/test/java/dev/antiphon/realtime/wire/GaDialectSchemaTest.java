package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;

/** What we write is what the provider's schema wants, for random events of every type. */
class GaDialectSchemaTest {
    private static final int SAMPLES_PER_TYPE = 80;

    private final Dialect ga = Dialect.ga();
    private final SchemaCheck schema = new SchemaCheck();

    @Test
    void everyClientEventIsAsTheSchemaWantsIt() {
        each(EventArbitraries.client(), event -> check("client", ga.encode((ClientEvent) event)));
    }

    @Test
    void everyServerEventIsAsTheSchemaWantsIt() {
        each(EventArbitraries.server(), event -> check("server", ga.encode((ServerEvent) event)));
    }

    @Test
    void theCheckItselfFindsWhatIsWrong() {
        assertThat(schema.problems("client", "{\"type\":\"input_audio_buffer.append\"}"))
                .isNotEmpty();
        assertThat(schema.problems("server", "{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":7}"))
                .isNotEmpty();
    }

    @Test
    void everyModelledEventTypeHasAnArbitrary() {
        assertThat(EventArbitraries.client()).hasSize(ClientEvent.class.getPermittedSubclasses().length - 1);
        long parts = ServerEvent.ResponsePart.class.getPermittedSubclasses().length;
        // The response parts stand for themselves, not for their common type; Unknown stands for none.
        assertThat(EventArbitraries.server())
                .hasSize((int) (ServerEvent.class.getPermittedSubclasses().length - 2 + parts));
    }

    private void check(String side, ByteBuffer utf8) {
        String json = StandardCharsets.UTF_8.decode(utf8).toString();
        assertThat(schema.problems(side, json)).as(json).isEmpty();
    }

    private static void each(List<? extends Arbitrary<?>> types, Consumer<Object> check) {
        JqwikSession.run(() -> types.forEach(
                events -> events.sampleStream().limit(SAMPLES_PER_TYPE).forEach(check)));
    }
}
