package dev.antiphon.testkit.caller;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.testkit.caller.CallerScript.Deed;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ScriptFileTest {

    @Test
    void aFullScriptIsRead() {
        CallerScript script = ScriptFile.parse("late.yaml", """
                name: late
                description: Asks for a later time.
                expect: handed_over
                tier-change: true
                steps:
                  - say: A cleaning.
                  - say: "Stop."
                    when: [instead, later]
                    unless: name
                    barge-in-after: 700ms
                  - stay-silent: 20s
                  - hang-up: true
                answers:
                  - when: phone
                    say: 415 555 0132
                    times: 2
                otherwise: Sorry?
                """);
        assertThat(script.name()).isEqualTo("late");
        assertThat(script.expected()).isEqualTo(ExpectedOutcome.HANDED_OVER);
        assertThat(script.tierChange()).isTrue();
        assertThat(script.steps())
                .extracting(CallerScript.Step::deed)
                .containsExactly(
                        new Deed.Say("A cleaning."),
                        new Deed.Say("Stop."),
                        new Deed.StaySilent(Duration.ofSeconds(20)),
                        new Deed.HangUp());
        assertThat(script.steps().get(1).bargeInAfter()).contains(Duration.ofMillis(700));
        assertThat(script.steps().get(1).condition())
                .isEqualTo(new CallerScript.Condition(List.of("instead", "later"), List.of("name")));
        assertThat(script.answers().getFirst().times()).isEqualTo(2);
        assertThat(script.allWords()).containsExactly("A cleaning.", "Stop.", "415 555 0132", "Sorry?");
    }

    @Test
    void theNameIsThatOfTheFileUnlessGiven() {
        assertThat(ScriptFile.parse("short.yaml", "steps: [{say: hello}]").name())
                .isEqualTo("short");
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        steps: [{say: hello}];expect: done        | x.yaml, line 2: 'expect' must be one of completed, handed_over, abandoned, failed, but was 'done'
        steps: [{says: hello}]                    | x.yaml, line 1: a step may have barge-in-after, hang-up, say, stay-silent, unless, when, but has 'says'
        name: a;steps:;  - say: hi;  - when: [b]  | x.yaml, line 4: a step must have exactly one of hang-up, say, stay-silent, but has none
        steps:;  - say: hi;    hang-up: true      | x.yaml, line 2: a step must have exactly one of hang-up, say, stay-silent, but has hang-up and say
        steps:;  - stay-silent: long              | x.yaml, line 2: 'stay-silent' must be a time like 700ms, 5s or 2m, but was 'long'
        steps:;  - say: ""                        | x.yaml, line 2: 'say' must not be blank
        steps:;  - hang-up: no way                | x.yaml, line 2: 'hang-up' must be true or false, but was 'no way'
        steps:;  - hang-up: true;    barge-in-after: 1s | x.yaml, line 2: 'barge-in-after' must stand beside 'say'
        answers: [{say: hi}]                      | x.yaml, line 1: an answer must have 'when', words of the agent that it answers
        answers:;  - when: a;    say: b;    times: 0 | x.yaml, line 4: 'times' must be a number from 1 to 9999, but was '0'
        steps: hello                              | x.yaml, line 1: 'steps' must be a list, but is a plain value
        name: nothing                             | x.yaml, line 1: a script must have at least one step or answer, but has none
        - say: hi                                 | x.yaml, line 1: a script must have keys and values, but is a list
        step: []                                  | x.yaml, line 1: a script may have answers, description, expect, name, otherwise, steps, tier-change, but has 'step'
        """)
    void aMistakeIsNamedWithFileLineRuleAndValue(String yaml, String message) {
        assertThatThrownBy(() -> ScriptFile.parse("x.yaml", yaml.replace(';', '\n')))
                .isInstanceOf(ScriptProblem.class)
                .hasMessage(message);
    }

    @Test
    void brokenYamlIsNamedWithItsLine() {
        assertThatThrownBy(() -> ScriptFile.parse("x.yaml", "name: a\nsteps: [\n"))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageStartingWith("x.yaml, line ")
                .hasMessageContaining("must be YAML");
        assertThatThrownBy(() -> ScriptFile.parse("x.yaml", ""))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageContaining("a script must not be empty");
    }

    @Test
    void brokenYamlIsToldWholeAndOnOneLine() {
        assertThatThrownBy(() -> ScriptFile.parse("x.yaml", "name: a\nsteps:\n  - say: hi\n extra: [\n"))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageMatching("x\\.yaml, line 4: must be YAML, but while parsing a block mapping: expected .*");
    }

    @Test
    void aFolderIsNoScript(@TempDir Path folder) {
        assertThatThrownBy(() -> ScriptFile.read(folder))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageEndingWith("a script must be a YAML file, but this is a folder");
    }

    @Test
    void aMissingFileIsNamed(@TempDir Path folder) {
        assertThatThrownBy(() -> ScriptFile.read(folder.resolve("none.yaml")))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageEndingWith("none.yaml: the file must exist, but does not");
    }

    @Test
    void aFileThatIsNotTextIsNamed(@TempDir Path folder) throws Exception {
        Path file = Files.write(folder.resolve("bin.yaml"), new byte[] {(byte) 0xc3, 0x28});
        assertThatThrownBy(() -> ScriptFile.read(file))
                .isInstanceOf(ScriptProblem.class)
                .hasMessageEndingWith("must be text in UTF-8, but is not");
    }

    @Test
    void allBuiltInScriptsAreReadable() {
        assertThat(BuiltInScripts.all()).extracting(CallerScript::name).isEqualTo(BuiltInScripts.names());
        assertThat(BuiltInScripts.all())
                .noneMatch(script -> script.description().isBlank());
        assertThat(BuiltInScripts.named("cancel").orElseThrow().expected()).isEqualTo(ExpectedOutcome.ABANDONED);
        assertThat(BuiltInScripts.named("escalation").orElseThrow().tierChange())
                .isTrue();
        assertThat(BuiltInScripts.named("unknown")).isEmpty();
    }
}
