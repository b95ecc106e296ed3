package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class AllowedToolsTest {
    @Test
    void namesAreExactAndStarsStandForAnything() {
        AllowedTools allowed = AllowedTools.of("search", "get_*", "*.list");
        assertThat(List.of("search", "get_", "get_table", "a.list")).allMatch(allowed::allows);
        assertThat(List.of("search2", "research", "forget_", "alist", "Search", ""))
                .noneMatch(allowed::allows);
    }

    @Test
    void whatIsNotThereIsNamedWithWhatIs() {
        assertThatThrownBy(() -> AllowedTools.of("book", "get_*", "drop*").check("the desk", List.of("search", "book")))
                .isInstanceOf(UnusableToolSource.class)
                .hasMessage(
                        "the desk has no tool named 'get_*', 'drop*'; it has 'book', 'search'; correct the allow list");
        assertThatThrownBy(() -> AllowedTools.of("*").check("the desk", List.of()))
                .hasMessageContaining("it has none at all");
        AllowedTools.of("b*").check("the desk", List.of("book"));
    }

    @Test
    void anEmptyListOrABlankNameIsRefused() {
        assertThatThrownBy(AllowedTools::of).hasMessageContaining("needs names or patterns");
        assertThatThrownBy(() -> AllowedTools.of("a", " ")).hasMessageContaining("none of them blank");
    }

    @Test
    void aSecretIsNeverPrinted() {
        Secret secret = Secret.of("canary-1");
        assertThat(secret).hasToString("***");
        assertThat(List.of(secret)).hasToString("[***]");
        assertThat(secret.scrubbedFrom("it was canary-1, twice canary-1")).isEqualTo("it was ***, twice ***");
        assertThat(secret.reveal()).isEqualTo("canary-1");
        assertThatThrownBy(() -> Secret.of(" ")).isInstanceOf(UnusableToolSource.class);
    }
}
