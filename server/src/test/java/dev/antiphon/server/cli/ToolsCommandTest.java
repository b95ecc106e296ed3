package dev.antiphon.server.cli;

import static dev.antiphon.flow.dsl.FlowDsl.personName;
import static dev.antiphon.flow.dsl.FlowDsl.say;
import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.slot.Slot;
import dev.antiphon.server.Bot;
import dev.antiphon.session.Wording;
import dev.antiphon.tool.Sensitive;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolFailure;
import dev.antiphon.tool.ToolPolicy;
import dev.antiphon.tool.UnusableToolSource;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.InstantSource;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class ToolsCommandTest {
    record Query(LocalDate date, int people, Optional<List<String>> wishes, Optional<String> code) {}

    record Nothing() {}

    record Caller(String name) {}

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private final List<Query> asked = new CopyOnWriteArrayList<>();

    @Test
    void toolsAreListedWithWhatTheyAreForAndHowTheyRun() {
        assertThat(run("tools", "list")).isZero();
        assertThat(out.toString().lines().limit(9))
                .containsExactly(
                        "TOOL               ACCESS     TIMEOUT  WHAT IT IS FOR",
                        "free               read-only  3 s      Looks up free tables.",
                        "                                       2 at once, 5 may wait; 1 retry; breaker: 50 % of the last 20 (at least",
                        "                                       10) failed, then 30 s of rest",
                        "book               changing   10 s     Books a table.",
                        "closed             read-only  10 s     Is closed.",
                        "broken             read-only  10 s     Breaks.",
                        "endless            read-only  50 ms    Never ends. [2J",
                        "                                       words of its own when it takes too long");
        assertThat(out.toString()).contains("fill_slots         flow                Call this as soon as");
    }

    @Test
    void aSourceThatCannotStartIsToldInItsOwnSentence() {
        Bot bot = desk().withTools(system -> {
            throw new UnusableToolSource("the MCP server 'desk' did not start: no such file; check its command");
        });
        int code = new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run("tools", "list");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString().strip())
                .isEqualTo("antiphon: the MCP server 'desk' did not start: no such file; check its command");
    }

    @Test
    void aTrustStoreThatCannotBeReadIsOneOfTheThingsToCorrect() {
        Bot bot = desk().withTools(system -> {
            throw new UncheckedIOException(new IOException(new NoSuchAlgorithmException(
                    "Error constructing implementation (class: sun.security.ssl.SSLContextImpl$DefaultSSLContext)")));
        });
        int code = new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run("tools", "list");

        assertThat(code).isEqualTo(2);
        assertThat(err.toString())
                .startsWith("antiphon: the trust store of the JDK")
                .doesNotContain("\tat ");
    }

    @Test
    void theListIsDataToo() {
        assertThat(run("tools", "list", "--json")).isZero();
        JsonNode tools = json().path("tools");
        assertThat(tools.path(0).path("access").asString()).isEqualTo("read_only");
        assertThat(tools.path(0).path("timeout_ms").asInt()).isEqualTo(3_000);
        assertThat(tools.path(0).path("policy").propertyNames()).containsExactly("bulkhead", "retries", "breaker");
        assertThat(tools.path(1).path("policy").isEmpty()).isTrue();
        assertThat(tools.path(5).path("access").asString()).isEqualTo("flow");
    }

    @Test
    void theSchemaIsTheModels() {
        assertThat(run("tools", "schema", "free")).isZero();
        assertThat(json().path("properties").path("date").path("format").asString())
                .isEqualTo("date");
        assertThat(run("tools", "schema", "fill_slots")).isZero();
        assertThat(json().path("type").asString()).isEqualTo("object");
    }

    @Test
    void aCallPrintsWhatTheModelWouldGetAndHowLongItTook() {
        assertThat(run("tools", "call", "free", "{\"date\":\"2026-12-24\",\"people\":4}"))
                .isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("[\"18:00\"]");
        assertThat(err.toString()).matches("ok after \\d+ ms\\R");
        assertThat(asked).containsExactly(new Query(LocalDate.of(2026, 12, 24), 4, Optional.empty(), Optional.empty()));
    }

    record Key(@Sensitive String pin) {}

    record Opened(String door, @Sensitive String nextPin) {}

    @Test
    void sensitiveValuesOfAnAnswerAreNotPrinted() {
        Bot bot = desk().withTools(system -> ToolDispatcher.start(
                system,
                List.of(Tool.of("open", "Opens.", Key.class, key -> new Opened("with " + key.pin(), "next-canary"))
                        .readOnly())));
        int code = new AntiphonCommand(bot)
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run("tools", "call", "open", "--arg", "pin=canary-1");

        assertThat(code).as(err.toString()).isZero();
        assertThat(out.toString()).isEqualToIgnoringNewLines("{\"door\":\"with ***\",\"nextPin\":\"***\"}");
        assertThat(out.toString() + err).doesNotContain("canary");
    }

    @Test
    void singleArgumentsAreReadAsTheSchemaSays() {
        String[] call = {
            "tools",
            "call",
            "free",
            "{\"people\":2}",
            "--arg",
            "people=4",
            "--arg",
            "date=2026-12-24",
            "--arg",
            "wishes=window",
            "--arg",
            "wishes=2",
            "--arg",
            "code=0042",
            "--json"
        };
        assertThat(run(call)).as(err.toString()).isZero();
        assertThat(asked)
                .containsExactly(new Query(
                        LocalDate.of(2026, 12, 24), 4, Optional.of(List.of("window", "2")), Optional.of("0042")));
        assertThat(json().path("outcome").asString()).isEqualTo("ok");
        assertThat(json().path("answer").path(0).asString()).isEqualTo("18:00");
        assertThat(json().path("took_ms").isIntegralNumber()).isTrue();
    }

    @Test
    void whatMayChangeSomethingIsCalledWithYesAlone() {
        String[] call = {"tools", "call", "book", "--arg", "date=2026-12-24", "--arg", "people=4"};
        assertThat(run(call)).isEqualTo(2);
        assertThat(err.toString()).contains("'book' may change something, so nothing was called; add --yes to call it");
        assertThat(asked).isEmpty();

        List<String> sure = new ArrayList<>(List.of(call));
        sure.add("--yes");
        assertThat(run(sure.toArray(String[]::new))).isZero();
        assertThat(asked).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    free    | {"date":"2026-12-24","people":"many"} | 2 | {"error":"'people' | rejected after
                    free    | not json                              | 2 | {"error":"           | rejected after
                    closed  | {}                                    | 1 | {"error":"the tool failed: ask for another day"} | failed after
                    broken  | {}                                    | 1 | {"error":"the tool failed: 'broken' failed"} | not told to the model: java.lang.IllegalStateException: no database
                    endless | {}                                    | 1 | {"error":"the tool did not answer within 50 ms","say":"Too slow."} | timed out after
                    """)
    void whatWentWrongIsInTheExitCode(String tool, String arguments, int code, String answer, String remark) {
        assertThat(run("tools", "call", tool, arguments)).isEqualTo(code);
        assertThat(out.toString()).startsWith(answer);
        assertThat(err.toString()).contains(remark).doesNotContain("\tat ");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    tools                                  | a command is missing: tools list, tools schema or tools call
                    tools call                             | Missing required parameter
                    tools call fre                         | the bot 'desk' has no tool 'fre'; did you mean 'free'? It has free, book, closed, broken, endless, fill_slots,
                    tools schema fre                       | the bot 'desk' has no tool 'fre'
                    tools call fill_slots                   | 'fill_slots' is a tool of the flow and works on a call; talk to the flow with 'flow try'
                    tools call free --arg people           | --arg must be name=value, but was 'people'
                    tools call free --arg date=a --arg date=b | --arg date was given twice, but it is no list
                    tools call free [] --arg people=1      | the arguments must be a JSON object
                    tools call free { --arg people=1       | the arguments must be a JSON object, but are none
                    tools list --openapi x.yaml            | --openapi needs --base-url URL
                    tools list --base-url http://localhost | --base-url is the address of --openapi FILE; name that too
                    tools list --openapi x --mcp y         | --openapi, --mcp and --mcp-url are sources of tools; name one of them
                    tools list --allow free                | --allow and credentials are for a source of tools
                    tools list --bearer-env TOKEN          | --allow and credentials are for a source of tools
                    tools list --env TOKEN                 | --env is for the process of --mcp COMMAND; name that too
                    tools list --mcp-url http://localhost:1 --bearer-env sk-12       | --bearer-env must name an environment variable
                    tools list --mcp-url http://localhost:1 --header-env sk-12       | --header-env must be NAME=VARIABLE
                    tools list --mcp-url http://localhost:1 --bearer-env NOT_SET_12  | the environment variable NOT_SET_12 is not set
                    """)
    void wrongUsageSaysWhatToDo(String line, String told) {
        assertThat(run(line.split(" "))).isEqualTo(2);
        assertThat(err.toString()).contains(told).doesNotContain("\tat ", "sk-12");
    }

    @Test
    void aCommandIsDividedAtBlanksOutsideQuotes() {
        assertThat(CommandWords.of(" node  'my desk.js' --name=\"a 'b'\" '' "))
                .containsExactly("node", "my desk.js", "--name=a 'b'", "");
    }

    private JsonNode json() {
        return JsonMapper.shared().readTree(out.toString());
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        return new AntiphonCommand(desk())
                .writingTo(new PrintWriter(out), new PrintWriter(err))
                .run(arguments);
    }

    private Bot desk() {
        List<Tool<?, ?>> tools = List.of(
                Tool.of("free", "Looks up free tables.", Query.class, this::free)
                        .with(policy -> policy.readOnly()
                                .timeout(Duration.ofSeconds(3))
                                .bulkhead(2, 5)
                                .retries(1)
                                .breaker(ToolPolicy.Breaker.DEFAULT)),
                Tool.of("book", "Books a table.", Query.class, this::free),
                Tool.of("closed", "Is closed.", Nothing.class, query -> {
                            throw new ToolFailure("ask for another day");
                        })
                        .readOnly(),
                Tool.of("broken", "Breaks.", Nothing.class, query -> {
                            throw new IllegalStateException("no database");
                        })
                        .readOnly(),
                Tool.of("endless", "Never ends. \u001b[2J", Nothing.class, query -> {
                            new CountDownLatch(1).await();
                            return "never";
                        })
                        .with(policy ->
                                policy.readOnly().timeout(Duration.ofMillis(50)).exit(Wording.of("Too slow."))));
        Slot<String> name = personName("name").ask("May I have your name?");
        Flow<Caller> flow = Flow.named(
                "desk",
                Caller.class,
                f -> f.goal("Take a name")
                        .collect(name)
                        .confirm(c -> say("{}?", c.name()))
                        .effect("note", c -> 1, e -> e)
                        .done((c, n) -> say("Goodbye.")));
        return Bot.of(
                        "desk",
                        "Books tables.",
                        () -> FlowConversation.start(flow, InstantSource.system(), ZoneOffset.UTC, "call"))
                .withTools(system -> ToolDispatcher.start(system, tools));
    }

    private List<String> free(Query query) {
        asked.add(query);
        return List.of("18:00");
    }
}
