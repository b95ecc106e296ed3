package dev.antiphon.realtime.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.ServerEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.sessions.JqwikSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What we write is what the provider's schema wants, for random events of every type. */
class DialectSchemaTest {
    private static final int SAMPLES_PER_TYPE = 80;

    @ParameterizedTest
    @EnumSource(Spelling.class)
    void everyClientEventIsAsTheSchemaWantsIt(Spelling spelling) {
        Dialect dialect = new JsonDialect(spelling);
        SchemaCheck schema = new SchemaCheck(dialect);
        each(EventArbitraries.client(spelling), event -> check(schema, "client", dialect.encode((ClientEvent) event)));
    }

    @ParameterizedTest
    @EnumSource(Spelling.class)
    void everyServerEventIsAsTheSchemaWantsIt(Spelling spelling) {
        Dialect dialect = new JsonDialect(spelling);
        SchemaCheck schema = new SchemaCheck(dialect);
        each(EventArbitraries.server(spelling), event -> {
            if (dialect.has((ServerEvent) event)) {
                check(schema, "server", dialect.encode((ServerEvent) event));
            }
        });
    }

    @Test
    void whatADialectHasNotIsNotWritten() {
        ServerEvent done = new ServerEvent.ItemDone("e", Optional.empty(), Item.Message.user("hi"));
        assertThat(Dialect.ga().has(done)).isTrue();
        assertThatThrownBy(() -> Dialect.beta().encode(done))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("no ItemDone");
    }

    @ParameterizedTest
    @EnumSource(Spelling.class)
    void theCheckItselfFindsWhatIsWrong(Spelling spelling) {
        SchemaCheck schema = new SchemaCheck(new JsonDialect(spelling));
        assertThat(schema.problems("client", "{\"type\":\"input_audio_buffer.append\"}"))
                .isNotEmpty();
        assertThat(schema.problems("server", "{\"type\":\"response.done\",\"event_id\":\"e\",\"response\":7}"))
                .isNotEmpty();
    }

    @Test
    void everyModelledEventTypeHasAnArbitrary() {
        assertThat(EventArbitraries.client(Spelling.GA)).hasSize(ClientEvent.class.getPermittedSubclasses().length - 1);
        long parts = ServerEvent.ResponsePart.class.getPermittedSubclasses().length;
        // The response parts stand for themselves, not for their common type; Unknown stands for none.
        assertThat(EventArbitraries.server(Spelling.GA))
                .hasSize((int) (ServerEvent.class.getPermittedSubclasses().length - 2 + parts));
    }

    private static void check(SchemaCheck schema, String side, ByteBuffer utf8) {
        String json = StandardCharsets.UTF_8.decode(utf8).toString();
        assertThat(schema.problems(side, json)).as(json).isEmpty();
    }

    private static void each(List<? extends Arbitrary<?>> types, Consumer<Object> check) {
        JqwikSession.run(() -> types.forEach(
                events -> events.sampleStream().limit(SAMPLES_PER_TYPE).forEach(check)));
    }
}
