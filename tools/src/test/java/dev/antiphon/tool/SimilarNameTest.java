package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimilarNameTest {
    private static final List<String> NAMES = List.of("listTables", "bookTable", "get_time");

    @ParameterizedTest
    @CsvSource({
        "lisTables, listTables",
        "listtables, listTables",
        "bokoTable, bookTable",
        "get-time, get_time",
        "gettime, get_time"
    })
    void theNameThatIsNearestIsMeant(String given, String meant) {
        assertThat(SimilarName.to(given, NAMES)).contains(meant);
    }

    @Test
    void whatIsFarFromAllOfThemIsNone() {
        assertThat(SimilarName.to("weather", NAMES)).isEmpty();
        assertThat(SimilarName.to("x", NAMES)).isEmpty();
        assertThat(SimilarName.to("", NAMES)).isEmpty();
        assertThat(SimilarName.to("x", List.of())).isEmpty();
    }

    @Test
    void aNameThatIsThereNeedsNone() {
        assertThat(SimilarName.to("bookTable", NAMES)).isEmpty();
    }
}
