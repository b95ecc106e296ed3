package dev.antiphon.benchmarks.jmh;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.openjdk.jmh.results.format.ResultFormatType;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class CompareCommandTest {
    @TempDir
    private Path folder = Path.of("");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aLongerTimeBeyondNoiseIsALoss() throws IOException {
        Path before = file("before", benchmark("Codec.decode", 100, 100, 101, 99, 100));
        Path after = file("after", benchmark("Codec.decode", 100, 120, 121, 119, 120));
        assertThat(run("--before", before, "--after", after)).isOne();
        assertThat(out.toString())
                .containsPattern("Codec\\.decode +100\\.00 ± .* ns/op +120\\.00 ± .* ns/op +1\\.20 +.* slower")
                .contains("1 of 1 lose.");
    }

    @Test
    void noiseIsNoLoss() throws IOException {
        Path before = file("before", benchmark("Codec.decode", 100, 60, 150, 90, 100));
        Path after = file("after", benchmark("Codec.decode", 100, 160, 80, 120, 90));
        assertThat(run("--before", before, "--after", after)).isZero();
        assertThat(out.toString()).contains("same").contains("No loss beyond noise.");
    }

    @Test
    void asLittleAsTheToleranceIsNoLossHoweverSureItIs() throws IOException {
        Path before = file("before", benchmark("Codec.decode", 100, 100, 100.1, 99.9, 100));
        Path after = file("after", benchmark("Codec.decode", 100, 104, 104.1, 103.9, 104));
        assertThat(run("--before", before, "--after", after)).isZero();
        assertThat(run("--before", before, "--after", after, "--tolerance", "0.02"))
                .isOne();
    }

    @Test
    void moreBytesForTheSameOperationAreALoss() throws IOException {
        Path before = file("before", benchmark("Codec.decode", 1000, 100, 101, 99, 100));
        Path after = file("after", benchmark("Codec.decode", 1040, 100, 101, 99, 100));
        assertThat(run("--before", before, "--after", after)).isOne();
        assertThat(out.toString()).contains("allocates more");
        assertThat(run("--before", after, "--after", before)).isZero();
        assertThat(out.toString()).contains("allocates less");
    }

    @Test
    void whatIsNewOrGoneIsNamedAndNoLoss() throws IOException {
        Path before = file("before", benchmark("Codec.old", 10, 1, 1, 1));
        Path after = file("after", benchmark("Codec.fresh", 10, 1, 1, 1));
        assertThat(run("--before", before, "--after", after)).isZero();
        assertThat(out.toString()).containsPattern("Codec\\.old .* gone").containsPattern("Codec\\.fresh .* new");
    }

    @Test
    void severalRunsOfOneCommitCountTogether() throws IOException {
        Path one = file("one", benchmark("Codec.decode", 100, 100, 100));
        Path two = file("two", benchmark("Codec.decode", 100, 110, 110));
        assertThat(run("--before", one + "," + two, "--after", one + "," + two, "--json"))
                .isZero();
        JsonNode row = JsonMapper.shared().readTree(out.toString()).at("/benchmarks/0");
        assertThat(row.at("/before/time").asDouble()).isEqualTo(105);
        assertThat(row.at("/before/iterations").asInt()).isEqualTo(4);
        assertThat(row.at("/verdict").asString()).isEqualTo("same");
    }

    @Test
    void aBaselineThatIsKeptIsReadLikeTheResultsItIsOf() throws IOException {
        Path one = file("one", benchmark("Codec.decode", 100, 100, 101));
        Path two = file("two", benchmark("Codec.encode", 50, 10, 11));
        Path baseline = folder.resolve("baseline.json");
        assertThat(run("--before", one, "--after", one + "," + two, "--keep", baseline))
                .isZero();
        assertThat(run("--before", baseline, "--after", one + "," + two, "--json"))
                .isZero();
        JsonNode rows = JsonMapper.shared().readTree(out.toString()).at("/benchmarks");
        assertThat(rows).hasSize(2).allSatisfy(row -> {
            assertThat(row.at("/before")).isEqualTo(row.at("/after"));
            assertThat(row.at("/before/allocated_bytes").asDouble()).isPositive();
        });
        assertThat(run("--before", one, "--after", one, "--keep", folder.resolve("missing/b.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("the baseline could not be written to");
    }

    @Test
    void whatIsNoResultOfJmhIsNamed() throws IOException {
        Path good = file("good", benchmark("Codec.decode", 100, 100));
        Path broken = file("broken", "{");
        Path other = file("other", "{\"a\":1}");
        assertThat(run("--before", good, "--after", broken)).isEqualTo(2);
        assertThat(err.toString()).contains("broken.json must be what JMH writes with -rf json");
        assertThat(run("--before", other, "--after", good)).isEqualTo(2);
        assertThat(err.toString()).contains("other.json must be what JMH writes with -rf json, but it is not a list");
        assertThat(run("--before", folder.resolve("missing.json"), "--after", good))
                .isEqualTo(2);
        assertThat(err.toString()).contains("there is no file").contains("missing.json");
        assertThat(run("--before", good, "--after", good, "--tolerance", "7")).isEqualTo(2);
        assertThat(err.toString()).contains("--tolerance must be from 0 to below 1, but was 7.0");
    }

    @Test
    void itReadsWhatJmhWrites() throws RunnerException {
        Path results = folder.resolve("jmh.json");
        new Runner(new OptionsBuilder()
                        .include("CodecBenchmark.decodeTranscriptDelta")
                        .forks(0)
                        .warmupIterations(0)
                        .measurementIterations(2)
                        .measurementTime(TimeValue.milliseconds(20))
                        .addProfiler("gc")
                        .resultFormat(ResultFormatType.JSON)
                        .result(results.toString())
                        .build())
                .run();
        assertThat(run("--before", results, "--after", results, "--json")).isZero();
        JsonNode row = JsonMapper.shared().readTree(out.toString()).at("/benchmarks/0");
        assertThat(row.at("/benchmark").asString()).isEqualTo("CodecBenchmark.decodeTranscriptDelta");
        assertThat(row.at("/before/time").asDouble()).isPositive();
        assertThat(row.at("/before/allocated_bytes").asDouble()).isPositive();
        assertThat(row.at("/time_ratio").asDouble()).isOne();
    }

    private int run(Object... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new CommandLine(new CompareCommand())
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(Arrays.stream(arguments).map(Object::toString).toArray(String[]::new));
    }

    private Path file(String name, String json) throws IOException {
        return Files.writeString(folder.resolve(name + ".json"), json);
    }

    private static String benchmark(String name, double bytes, double... times) {
        String raw = Arrays.stream(times).mapToObj(Double::toString).collect(Collectors.joining(","));
        return """
                [{"benchmark":"dev.antiphon.%s","mode":"avgt",
                  "primaryMetric":{"score":1,"scoreUnit":"ns/op","rawData":[[%s]]},
                  "secondaryMetrics":{"gc.alloc.rate.norm":{"score":%s}}}]
                """.formatted(name, raw, bytes);
    }
}
