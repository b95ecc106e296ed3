package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.testkit.emulator.FaultFile.FaultProblem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class FaultFileTest {

    @Test
    void faultsAreReadFromYamlAndJson() {
        FaultFile yaml = FaultFile.parse("test", """
                        - fault: drop-after
                          events: 40
                          sessions: [1, 3]
                        - fault: late-transcription
                          by: 3s
                          model: gpt-realtime-mini
                        - {fault: break-after, events: 7, how: DEAD}
                        """, 1);

        assertThat(yaml.forSession(1, "gpt-realtime").faults())
                .containsExactly(new Fault.DropAfter(40), new Fault.BreakAfter(7, Breakdown.DEAD));
        assertThat(yaml.forSession(2, "gpt-realtime-mini-2025-12-15").faults())
                .containsExactly(
                        new Fault.LateTranscription(Duration.ofSeconds(3)), new Fault.BreakAfter(7, Breakdown.DEAD));
        assertThat(FaultFile.parse("test", "[{\"fault\":\"omit-usage\"}]", 1)
                        .forSession(9, "")
                        .faults())
                .containsExactly(new Fault.OmitUsage());
        assertThat(yaml).hasToString("break-after, drop-after, late-transcription");
    }

    @Test
    void aChanceIsDrawnBySeedAndSession() {
        String half = "[{\"fault\":\"never-answer\",\"chance\":0.5}]";
        FaultFile first = FaultFile.parse("test", half, 1);
        FaultFile again = FaultFile.parse("test", half, 1);

        long hit = IntStream.rangeClosed(1, 1_000)
                .filter(number -> !first.forSession(number, "").faults().isEmpty())
                .count();

        assertThat(hit).isBetween(430L, 570L);
        assertThat(IntStream.rangeClosed(1, 1_000).mapToObj(number -> first.forSession(number, "")))
                .containsExactlyElementsOf(IntStream.rangeClosed(1, 1_000)
                        .mapToObj(number -> again.forSession(number, ""))
                        .toList());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '^', textBlock = """
                    fault: drop-after                             | must be a list of faults
                    - {fault: explode}                            | entry 1: 'fault' must be one of
                    - {events: 3}                                 | but was ''
                    - {fault: drop-after}                         | (drop-after with events)
                    - {fault: drop-after, events: 3, evnts: 4}    | evnts
                    - {fault: drop-after, events: many}           | (drop-after with events)
                    - {fault: late-transcription, by: 3 hours}    | 'by' must be a time such as 700ms, 5s or 2m, but was "3 hours"
                    - {fault: drop-after, events: null}           | 'events' is missing; it must be a whole number
                    - {fault: drop-after, events: -1}             | events must be at least 0, but was -1
                    - {fault: break-after, events: 1, how: SLOW}  | 'how' must be one of
                    - {fault: delay, type: error, occurrence: 0, by: 1s} | occurrence must be at least 1, but was 0
                    - {fault: close-after, events: 1, code: 1006, reason: x} | code must be a code that a close frame may have
                    - {fault: refuse-upgrade, http-status: 200, body: x} | from 400 to 599, but was 200
                    - {fault: expire-after, lifetime: 0s}         | lifetime must be longer than zero
                    - {fault: omit-usage, chance: 2}              | 'chance' must be a number from 0 to 1, but was 2
                    - {fault: omit-usage, chance: "0.5"}          | 'chance' must be a number from 0 to 1, but was "0.5"
                    - {fault: omit-usage, chance: null}           | 'chance' must be a number from 0 to 1, but was null
                    - {fault: omit-usage, sessions: 1}            | 'sessions' must be a list of whole numbers from 1
                    - {fault: omit-usage, sessions: [0]}          | 'sessions' must be a list of whole numbers from 1
                    - {fault: omit-usage, sessions: [1.5]}        | 'sessions' must be a list of whole numbers from 1
                    - {fault: omit-usage, sessions: []}           | 'sessions' must be a list of whole numbers from 1, at least one, but was []
                    - {fault: omit-usage, sessions: null}         | 'sessions' must be a list of whole numbers from 1
                    - {fault: omit-usage, model: 4}               | 'model' must be a text, but was 4
                    - {fault: omit-usage, model: null}            | 'model' must be a text, but was null
                    - {fault: drop-after, events: 1, events: 2}   | line 1: Duplicate
                    - {fault: reorder, type: response.dnoe, occurrence: 1} | type must be a server event of the protocol, for example response.done, but was 'response.dnoe'
                    - {fault: close-at, type: response.create, occurrence: 1, code: 1000, reason: x} | but was 'response.create'
                    - [unfinished                                 | must be YAML or JSON
                    """)
    void whatBreaksARuleIsToldWithPlaceAndRule(String text, String message) {
        assertThatThrownBy(() -> FaultFile.parse("my.yaml", text, 1))
                .isInstanceOf(FaultProblem.class)
                .hasMessageContaining("my.yaml")
                .hasMessageContaining(message);
    }

    @Test
    void eventsMayBeNamedInEitherDialect() {
        assertThat(FaultFile.parse("test", "- {fault: reorder, type: response.text.delta, occurrence: 2}", 1)
                        .forSession(1, "")
                        .faults())
                .containsExactly(new Fault.Reorder("response.output_text.delta", 2));
    }

    @ParameterizedTest
    @CsvSource({"ga", "beta"})
    void everyServerEventOfTheProtocolIsKnown(String dialect) {
        SharedProtocol.file("schemas/realtime.event-index.json")
                .path(dialect)
                .path("server")
                .propertyNames()
                .forEach(type -> assertThat(EventTypes.gaName(type)).as(type).isPresent());
    }

    @Test
    void aMissingFileIsTold() {
        assertThatThrownBy(() -> FaultFile.read(Path.of("no", "such.yaml"), 1))
                .isInstanceOf(FaultProblem.class)
                .hasMessageContaining("such.yaml");
    }

    static Stream<String> sets() {
        return FaultFile.sets().stream();
    }

    @ParameterizedTest
    @MethodSource("sets")
    void theSetsOfTheKitCanBeRead(String name) {
        assertThat(FaultFile.named(name, 1)).isPresent();
        assertThat(FaultFile.named("no-such-set", 1)).isEmpty();
    }
}
