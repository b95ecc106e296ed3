package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.AntiphonCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The simulated callers of the command line, calling a desk. */
record Callers(ClinicDesk desk) {

    /** A script of this test's own resources, as {@code --script} takes it. */
    static String script(String name) {
        try {
            return Path.of(Objects.requireNonNull(Callers.class.getResource(name + ".yaml"))
                            .toURI())
                    .toString();
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The arguments for as many calls of a script. */
    static List<String> calls(int count, String script) {
        return Collections.nCopies(count, "--script=" + script);
    }

    /** Runs {@code call} and returns its report. */
    JsonNode call(List<String> arguments) {
        return run(
                new AntiphonCommand("clinic", ClinicApp::bot),
                Stream.concat(Stream.of("--url", desk.realtime().toString()), arguments.stream()));
    }

    /** Runs {@code call} and returns its report. */
    JsonNode call(String... arguments) {
        return call(Arrays.asList(arguments));
    }

    /** One more ordinary caller is served as if nothing had been. */
    void anOrdinaryCallStillWorks() {
        JsonNode report = call("--script", "all-at-once");
        assertThat(outcomes(report)).as(report.toPrettyString()).containsExactly("completed");
    }

    static JsonNode run(AntiphonCommand command, Stream<String> arguments) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        command.writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(Stream.concat(Stream.of("call", "--json"), arguments).toArray(String[]::new));
        assertThat(out.toString()).as(err.toString()).startsWith("{");
        return new JsonMapper().readTree(out.toString());
    }

    static Stream<String> outcomes(JsonNode report) {
        return reports(report).map(call -> call.path("outcome").asString());
    }

    static Stream<String> reasons(JsonNode report) {
        return reports(report).map(call -> call.path("reason").asString());
    }

    static Stream<JsonNode> reports(JsonNode report) {
        return report.path("reports").valueStream();
    }

    /** What the agent said in a call. */
    static String agentWords(JsonNode call) {
        StringBuilder words = new StringBuilder();
        call.path("facts")
                .valueStream()
                .filter(fact -> fact.path("kind").asString().equals("agent"))
                .forEach(fact -> words.append(fact.path("text").asString()).append('\n'));
        return words.toString();
    }
}
