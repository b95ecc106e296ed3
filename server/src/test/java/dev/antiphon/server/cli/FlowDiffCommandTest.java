package dev.antiphon.server.cli;

import static dev.antiphon.flow.dsl.FlowDsl.ok;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static dev.antiphon.flow.dsl.FlowDsl.time;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.server.Bot;
import dev.antiphon.session.PromptConversation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A version that was kept is compared with this build, or with another one. */
class FlowDiffCommandTest {
    record Alarm(LocalTime time) {}

    @TempDir
    Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private Path first = Path.of("");
    private Path second = Path.of("");

    @BeforeEach
    void keep() {
        first = folder.resolve("v1.json");
        second = folder.resolve("v2.json");
        assertThat(run(alarm("What time?", true), "flow", "show", "--format", "json", "--out", first.toString()))
                .isZero();
        run(alarm("When?", true), "flow", "show", "--format", "json", "--out", second.toString());
    }

    @Test
    void theSameFlowIsNoDifference() {
        assertThat(run(alarm("What time?", true), "flow", "diff", first.toString()))
                .isZero();
        assertThat(out.toString()).matches("alarm [0-9a-f]{12}: no difference\\.\\R");
    }

    @Test
    void anotherFlowIsToldSentenceBySentence() {
        assertThat(run(alarm("When?", false), "flow", "diff", first.toString())).isEqualTo(1);
        assertThat(out.toString().lines().skip(1))
                .containsExactly(
                        "  Slot 'time': the question: now \"When?\", before \"What time?\".",
                        "! Slot 'time': it has a check: now no, before yes.",
                        "1 of 2 (!) matters for calls in flight: their states may not fit the new version.");
    }

    @Test
    void twoKeptVersionsAreComparedWithoutTheBot() {
        assertThat(run(echo(), "flow", "diff", first.toString(), second.toString()))
                .isEqualTo(1);
        assertThat(out.toString()).contains("None of this matters for calls in flight");
    }

    @Test
    void jsonHasTheVersionsAndTheChanges() {
        assertThat(run(alarm("When?", true), "flow", "diff", "--json", first.toString()))
                .isEqualTo(1);
        JsonNode diff = JsonMapper.shared().readTree(out.toString());
        assertThat(diff.path("before").path("version").asString())
                .isEqualTo(alarm("What time?", true).version());
        assertThat(diff.path("after").path("version").asString())
                .isEqualTo(alarm("When?", true).version());
        assertThat(diff.path("changes").size()).isEqualTo(1);
        assertThat(diff.path("changes").get(0).path("kind").asString()).isEqualTo("changed");
        assertThat(diff.path("changes").get(0).path("matters_in_flight").asBoolean(true))
                .isFalse();
    }

    @Test
    void whatCannotBeComparedIsCodeTwo() throws IOException {
        Path broken = Files.writeString(folder.resolve("no.json"), "{}");

        assertThat(run(
                        alarm("When?", true),
                        "flow",
                        "diff",
                        folder.resolve("none.json").toString()))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("a version must be a file, but " + folder.resolve("none.json") + " is not there");
        assertThat(run(alarm("When?", true), "flow", "diff", folder.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("is a folder");
        assertThat(run(alarm("When?", true), "flow", "diff", broken.toString())).isEqualTo(2);
        assertThat(err.toString()).contains(broken + ": a snapshot must be what 'flow show --format json' wrote");
        assertThat(run(echo(), "flow", "diff", first.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("the bot 'echo' has no flow to show");
    }

    private static Flow<Alarm> alarm(String question, boolean checked) {
        var plain = time("time").ask(question);
        var at = checked ? plain.check((value, slots) -> ok()) : plain;
        return Flow.named(
                "alarm",
                Alarm.class,
                f -> f.goal("Set an alarm")
                        .collect(at)
                        .confirm(alarm -> say("At {}. Right?", alarm.time()))
                        .effect("set", alarm -> "A1")
                        .done((alarm, reference) -> say("Set.")));
    }

    private static Bot echo() {
        return Bot.of("echo", "Says hello.", () -> new PromptConversation("echo", "Be kind.", Optional.empty()));
    }

    private int run(Flow<?> flow, String... arguments) {
        return run(
                Bot.of(
                        "alarm",
                        "Sets alarms.",
                        () -> FlowConversation.start(flow, InstantSource.system(), ZoneOffset.UTC, "1")),
                arguments);
    }

    private int run(Bot bot, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }
}
