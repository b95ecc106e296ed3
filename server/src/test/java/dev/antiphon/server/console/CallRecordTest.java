package dev.antiphon.server.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.ObjectNode;

class CallRecordTest {
    private static final Instant AT = Instant.parse("2026-11-30T09:00:00Z");

    @Test
    void aCallThatMovedIsShownWithTierAndModelOfNow() {
        SessionId id = new SessionId("sess_1");
        CallRecord call = new CallRecord(id, AT);
        call.add(new SessionEvent.SessionStarted(id, AT, "book", "1", "mini", "gpt-realtime-mini"));
        call.add(new SessionEvent.TierChanged(id, AT, "mini", "full", Duration.ZERO, "gpt-realtime"));

        ObjectNode shown = call.toJson(false);
        assertThat(shown.path("tier").asString()).isEqualTo("full");
        assertThat(shown.path("model").asString()).isEqualTo("gpt-realtime");
    }
}
