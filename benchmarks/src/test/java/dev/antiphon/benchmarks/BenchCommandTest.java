package dev.antiphon.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;

class BenchCommandTest {
    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void aMistakeInTheOptionsIsOneLineAndTheWayToTheHelp() {
        assertThat(run("chaos", "--calls", "0")).isEqualTo(2);
        assertThat(err.toString().lines())
                .containsExactly(
                        "antiphon: --calls must be from 1 to 10000000, but was 0",
                        "Try 'antiphon bench chaos --help'.");
    }

    @Test
    void aMissingCommandShowsTheUsage() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("Usage: antiphon bench");
    }

    @Test
    void theVersionIsThatOfTheBuild() {
        assertThat(run("--version")).isZero();
        assertThat(run("load", "--version")).isZero();
        assertThat(out.toString().lines().filter(line -> line.matches("Antiphon \\d.*")))
                .hasSize(2);
    }

    @Test
    void theOptionsOfJmhAreItsOwn() {
        CommandLine bench = BenchCommand.commandLine("jmh");
        CommandLine.ParseResult jmh = bench.parseArgs("jmh", "-h", "-f", "1").subcommand();
        assertThat(jmh.commandSpec().options()).isEmpty();
        assertThat(jmh.matchedPositional(0).<List<String>>getValue()).containsExactly("-h", "-f", "1");
    }

    private int run(String... arguments) {
        return BenchCommand.commandLine(arguments)
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void onlyTheCommandThatIsAskedForIsMade() {
        assertThat(BenchCommand.commandLine().getSubcommands())
                .hasSizeGreaterThan(10)
                .allSatisfy(
                        (name, all) -> assertThat(BenchCommand.commandLine(name).getSubcommands())
                                .containsOnlyKeys(name));
    }

    @Test
    void whatTheListOfCommandsSaysIsOneShortWholeSentence() {
        BenchCommand.commandLine().getSubcommands().forEach((name, command) -> {
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description).as(name).isNotEmpty();
            assertThat(description[0])
                    .as(name)
                    .endsWith(".")
                    .doesNotContain(". ")
                    .hasSizeLessThanOrEqualTo(100);
        });
    }
}
