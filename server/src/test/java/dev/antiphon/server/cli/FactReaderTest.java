package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.model.Money;
import dev.antiphon.session.TurnTimeline.Part;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FactReaderTest {
    private final FactReader reader = new FactReader();

    @Test
    void readsTheLatencyPartsOfATurn() {
        assertThat(reader.read("""
                        {"type":"turn_answered","tier":"mini","total_ms":350,"tool":true,
                         "parts":{"model":300,"tool":40,"delivery":10}}
                        """))
                .hasValueSatisfying(fact -> assertThat(fact)
                        .isInstanceOfSatisfying(CallFact.Answered.class, answered -> {
                            assertThat(answered.timeline().parts())
                                    .isEqualTo(Map.of(
                                            Part.MODEL, Duration.ofMillis(300),
                                            Part.TOOL, Duration.ofMillis(40),
                                            Part.DELIVERY, Duration.ofMillis(10)));
                            assertThat(answered.timeline().total()).isEqualTo(Duration.ofMillis(350));
                        }));
    }

    @Test
    void aTierChangeCarriesTheReasonOfItsDecision() {
        assertThat(reader.read(
                        "{\"type\":\"tier_decided\",\"from\":\"mini\",\"to\":\"full\",\"reason\":\"3 no-matches\"}"))
                .isEmpty();
        assertThat(reader.read("{\"type\":\"tier_changed\",\"from\":\"mini\",\"to\":\"full\",\"gap_ms\":0}"))
                .contains(new CallFact.TierMoved("mini", "full", "3 no-matches"));
    }

    @Test
    void helpThatIsNoOtherModelIsToldWhenItIsDecided() {
        assertThat(
                        reader.read(
                                "{\"type\":\"tier_decided\",\"from\":\"mini\",\"rung\":\"effort high\",\"reason\":\"3 no-matches\"}"))
                .contains(new CallFact.Climbed("mini", "effort high", "3 no-matches"));
        assertThat(
                        reader.read(
                                "{\"type\":\"tier_decided\",\"from\":\"mini\",\"rung\":\"person\",\"reason\":\"6 no-matches\"}"))
                .contains(new CallFact.Climbed("mini", "person", "6 no-matches"));
        assertThat(reader.read("{\"type\":\"tier_decided\",\"from\":\"mini\",\"reason\":\"it stays\"}"))
                .isEmpty();
        StringWriter printed = new StringWriter();
        new CallPrinter(new PrintWriter(printed), new Ink(false), true)
                .fact(new CallFact.Climbed("mini", "effort high", "3 no-matches"));
        assertThat(printed.toString().strip()).isEqualTo("effort high, on tier mini: 3 no-matches");
    }

    @Test
    void whatWentWrongIsPrintedOnceAndNotAgainAsAReason() {
        StringWriter printed = new StringWriter();
        CallPrinter printer = new CallPrinter(new PrintWriter(printed), new Ink(false), false);
        String cause = "Could not reach openai at example.test: no TLS. Check the base URL.";
        String reason = "the model could not be reached: " + cause;
        printer.fact(new CallFact.Trouble("connection", cause));
        printer.fact(new CallFact.Trouble("error", reason));
        printer.fact(new CallFact.Trouble("error", "something else"));
        printer.end(new CallReport(
                "lines",
                Optional.empty(),
                "completed",
                false,
                "failed",
                reason,
                Duration.ofSeconds(1),
                List.of(),
                List.of()));
        assertThat(printed.toString())
                .containsOnlyOnce(cause)
                .contains("error: something else")
                .contains("outcome  failed (the model could not be reached): expected completed");
    }

    @Test
    void readsTheEnd() {
        assertThat(reader.read("""
                        {"type":"session_ended","tier":"full","outcome":{"name":"completed","reason":"reference ABC"},
                         "duration_ms":1500,"turns":7,"cost_usd":0.0123,
                         "transcription_cost_usd":0.0003,"cost_by_tier_usd":{"mini":0.002,"full":0.01},"unknown_usages":1}
                        """))
                .contains(new CallFact.Ended(
                        "completed",
                        "reference ABC",
                        "full",
                        Duration.ofMillis(1500),
                        7,
                        new CallFact.Spent(
                                Money.usd("0.0123"),
                                Money.usd("0.0003"),
                                Map.of("mini", Money.usd("0.002"), "full", Money.usd("0.01")),
                                1)));
    }

    @Test
    void passesOverWhatItDoesNotKnow() {
        assertThat(reader.read("{\"type\":\"invented_later\"}")).isEmpty();
    }

    @Test
    void saysThatAFeedIsNotJson() {
        assertThat(reader.read("<html>"))
                .hasValueSatisfying(fact -> assertThat(fact).isInstanceOf(CallFact.Trouble.class));
    }
}
