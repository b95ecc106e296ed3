package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import com.openai.core.ObjectMappers;
import com.openai.models.realtime.RealtimeServerEvent;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.wire.Dialect;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;
import tools.jackson.databind.JsonNode;

/** What every server frame must fulfil: the schema, the official client's validation, a unique event id, but for keys, whose events have none. */
final class FrameContract {
    private static final String KEY = "input_audio_buffer.dtmf_event_received";

    private final String dialect;
    private final Set<String> eventIds = new HashSet<>();

    /** {@code dialect} is {@code ga} or {@code beta}. */
    FrameContract(String dialect) {
        this.dialect = dialect;
    }

    /** Checks one frame and gives it parsed. */
    JsonNode check(String json) {
        JsonNode event = SharedProtocol.MAPPER.readTree(json);
        if (SharedProtocol.present()) {
            assertThat(SharedProtocol.violations(dialect, event)).as(json).isEmpty();
        }
        boolean hasNone = event.path("type").asString("").equals(KEY);
        assertThat(hasNone || eventIds.add(event.path("event_id").asString("")))
                .as("event id is unique in " + json)
                .isTrue();
        if (dialect.equals("ga")) {
            acceptedByOfficialClient(json);
        }
        readByOurDialect(json);
        return event;
    }

    /** Emulator and framework were written apart from each other: each checks the other. */
    private static void readByOurDialect(String json) {
        ServerEvent read = Dialect.ga().decodeServer(ByteBuffer.wrap(json.getBytes(StandardCharsets.UTF_8)));
        assertThat(read).as("our dialect reads " + json).isNotInstanceOf(ServerEvent.Unknown.class);
    }

    private static void acceptedByOfficialClient(String json) {
        try {
            ObjectMappers.jsonMapper()
                    .readValue(json, RealtimeServerEvent.class)
                    .validate();
        } catch (Exception refused) {
            throw new AssertionError("openai-java refuses " + json, refused);
        }
    }
}
