package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.session.ToolOutcome;
import java.time.LocalTime;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolResultTest {
    record Query(int hour) {}

    private final Tool<Query, ToolResult<LocalTime>> book =
            Tool.of("book", "Books.", Query.class, query -> switch (query.hour()) {
                case 18 -> ToolResult.ok(LocalTime.of(18, 0));
                case 19 -> ToolResult.alternative("7 pm is taken", List.of(LocalTime.of(18, 0), LocalTime.of(20, 0)));
                case 20 -> ToolResult.alternative("8 pm is taken", List.of());
                default -> ToolResult.failed("we are closed at that hour; ask for another one");
            });

    private ToolOutcome at(int hour) {
        return new OfferedTool<>(book)
                .call("{\"hour\":" + hour + "}", Bench.CONTEXT)
                .outcome();
    }

    @Test
    void whatWorkedIsTheValueItself() {
        assertThat(at(18)).isEqualTo(new ToolOutcome.Ok("\"18:00:00\""));
    }

    @Test
    void anAlternativeIsTheNextThingToDo() {
        assertThat(at(19))
                .isEqualTo(
                        new ToolOutcome.Ok(
                                "{\"not_possible\":\"7 pm is taken\",\"offer_instead\":[\"18:00:00\","
                                        + "\"20:00:00\"],\"next\":\"say that this is not possible and offer these; nothing was done\"}"));
    }

    @Test
    void withoutAnythingToOfferTheModelAsks() {
        assertThat(at(20))
                .isEqualTo(new ToolOutcome.Ok("{\"not_possible\":\"8 pm is taken\",\"next\":\"say that this is not"
                        + " possible and ask for something else; nothing was done\"}"));
    }

    @Test
    void aFailureHasTheWordsForTheModel() {
        assertThat(at(23))
                .isInstanceOfSatisfying(
                        ToolOutcome.Failed.class,
                        failed -> assertThat(failed.message())
                                .isEqualTo("we are closed at that hour; ask for another one"));
    }

    @Test
    void emptyWordsAreRefused() {
        assertThatThrownBy(() -> ToolResult.failed(" ")).hasMessageContaining("needs words");
        assertThatThrownBy(() -> ToolResult.alternative("", List.of())).hasMessageContaining("needs a reason");
    }
}
