package dev.antiphon.benchmarks.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class StatisticsVectorsTest {
    private static final Path VECTORS =
            Path.of(System.getProperty("antiphon.shared", "../shared"), "bench", "statistics", "vectors.json");

    @TempDir
    private Path folder = Path.of("");

    static Stream<VectorFile.Section> shipped() {
        return VectorFile.read(VECTORS).sections().stream()
                .filter(section -> Sections.named(section.name()).isPresent());
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void ourFormulaAgreesWithTheFigures(VectorFile.Section section) {
        SectionResult result = section.check();
        assertThat(result.wrong()).isEmpty();
        assertThat(result.compared()).isGreaterThanOrEqualTo(result.vectors());
    }

    @Test
    void theFormulasOfReportsAndRouterAreAllAmongThem() {
        assertThat(shipped().map(VectorFile.Section::name))
                .contains(
                        "bucketing.hash",
                        "bucketing.bucketRanges",
                        "srm.sequential",
                        "test.welch",
                        "test.sequential.domain",
                        "test.sequential.oneSided",
                        "confseq.bernoulli",
                        "multiple.adjusted",
                        "power.planning",
                        "change.shiryaevRoberts",
                        "change.sprt.path");
    }

    @Test
    void aFigureThatDoesNotAgreeIsNamedWithBothValues() throws IOException {
        SectionResult result = only("""
                {"power.planning": {"tolerance": 1e-6, "cases": [
                  {"p1": 0.85, "p2": 0.9, "alpha": 0.05, "power": 0.8, "nPerArm": 700.5}]}}""");
        assertThat(result.agrees()).isFalse();
        assertThat(result.wrong())
                .singleElement()
                .asString()
                .startsWith("vector 1: 700.5 was expected, but was 685.596858");
    }

    @Test
    void aFigureOfFewerDecimalsThanTheToleranceIsMatchedByRounding() throws IOException {
        String vector = """
                {"power.planning": {"tolerance": 1e-9, "cases": [
                  {"p1": 0.85, "p2": 0.9, "alpha": 0.05, "power": 0.8, "nPerArm": %s}]}}""";
        assertThat(only(vector.formatted("685.59686")).agrees()).isTrue();
        assertThat(only(vector.formatted("685.59687")).agrees()).isFalse();
        assertThat(only(vector.formatted("685.6")).agrees()).isFalse();
    }

    @Test
    void aSectionThatCannotBeComputedIsWrongAndOthersGoOn() throws IOException {
        List<SectionResult> results =
                read("""
                {"change.sprt.path": {"tolerance": 1e-12, "cases": [{"pBad": 0.9, "pGood": 0.7, "alpha": 0.1, "beta": 0.1, "outcomes": [1]}]},
                 "bayes.beta.tail": {"tolerance": 1e-9, "cases": [
                   {"prior": [8.5, 1.5], "k": 34, "n": 50, "threshold": 0.8, "expected": 0.949950085456994}]},
                 "somebody.elses": {"tolerance": 1, "cases": [{}]}}""").sections().stream().map(VectorFile.Section::check).toList();
        assertThat(results).extracting(SectionResult::agrees).containsExactly(false, true, true);
        assertThat(results.getFirst().wrong().getFirst()).contains("the bad rate must be below the good one");
        assertThat(results).extracting(SectionResult::shipped).containsExactly(true, true, false);
    }

    @Test
    void aFigureThatWasDeletedIsNoAgreement() throws IOException {
        assertThat(only("""
                {"bayes.beta.tail": {"tolerance": 1e-9, "cases": [
                  {"prior": [8.5, 1.5], "k": 34, "n": 50, "threshold": 0.8, "expected": 0.949950085456994},
                  {"prior": [8.5, 1.5], "k": 34, "n": 50, "threshold": 0.8}]}}""").wrong()).contains("vector 2: the vector lacks this figure, which is not there");
        assertThat(only("""
                {"interval.binomial": {"tolerance": 5e-7, "cases": [
                  {"successes": 18, "n": 20, "alpha": 0.05, "wilson": [0.6989663547715128, 0.972133518786232]},
                  {"successes": 18, "n": 20, "alpha": 0.05}]}}""").wrong()).containsExactly("vector 2: it has no figure that was looked for");
    }

    @ParameterizedTest
    @ValueSource(strings = {"null", "\"NaN\"", "\"0.949950085456994\"", "[0.949950085456994]", "{}", "true", "1e999"})
    void aFigureThatIsNoNumberIsALackingFigure(String odd) throws IOException {
        assertThat(only("""
                {"bayes.beta.tail": {"tolerance": 1e-9, "cases": [
                  {"prior": [8.5, 1.5], "k": 34, "n": 50, "threshold": 0.8, "expected": %s}]}}""".formatted(odd)).wrong())
                .anySatisfy(line -> assertThat(line)
                        .startsWith("vector 1: the vector lacks this figure, since a number is needed, but was "));
        assertThat(only("""
                {"interval.binomial": {"tolerance": 5e-7, "cases": [
                  {"successes": 18, "n": 20, "alpha": 0.05, "wilson": [0.6989663547715128, 0.972133518786232], "clopperPearson": %s},
                  {"successes": 18, "n": 20, "alpha": 0.05, "wilson": [0.6989663547715128, %s]}]}}""".formatted(odd, odd)).wrong())
                .isNotEmpty()
                .anySatisfy(line -> assertThat(line).startsWith("vector 2, wilson 2: the vector lacks this figure"));
    }

    @Test
    void noFigureOfTheShippedFileCanBeTakenAway() throws IOException {
        String shipped = Files.readString(VECTORS);
        for (String figure :
                List.of("0.949950085456994", "0.6989663547715128", "-2.300799816153981", "\"decision\": \"bad\"")) {
            String odd = figure.startsWith("\"") ? "\"decision\": null" : "null";
            assertThat(shipped).contains(figure);
            Path file = Files.writeString(folder.resolve("odd.json"), shipped.replace(figure, odd));
            assertThat(new StatisticsReport(VectorFile.read(file).sections().stream()
                                    .map(VectorFile.Section::check)
                                    .toList())
                            .agrees())
                    .as(figure)
                    .isFalse();
        }
    }

    @Test
    void aToleranceAboveThatOfTheShippedFileIsNotBelieved() throws IOException {
        for (String odd : List.of("1e9", "2e-9", "-1", "1e999")) {
            SectionResult result = only("""
                    {"bayes.beta.tail": {"tolerance": %s, "cases": [
                      {"prior": [8.5, 1.5], "k": 34, "n": 50, "threshold": 0.8, "expected": 0.94}]}}""".formatted(odd));
            assertThat(result.wrong()).hasSize(2);
            assertThat(result.wrong().getFirst())
                    .contains("is not believed: it must be from 0 to 1.0E-9, that of the shipped file");
            assertThat(result.wrong().getLast()).startsWith("vector 1: 0.94 was expected");
        }
        assertThat(shipped().toList())
                .isNotEmpty()
                .allSatisfy(section -> assertThat(Tolerances.limit(section.name()))
                        .as(section.name())
                        .contains(section.tolerance()));
    }

    @Test
    void nothingThatWasCheckedIsNoAgreement() throws IOException {
        for (String sections : List.of("{}", "{\"somebody.elses\": {\"tolerance\": 1, \"cases\": [{}]}}")) {
            StatisticsReport report = new StatisticsReport(read(sections).sections().stream()
                    .map(VectorFile.Section::check)
                    .toList());
            StringWriter out = new StringWriter();
            report.print(new PrintWriter(out, true));
            assertThat(report.agrees()).isFalse();
            assertThat(out.toString()).contains("Nothing was checked", "0 of 0 sections agree, with 0 figures");
            assertThat(report.json()).contains("\"agrees\":false", "\"figures\":0");
        }
    }

    @Test
    void aFileOfAnotherFormIsRefusedWithWhatIsMissing() {
        assertThatThrownBy(() -> read("{\"power.planning\": {\"cases\": []}}"))
                .hasMessageContaining("section 'power.planning' needs a list 'cases' that is not empty");
        assertThatThrownBy(() -> VectorFile.read(folder.resolve("none.json"))).hasMessageContaining("none.json");
    }

    private SectionResult only(String section) throws IOException {
        return read(section).sections().getFirst().check();
    }

    private VectorFile read(String sections) throws IOException {
        Path file = folder.resolve("vectors.json");
        Files.writeString(file, "{\"sections\": " + sections + "}");
        return VectorFile.read(file);
    }
}
