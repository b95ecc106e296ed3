package dev.antiphon.aftercall;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.session.Outcome;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** A packet and a letter as JSON. */
class EndedCallJsonTest {

    static List<Outcome> outcomes() {
        return List.of(
                new Outcome.Completed("visit", "4711"),
                new Outcome.HandedOver("front desk", "the caller asked"),
                new Outcome.Abandoned("hung up"),
                new Outcome.Failed("the model was silent"));
    }

    @ParameterizedTest
    @MethodSource("outcomes")
    void aPacketIsReadAsItWasWritten(Outcome outcome) {
        EndedCall call = Packets.of("sess_1", outcome);
        String written = EndedCallJson.of(call).toString();
        EndedCall read = EndedCallJson.read(EndedCallJson.MAPPER.readTree(written));
        assertThat(read).isEqualTo(call);
        assertThat(EndedCallJson.of(read)).hasToString(written);
    }

    @Test
    void aPacketSaysWhatACustomerFileNeeds() {
        JsonNode json = EndedCallJson.of(Packets.of("sess_1").withoutTranscript());
        assertThat(json.path("call").asString()).isEqualTo("sess_1");
        assertThat(json.path("caller").asString()).isEqualTo("+4930123");
        assertThat(json.has("telephone_call")).isFalse();
        assertThat(json.path("flows").toString()).isEqualTo("[\"visit\"]");
        assertThat(json.at("/outcome/name").asString()).isEqualTo("completed");
        assertThat(json.at("/outcome/flow").asString()).isEqualTo("visit");
        assertThat(json.at("/values/0/value").asString()).isEqualTo("Friday");
        assertThat(json.at("/values/1/value").asString()).isEqualTo("•••");
        assertThat(json.at("/done/0").asString()).isEqualTo("book: 4711");
        assertThat(json.at("/effects/0/outcome").asString()).isEqualTo("ok");
        assertThat(json.at("/effects/0/took_ms").asInt()).isEqualTo(120);
        assertThat(json.at("/handovers/0/result").asString()).isEqualTo("busy");
        assertThat(json.at("/tiers/1/model").asString()).isEqualTo("large");
        assertThat(json.path("began_at").asString()).isEqualTo("2026-11-20T10:00:00.000123Z");
        assertThat(json.path("duration_ms").asInt()).isEqualTo(150_000);
        assertThat(json.at("/cost/total_usd").asDouble()).isEqualTo(0.212301);
        assertThat(json.at("/cost/unknown_usages").asInt()).isEqualTo(1);
        assertThat(json.has("transcript")).isFalse();
        assertThat(json.toString()).doesNotContain(Packets.WORDS);
    }

    @Test
    void aLetterIsReadAsItWasWritten() {
        Letter letter = new Letter(
                "crm",
                Packets.of("sess_1"),
                Letter.State.DEAD,
                12,
                Optional.of("{\"text\":\"well\"}"),
                "crm answered with status 500",
                Instant.parse("2026-11-20T11:00:00Z"));
        assertThat(LetterJson.read(LetterJson.whole(letter).toString().getBytes(StandardCharsets.UTF_8)))
                .contains(letter);
        assertThat(LetterJson.summary(letter).toString()).doesNotContain(Packets.WORDS, "+4930123", "well");
        assertThat(letter + " " + letter.call()).doesNotContain(Packets.WORDS, "+4930123");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "{}", "{\"state\":\"dead\",\"since\":\"yesterday\"}", "\u0000"})
    void whatIsNoLetterIsNone(String text) {
        assertThat(LetterJson.read(text.getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
