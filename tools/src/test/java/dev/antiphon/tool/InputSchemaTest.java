package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class InputSchemaTest {
    enum Kind {
        CHECKUP,
        @JsonProperty("root-canal")
        ROOT_CANAL
    }

    record Person(String name, Optional<String> phone) {}

    record Query(
            @JsonPropertyDescription("the day wished for") LocalDate date,
            LocalTime time,
            Kind kind,
            int people,
            Person patient,
            List<String> tags,
            Optional<LocalTime> latest,
            OptionalInt minutes) {}

    record Nothing() {}

    record Chain(String name, Chain next) {}

    private final JsonNode schema = read(Query.class);

    private static JsonNode read(Class<? extends Record> input) {
        return JsonMapper.shared().readTree(InputSchema.of(input).text());
    }

    @Test
    void everyComponentIsAPropertyInDeclaredOrderAndNothingElseIsAllowed() {
        assertThat(schema.get("type").asString()).isEqualTo("object");
        assertThat(schema.get("properties").propertyNames())
                .containsExactly("date", "time", "kind", "people", "patient", "tags", "latest", "minutes");
        assertThat(schema.get("additionalProperties").asBoolean()).isFalse();
        assertThat(schema.has("$schema")).isFalse();
        assertThat(schema.has("$defs")).isFalse();
    }

    @Test
    void everythingButOptionalComponentsIsRequired() {
        assertThat(schema.get("required").valueStream().map(JsonNode::asString))
                .containsExactly("date", "time", "kind", "people", "patient", "tags");
    }

    @Test
    void datesTimesEnumsListsAndNestedRecordsKeepTheirMeaning() {
        JsonNode properties = schema.get("properties");
        assertThat(properties.get("date").toString())
                .isEqualTo("{\"type\":\"string\",\"format\":\"date\",\"description\":\"the day wished for\"}");
        assertThat(properties.get("time").toString()).isEqualTo("{\"type\":\"string\",\"format\":\"time\"}");
        assertThat(properties.get("kind").toString())
                .isEqualTo("{\"type\":\"string\",\"enum\":[\"CHECKUP\",\"root-canal\"]}");
        assertThat(properties.get("people").toString()).isEqualTo("{\"type\":\"integer\"}");
        assertThat(properties.get("tags").toString()).isEqualTo("{\"type\":\"array\",\"items\":{\"type\":\"string\"}}");
        assertThat(properties.get("latest").toString()).isEqualTo("{\"type\":\"string\",\"format\":\"time\"}");
        assertThat(properties.get("minutes").toString()).isEqualTo("{\"type\":\"integer\"}");
    }

    @Test
    void nestedRecordsAreInlineAndAsStrict() {
        JsonNode patient = schema.get("properties").get("patient");
        assertThat(patient.get("additionalProperties").asBoolean()).isFalse();
        assertThat(patient.get("required").toString()).isEqualTo("[\"name\"]");
        assertThat(patient.get("properties").get("phone").toString()).isEqualTo("{\"type\":\"string\"}");
    }

    @Test
    void aRecordWithoutComponentsIsAnEmptyObject() {
        assertThat(read(Nothing.class).toString())
                .isEqualTo("{\"type\":\"object\",\"additionalProperties\":false,\"properties\":{}}");
    }

    @Test
    void aRecordThatContainsItselfIsRefusedWithItsMemberAndNoWordsOfALibrary() {
        record Node(String name, List<Node> children) {}

        assertThatThrownBy(() -> InputSchema.of(Chain.class))
                .isInstanceOf(UnusableTool.class)
                .hasMessage(
                        "components must be records, strings, numbers, enums, local dates and times, lists or maps, but"
                                + " 'next' is a Chain inside a Chain (records must not contain themselves)");
        assertThatThrownBy(() -> InputSchema.of(Node.class))
                .hasMessageContaining("'children' is a Node inside a Node (records must not contain themselves)");
    }

    @Test
    void aTypeThatNoCallCouldFillIsRefusedAtTheStart() {
        record Odd(
                Instant at,
                Optional<OffsetDateTime> until,
                List<Locale> languages,
                Inner inner,
                LocalDate day,
                Map<String, Integer> counts) {}

        assertThatThrownBy(() -> InputSchema.of(Odd.class))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("'at' is a Instant, 'until' is a OffsetDateTime, 'languages' is a Locale,"
                        + " 'inner.shape' is a Shape")
                .hasMessageNotContaining("day")
                .hasMessageNotContaining("counts");
    }

    sealed interface Shape permits Round {}

    record Round(int radius) implements Shape {}

    record Inner(Shape shape, UUID id) {}
}
