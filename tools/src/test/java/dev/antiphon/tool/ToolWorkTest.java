package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Tools that code calls instead of a model. */
class ToolWorkTest {
    private static final String SCHEMA = """
            {"type": "object", "required": ["day"],
             "properties": {"day": {"type": "string", "format": "date"}, "people": {"type": "integer", "maximum": 10}}}""";

    record Visit(LocalDate day, int people) {}

    record Receipt(String reference) {}

    private final List<String> keys = new ArrayList<>();
    private final List<String> arguments = new ArrayList<>();
    private final Tool<?, ?> book = new Tool<>(
            "book",
            "Books.",
            Tool.ofSchema("any", "Any.", SCHEMA, given -> given).input(),
            (given, context) -> {
                keys.add(context.idempotencyKey());
                arguments.add(given.toString());
                return Map.of("reference", "R1", "internal", 7);
            },
            ToolPolicy.defaults());
    private final Visit visit = new Visit(LocalDate.of(2026, 12, 1), 2);

    @Test
    void theValuesAreItsArgumentsAndItsJsonIsTheResult() throws Exception {
        ToolWork<Visit, Receipt> work = ToolWork.of(book, values -> values, Receipt.class);

        assertThat(work.run(visit, "key-1")).isEqualTo(new Receipt("R1"));
        assertThat(keys).containsExactly("key-1");
        assertThat(arguments).containsExactly("{\"day\":\"2026-12-01\",\"people\":2}");
    }

    @Test
    void withoutAKeyEachCallHasOneOfItsOwn() throws Exception {
        ToolWork<Visit, JsonNode> work = ToolWork.of(book, values -> Map.of("day", values.day()), JsonNode.class);

        assertThat(work.run(visit).path("internal").asInt()).isEqualTo(7);
        work.run(visit);
        assertThat(keys).hasSize(2).doesNotHaveDuplicates().noneMatch(String::isBlank);
    }

    @Test
    void whatTheSchemaForbidsIsNotCalled() {
        ToolWork<Visit, Receipt> work = ToolWork.of(book, values -> Map.of("people", 11), Receipt.class);

        assertThatThrownBy(() -> work.run(visit, "key"))
                .isInstanceOf(ToolFailure.class)
                .hasMessageContaining("'day'")
                .hasMessageContaining("'people' must be 10 or less, but was '11'");
        assertThat(arguments).isEmpty();
    }

    @Test
    void textIsTheResultAsItIsAndOtherJsonAsItIsWritten() throws Exception {
        assertThat(ToolWork.of(answering("Seven."), values -> Map.of(), String.class)
                        .run(visit))
                .isEqualTo("Seven.");
        assertThat(ToolWork.of(answering(Map.of("a", 1)), values -> Map.of(), String.class)
                        .run(visit))
                .isEqualTo("{\"a\":1}");
    }

    @Test
    void aResultThatSaysNoIsAFailureInItsWords() {
        assertThatThrownBy(() -> ToolWork.of(
                                answering(ToolResult.alternative("that day is taken", List.of())),
                                values -> Map.of(),
                                String.class)
                        .run(visit))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("that day is taken");
        assertThatThrownBy(() -> ToolWork.of(
                                answering(ToolResult.failed("we are closed")), values -> Map.of(), String.class)
                        .run(visit))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("we are closed");
    }

    @Test
    void anAnswerThatIsNoneOfTheResultTypeSaysSo() {
        ToolWork<Visit, Receipt> work = ToolWork.of(answering(List.of(1)), values -> Map.of(), Receipt.class);

        assertThatThrownBy(() -> work.run(visit, "key"))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the answer of tool 'answer' is no Receipt");
    }

    @Test
    void aSourceKnowsItsToolsByNameAndWhenTheyAreGone() throws Exception {
        AtomicReference<List<Tool<?, ?>>> tools = new AtomicReference<>(List.of(book));
        ToolSource source = new ToolSource() {
            @Override
            public List<Tool<?, ?>> tools() {
                return tools.get();
            }

            @Override
            public void close() {}
        };

        assertThatThrownBy(() -> source.work("bok", (Visit values) -> values, Receipt.class))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessageContaining("has no tool 'bok'; it has [book]");
        ToolWork<Visit, Receipt> work = source.work("book", (Visit values) -> values, Receipt.class);
        assertThat(work.run(visit, "key").reference()).isEqualTo("R1");
        tools.set(List.of());
        assertThatThrownBy(() -> work.run(visit, "key"))
                .isInstanceOf(ToolFailure.class)
                .hasMessage("the tool 'book' is not there any more; nothing was done");
    }

    private static Tool<?, ?> answering(Object answer) {
        return Tool.ofSchema("answer", "Answers.", "{\"type\":\"object\"}", arguments -> answer);
    }
}
