package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

class ToolCatalogueTest {
    record Query(String name) {}

    record Chain(Chain next) {}

    private final Tool<Query, String> lookup = Tool.of("lookup", "Looks a name up.", Query.class, Query::name);

    @Test
    void toolsAreOfferedWithNameDescriptionAndSchema() {
        assertThat(ToolCatalogue.of(List.of(lookup)).functions())
                .singleElement()
                .satisfies(function -> {
                    assertThat(function.name()).isEqualTo("lookup");
                    assertThat(function.description()).isEqualTo("Looks a name up.");
                    assertThat(function.parameters().text()).contains("\"name\":{\"type\":\"string\"}");
                });
    }

    @Test
    void everythingWrongIsToldInOneError() {
        Tool<Chain, String> chain = Tool.of("chain", "Never ends.", Chain.class, input -> "x");
        assertThatThrownBy(() -> ToolCatalogue.of(List.of(lookup, lookup, chain)))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("tool 'lookup' is declared twice")
                .hasMessageContaining("tool 'chain': components must be records, strings, numbers");
    }

    @Test
    void aBadNameOrPolicyIsRefusedWithRuleAndValue() {
        assertThatThrownBy(() -> Tool.of("look up", "x", Query.class, Query::name))
                .hasMessageContaining("1 to 64 letters")
                .hasMessageContaining("'look up'");
        assertThatThrownBy(() -> Tool.of("lookup", " ", Query.class, Query::name))
                .hasMessageContaining("needs a description");
        assertThatThrownBy(() -> lookup.timeout(Duration.ZERO)).hasMessageContaining("positive");
        assertThatThrownBy(() -> lookup.bulkhead(0, 1)).hasMessageContaining("1 or more, but was 0");
        assertThatThrownBy(() -> lookup.bulkhead(1, -1)).hasMessageContaining("0 or more, but was -1");
    }

    @Test
    void policiesAreCopied() {
        assertThat(lookup.timeout(Duration.ofSeconds(2)).bulkhead(3, 4).policy())
                .isEqualTo(ToolPolicy.of(p -> p.timeout(Duration.ofSeconds(2)).bulkhead(3, 4)));
        assertThat(lookup.policy()).isEqualTo(ToolPolicy.defaults());
    }
}
