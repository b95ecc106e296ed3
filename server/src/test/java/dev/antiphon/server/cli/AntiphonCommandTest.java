package dev.antiphon.server.cli;

import static dev.antiphon.flow.dsl.FlowDsl.freeText;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.Saying;
import dev.antiphon.server.Bot;
import dev.antiphon.session.PromptConversation;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

class AntiphonCommandTest {
    @TempDir
    private Path folder;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @Test
    void listsTheNineBuiltInScripts() {
        assertThat(run("call", "--list")).isZero();
        assertThat(out.toString().lines().map(line -> line.split(" ")[0]))
                .containsExactly(
                        "happy",
                        "all-at-once",
                        "correction",
                        "time-taken",
                        "faq",
                        "cancel",
                        "escalation",
                        "barge-in",
                        "silence");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "demo ",
                "emulator ",
                "call ",
                "console ",
                "estimate ",
                "flow ",
                "flow show ",
                "flow diff ",
                "flow try ",
                "tools ",
                "tools list ",
                "tools schema ",
                "tools call ",
                "after-call ",
                "after-call list ",
                "after-call retry ",
                "store ",
                "store kpi ",
                "store export ",
                "store sql "
            })
    void everyCommandHasHelpAndVersion(String command) {
        assertThat(run((command + "--help").split(" "))).isZero();
        assertThat(out.toString()).contains("Usage: antiphon");
        assertThat(run((command + "--version").split(" "))).isZero();
        assertThat(out.toString()).contains("Antiphon 0.");
    }

    @Test
    void whatListsOfCommandsSayIsOneShortWholeSentence() {
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));
        Deque<CommandLine> left = new ArrayDeque<>(
                new AntiphonCommand(bot).commandLine().getSubcommands().values());
        int seen = 0;
        for (CommandLine command = left.poll(); command != null; command = left.poll()) {
            String[] description = command.getCommandSpec().usageMessage().description();
            assertThat(description).as(command.getCommandName()).isNotEmpty();
            assertThat(description[0])
                    .as(command.getCommandName())
                    .endsWith(".")
                    .doesNotContain(". ")
                    .hasSizeLessThanOrEqualTo(100);
            left.addAll(command.getSubcommands().values());
            seen++;
        }
        assertThat(seen).isGreaterThan(25);
    }

    @Test
    void onlyTheCommandThatIsAskedForIsMade() {
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));
        AntiphonCommand command = new AntiphonCommand(bot);
        assertThat(command.commandLine().getSubcommands())
                .hasSizeGreaterThan(10)
                .allSatisfy((name, all) ->
                        assertThat(command.commandLine(name).getSubcommands()).containsOnlyKeys(name));
    }

    @ParameterizedTest
    @CsvSource({
        "help, Usage: antiphon ",
        "help call, Usage: antiphon call ",
        "help tools schema, Usage: antiphon tools schema ",
    })
    void helpTellsOfTheCommand(String asked, String usage) {
        assertThat(run(asked.split(" "))).isZero();
        assertThat(out.toString()).contains(usage);
    }

    @Test
    void helpForACommandThatThereIsNotSuggestsOne() {
        assertThat(run("help", "tolos")).isEqualTo(2);
        assertThat(err.toString()).contains("tolos").contains("tools");
    }

    @Test
    void aMissingCommandIsAUsageError() {
        assertThat(run()).isEqualTo(2);
        assertThat(err.toString()).contains("a command is missing").contains("Usage: antiphon");
    }

    @Test
    void anUnknownScriptNamesTheKnownOnes() {
        assertThat(run("call", "--script", "hapy")).isEqualTo(2);
        assertThat(err.toString())
                .contains("no built-in script 'hapy'")
                .contains("happy")
                .doesNotContain("\tat ");
    }

    @Test
    void aScriptFileThatCannotBeReadIsOneClearError() {
        assertThat(run("call", "--script", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml").contains("must exist").doesNotContain("\tat ");
    }

    @Test
    void remoteToolsThatBreakARuleAreOneClearError() throws IOException {
        Path file = Files.writeString(folder.resolve("mcp.yaml"), "weather: {tools: [{name: forecast}]}");
        assertThat(run("emulator", "--mcp", file.toString())).isEqualTo(2);
        assertThat(err.toString())
                .contains("--mcp: ", "weather, tool 1: must have one of 'result' and 'fails', but has neither")
                .doesNotContain("\tat ");
    }

    @Test
    void aRecordingThatExistsIsNotEmptied() throws IOException {
        Path file = Files.writeString(folder.resolve("calls.jsonl"), "{}\n");
        assertThat(run("emulator", "--port", "0", "--record", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--record: " + file + " exists and is not empty; name another file");
        assertThat(file).hasContent("{}");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    --faults flaky-netwrk      | --faults must be one of the sets flaky-network, busy-service, bad-model, or a file that exists, but was 'flaky-netwrk'
                    --webhook-secret whsec_AAAA | --webhook-secret signs what --webhook URL is told; name that too
                    --webhook http://127.0.0.1:1/ --webhook-secret plain | --webhook-secret must be whsec_ and base64
                    --webhook http://127.0.0.1:1/ --webhook-secret whsec_? | secret must be base64 after whsec_
                    """)
    void whatTheEmulatorCannotBeStartedWithIsNamed(String options, String told) {
        assertThat(run(("emulator --port 0 " + options).split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(told).doesNotContain("\tat ", "plain");
    }

    @Test
    void aFaultFileIsNamedWithItsOption() throws IOException {
        Path file = Files.writeString(folder.resolve("faults.yaml"), "- {fault: omit-usage, chance: 2}");
        assertThat(run("emulator", "--port", "0", "--faults", file.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("--faults: " + file + ", entry 1: 'chance' must be");
    }

    @Test
    void dataThatCannotBeKeptIsOneClearError() throws IOException {
        Path file = Files.writeString(folder.resolve("file"), "not a folder").resolve("clinic");
        assertThat(run("demo", "--port", "0", "--db", file.toString())).isEqualTo(1);
        assertThat(err.toString().lines()).hasSize(1);
        assertThat(err.toString()).contains("the data cannot be kept in " + file, "--db names another file");
    }

    @Test
    void aBotThatCannotBeReloadedIsOneClearError() {
        String file = folder.resolve("clinic").toString();
        assertThat(run("demo", "--port", "0", "--db", file, "--reload")).isEqualTo(2);
        assertThat(err.toString()).contains("--reload needs a bot made by Bot.reloadable, but 'echo' is not");
    }

    @Test
    void aScriptBesidesAllIsNotDropped() {
        assertThat(run("call", "--all", "--script", folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.yaml");
    }

    @Test
    void aBrokenScriptFileIsOneClearErrorWithItsLine() throws IOException {
        Path script = Files.writeString(folder.resolve("broken.yaml"), "name: broken\nsteps:\n  - shout: Hello\n");

        assertThat(run("call", "--script", script.toString())).isEqualTo(2);
        assertThat(err.toString()).contains("broken.yaml, line 3").doesNotContain("\tat ");
    }

    @Test
    void verboseShowsWhereAnErrorComesFrom() {
        assertThat(run(
                        "call",
                        "--verbose",
                        "--script",
                        folder.resolve("none.yaml").toString()))
                .isEqualTo(2);
        assertThat(err.toString()).contains("\tat ");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "call",
                "call --say hello --url nonsense",
                "call --say hello --text --audio",
                "call --say hello --count 0",
                "call --say hello --timeout 0",
                "call --say hello --provider nobody",
                "call --say hello --expect nothing",
                "call --say hello --usage-tier tier-9",
                "call --say hello --max-calls 0",
                "call --say hello --queue-wait soon",
                "call --say hello --conduct loose",
                "call --say hello --url ws://127.0.0.1:1/ --conduct strict",
                "demo --port 70000",
                "emulator --port 70000",
                "flow",
                "flow try --colour",
                "flow show --format png"
            })
    void wrongUsageIsExplainedWithCodeTwo(String line) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void whatTheCallerSaysMustHaveWords() {
        assertThat(run("call", "--say", "")).isEqualTo(2);
        assertThat(err.toString()).contains("--say must have words");
    }

    @Test
    void aPortThatCannotBeIsAUsageErrorOfTheAddress() {
        assertThat(run("call", "--say", "hello", "--url", "ws://127.0.0.1:99999/"))
                .isEqualTo(2);
        assertThat(err.toString()).contains("--url must have a port from 1 to 65535, but was ws://127.0.0.1:99999/");
    }

    @Test
    void aWrongOptionValueIsOneLineAndTheWayToTheHelp() {
        assertThat(run("call", "--count", "many")).isEqualTo(2);
        assertThat(err.toString().lines()).hasSize(2);
        assertThat(err.toString()).contains("--count", "'many'", "Try 'antiphon call --help'.");
    }

    @Test
    void aDiagramThatCannotBeWrittenSaysWhy() {
        Path file = folder.resolve("nonexistent").resolve("flow.svg");
        assertThat(run("flow", "show", "--out=" + file)).isEqualTo(2);
        assertThat(err.toString()).contains("cannot write --out " + file + ": its folder does not exist");
        assertThat(run("flow", "show", "--out=" + folder)).isEqualTo(2);
        assertThat(err.toString()).contains("it is a folder, not a file");
    }

    @Test
    void whatTheServerRefusesDuringACallIsPrinted() {
        assertThat(run("call", "--say", "a".repeat(24_000), "--timeout", "3")).isEqualTo(1);
        assertThat(out.toString()).containsOnlyOnce("may have at most 20000 characters, but had 24000");
    }

    @Test
    void callsAboveTheLimitAreRefused() throws IOException {
        assertThat(run(twoCalls("--max-calls", "1"))).isEqualTo(1);
        assertThat(out.toString())
                .containsOnlyOnce("1 call is in progress, and one more would need 2 sessions at once of 1");
    }

    @Test
    void callsThatWaitedInVainAreToldWithTheReason() throws IOException {
        Path script = Files.writeString(folder.resolve("long.yaml"), """
                name: long
                description: Holds the line.
                steps:
                  - stay-silent: 2s
                  - hang-up: true
                """);
        run(("call --count 2 --max-calls 1 --queue 1 --queue-wait 500ms --timeout 30 --script " + script).split(" "));
        assertThat(out.toString())
                .contains("not_connected 1")
                .contains("the server refused the call: The call could not be answered within 500 ms:"
                        + " 1 call is in progress");
    }

    @Test
    void callsAboveTheLimitAreAnsweredLaterWhenThereIsAQueue() throws IOException {
        assertThat(run(twoCalls("--max-calls", "1", "--queue", "1")))
                .as(out.toString())
                .isZero();
    }

    private String[] twoCalls(String... more) throws IOException {
        Path script = Files.writeString(folder.resolve("short.yaml"), """
                name: short
                description: Says a word and goes.
                expect: completed
                steps:
                  - say: Hello.
                  - hang-up: true
                """);
        List<String> line = new ArrayList<>(
                List.of("call", "--script", script.toString(), "--count", "2", "--timeout", "30", "--json"));
        line.addAll(List.of(more));
        return line.toArray(String[]::new);
    }

    @Test
    void modelsThatEndAreWarnedAboutBeforeTheFirstCall() {
        String line = "call --say hello --timeout 3 --provider generic --base-url http://127.0.0.1:1/v1"
                + " --model-mini gpt-4o-realtime-preview --model-full house-model";
        assertThat(run(line.split(" "))).isEqualTo(1);
        assertThat(err.toString())
                .contains("warning: Model gpt-4o-realtime-preview was shut down by its provider on 2026-05-07."
                        + " Use gpt-realtime-2.1 instead.")
                .contains("warning: Model house-model is not in the catalogue");
    }

    @Test
    void aServerThatIsNotThereIsOneClearLine() throws IOException {
        int free;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            free = socket.getLocalPort();
        }

        assertThat(run("call", "--say", "hello", "--url", "ws://127.0.0.1:" + free))
                .isEqualTo(1);
        assertThat(out.toString()).contains("not_connected").contains("cannot connect to ws://127.0.0.1:" + free);
    }

    @ParameterizedTest
    @CsvSource({
        "200, <html><body>, '; is a Realtime server there? Check host, port and path'",
        "404, no page here, ': no page here; is a Realtime server there? Check host, port and path'",
        "401, no page here, ': no page here; the server wants a key, give it in ANTIPHON_API_KEY'",
        "503, no page here, ': no page here; it takes no more calls for now, try again later'"
    })
    void anHttpServerThatIsNoRealtimeServerIsToldWithItsStatusAndWhatToDo(int status, String page, String more)
            throws IOException {
        HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] body = (page + "\n").getBytes(StandardCharsets.UTF_8);
            exchange.sendResponseHeaders(status, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.start();
        try {
            String address = "ws://127.0.0.1:" + server.getAddress().getPort();
            assertThat(run("call", "--say", "hello", "--url", address)).isEqualTo(1);
            assertThat(out.toString())
                    .contains("cannot connect to " + address + "/v1/realtime: an HTTP server answered with status "
                            + status + " instead of opening a WebSocket" + more);
        } finally {
            server.stop(0);
        }
    }

    @Test
    void linesThatEndWithAPersonAreASuccessUnlessAnotherEndIsExpected() {
        Bot bot = Bot.of("notes", "Takes notes.", () -> notes(say("Stored.")));
        assertThat(runOf(bot, "call", "--say", "Let me talk to a person, please."))
                .as(out.toString() + err)
                .isZero();
        assertThat(out.toString()).contains("handed_over");
        assertThat(runOf(bot, "call", "--say", "Let me talk to a person, please.", "--expect", "completed"))
                .isEqualTo(1);
    }

    @Test
    void aTakenPortIsOneClearError() throws IOException {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getByName("127.0.0.1"))) {
            assertThat(run("emulator", "--port", Integer.toString(taken.getLocalPort())))
                    .isEqualTo(1);
        }
        assertThat(err.toString()).contains("port").doesNotContain("\tat ");
    }

    @Test
    void showsTheFlowAndWritesItToAFile() {
        assertThat(run("flow", "show")).isZero();
        assertThat(out.toString()).contains("flowchart TD");

        Path file = folder.resolve("flow.svg");
        assertThat(run("flow", "show", "--format", "svg", "--out", file.toString()))
                .isZero();
        assertThat(file).content().isEqualTo("<svg/>");
    }

    @Test
    void aBotWithoutAFlowHasNoGraph() {
        assertThat(run("flow", "show", "--format", "dot")).isEqualTo(1);
        assertThat(err.toString()).contains("the bot 'echo' has no flow to show");
    }

    @Test
    void aBotWithoutADiagramOfItsOwnIsDrawnFromItsFlow() {
        Bot bot = Bot.of("notes", "Takes notes.", () -> notes(say("Stored.")));
        assertThat(runOf(bot, "flow", "show")).isZero();
        assertThat(out.toString()).startsWith("flowchart TD").contains("Note text");
        assertThat(runOf(bot, "flow", "show", "--format", "svg")).isZero();
        assertThat(out.toString()).startsWith("<svg").contains("Note text");
    }

    @Test
    void aBotWithoutADiagramAndWithoutAFlowHasNothingToShow() {
        Bot bot = Bot.of("echo", "Says hello.", () -> new PromptConversation("echo", "Say hello.", Optional.empty()));
        for (String format : List.of("mermaid", "svg")) {
            Path file = folder.resolve(format);
            assertThat(runOf(bot, "flow", "show", "--format", format, "--out", file.toString()))
                    .isEqualTo(1);
            assertThat(err.toString()).contains("the bot 'echo' has no flow to show");
            assertThat(file).doesNotExist();
        }
    }

    @Test
    void aFlowThatIsRefusedWhenACallBeginsIsToldAtOnce() {
        Bot bot = Bot.of("notes", "Takes notes.", () -> notes(say(" ")));
        String file = folder.resolve("notes").toString();
        assertThat(runOf(bot, "flow", "show")).isEqualTo(1);
        assertThat(err.toString()).contains("flow 'notes' is rejected:", "done(...) must give words");
        assertThat(runOf(bot, "demo", "--port", "0", "--db", file)).isEqualTo(1);
        assertThat(err.toString())
                .contains("the bot 'notes' cannot start: flow 'notes' is rejected:", "done(...) must give words");
    }

    private static FlowConversation notes(Saying words) {
        record Note(String text) {}
        return FlowConversation.start(
                Flow.named(
                        "notes",
                        Note.class,
                        f -> f.goal("Take a note")
                                .collect(freeText("text").called("Note text").ask("What shall I write?"))
                                .confirm(note -> say("{}. Right?", note.text()))
                                .effect("write", note -> "N1")
                                .done((note, id) -> words)),
                InstantSource.system(),
                ZoneOffset.UTC,
                "test");
    }

    private int runOf(Bot bot, String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }

    @Test
    void aBotThatCannotStartIsOneClearError() {
        AntiphonCommand command = new AntiphonCommand("broken", storage -> {
            throw new IllegalStateException("the database is in use");
        });
        assertThat(command.writingTo(new PrintWriter(out), new PrintWriter(err)).run("flow", "show"))
                .isEqualTo(1);
        assertThat(err.toString()).contains("the bot 'broken' cannot start: the database is in use");
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        Bot bot = Bot.of("echo", "Says hello.", () -> new PromptConversation("echo", "Say hello.", Optional.empty()))
                .withDiagram("<svg/>", "flowchart TD");
        String[] given = arguments.length == 1 && arguments[0].isEmpty() ? new String[0] : arguments;
        return new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(given);
    }
}
