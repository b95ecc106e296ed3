package dev.antiphon.benchmarks.faq;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaqCommandTest {
    private static final String SHOP = """
            {"type":"entry","set":"shop","id":"hours","title":"hours","questions":["When are you open?","Open today?","Till when?"]}
            {"type":"entry","set":"shop","id":"parking","title":"parking","questions":["Where can I park?","Is there parking?","Car park?"]}
            {"type":"query","set":"shop","text":"are you open on sunday","entry":"hours"}
            {"type":"query","set":"shop","text":"a place to park my car","entry":"parking"}
            {"type":"query","set":"shop","text":"tell me a joke","entry":null}
            """;

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path file = Path.of("");

    @BeforeEach
    void begin() {
        file = folder.resolve("faq.jsonl");
    }

    @Test
    void theTableShowsBothIndexesForEveryNumberOfSeedQuestionsThereIs() throws IOException {
        Files.writeString(file, SHOP);

        assertThat(run(file.toString())).isZero();
        assertThat(out.toString().lines().filter(line -> line.startsWith("shop")))
                .hasSize(4)
                .anyMatch(line -> line.matches(
                        "shop +2 +2 +1 +1 +antiphon +100\\.0 +100\\.0 +100\\.0 +[0-9.]+ +100\\.0 +0\\.0 +100\\.0 .*"))
                .anyMatch(line -> line.matches("shop +2 +2 +1 +1 +bm25 .* - +- +- +- .*"))
                .anyMatch(line -> line.contains("  3  bm25"));
    }

    @Test
    void jsonHasTheSameFigures() throws IOException {
        try (OutputStream zipped = new GZIPOutputStream(Files.newOutputStream(file))) {
            zipped.write(SHOP.getBytes(StandardCharsets.UTF_8));
        }

        assertThat(run("--json", file.toString())).isZero();
        JsonNode results = JsonMapper.shared().readTree(out.toString()).path("results");
        assertThat(results.size()).isEqualTo(4);
        JsonNode last = results.get(3);
        assertThat(last.path("index").asString()).isEqualTo("antiphon");
        assertThat(last.path("seeds").asInt()).isEqualTo(3);
        assertThat(last.path("queries").asInt()).isEqualTo(2);
        assertThat(last.path("recall_at_1").asDouble()).isEqualTo(1.0);
        assertThat(last.path("rejected_at_5").asDouble()).isEqualTo(1.0);
        assertThat(last.path("right_with_choice").asDouble()).isEqualTo(1.0);
        assertThat(last.path("wrong_with_choice").asDouble()).isZero();
        assertThat(last.path("refused_with_choice").asDouble()).isEqualTo(1.0);
        assertThat(last.path("answered_at_once").asDouble()).isBetween(0.0, 1.0);
        assertThat(results.get(2).has("right_with_choice")).isFalse();
        assertThat(last.path("search_ms_p50").asDouble()).isPositive();
    }

    @Test
    void withoutForeignQueriesThereIsNoRejection() throws IOException {
        Files.writeString(file, SHOP.replaceAll("(?m)^.*joke.*\\R", ""));

        assertThat(run("--json", file.toString())).isZero();
        assertThat(out.toString())
                .doesNotContain("rejected_at_5")
                .doesNotContain("refused_with_choice")
                .contains("\"foreign_queries\":0");
    }

    @Test
    void aMissingFileIsNamed() {
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("must be a file, but " + file + " is not there");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    # How are you?                                               | line 1: must be one JSON object
                    [1, 2]                                                      | line 1: must have the text 'set'
                    {"set":"a","type":"answer"}                                 | must be entry or query, but was 'answer'
                    {"set":"a","type":"entry","id":"x","title":"t"}             | an entry must have questions
                    {"set":"a","type":"query","text":"why","entry":"x"}         | the entry 'x', which is not there
                    {"set":"a","type":"query","text":"why","entry":null}        | must have queries with an entry
                    """)
    void dataOfAnotherFormIsRefusedWithTheReason(String line, String reason) throws IOException {
        Files.writeString(file, line);

        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(reason);
    }

    @Test
    void anEmptyOrBrokenFileIsRefused() throws IOException {
        Files.writeString(file, "\n");
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is empty");

        Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 1});
        assertThat(run(file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("must be a whole gzip file");
    }

    private int run(String... arguments) {
        return new CommandLine(new FaqCommand())
                .setOut(new PrintWriter(out, true))
                .setErr(new PrintWriter(err, true))
                .execute(arguments);
    }
}
