package dev.antiphon.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.model.Money;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.gateway.AccessPolicy;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.spend.Cap;
import dev.antiphon.spend.SpendMemory;
import dev.antiphon.spend.SpendPlan;
import dev.antiphon.spend.SpendPolicy;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Calls of a running server in experiments, and operators who run them. */
class ExperimentCallTest {
    private static final String TEXT_ONLY =
            "{\"type\":\"session.update\",\"session\":{\"type\":\"realtime\",\"output_modalities\":[\"text\"]}}";
    private static final String TIERS = """
            experiments:
              - key: tiers
                flows: [order-drink]
                arms: [{key: usual}, {key: large, tier: full, voice: cedar}]
            """;

    private static final String PASSWORD = "a long password";

    private final BlockingQueue<SessionEvent> facts = new LinkedBlockingQueue<>();

    private OrderDesk open(String yaml) {
        List<Experiment> experiments = ExperimentFile.parse("test.yaml", yaml);
        return OrderDesk.open(settings -> settings.withObserver(facts::add)
                .withExperiments(ExperimentSettings.inMemory(experiments, new Assigner("a key for tests only"))));
    }

    private <T extends SessionEvent> T fact(Class<T> type) throws InterruptedException {
        while (true) {
            SessionEvent next = facts.poll(10, TimeUnit.SECONDS);
            assertThat(next).as("a fact, " + type.getSimpleName()).isNotNull();
            if (type.isInstance(next)) {
                return type.cast(next);
            }
        }
    }

    private static HttpResponse<String> ask(URI uri, String method, String body) throws Exception {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                    HttpRequest.newBuilder(uri)
                            .method(method, HttpRequest.BodyPublishers.ofString(body))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
        }
    }

    private static JsonNode json(HttpResponse<String> response) {
        return JsonMapper.shared().readTree(response.body());
    }

    private static void start(OrderDesk desk) throws Exception {
        HttpResponse<String> answer =
                ask(desk.http("/v1/experiments/tiers/start"), "POST", "{\"who\":\"ada\",\"why\":\"ticket 12\"}");
        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(json(answer).path("state").asString()).isEqualTo("running 100 %");
    }

    private static void call(OrderDesk desk, String caller) throws InterruptedException {
        try (RealtimeClient client = RealtimeClient.connect(URI.create(desk.realtime() + "?caller=" + caller))) {
            client.send(TEXT_ONLY);
            client.next("response.output_text.done");
        }
    }

    @Test
    void aCallerGetsTheArmsTierInEachCallAndItIsToldRightAfterTheStart() throws Exception {
        try (OrderDesk desk = open(TIERS)) {
            start(desk);
            for (int i = 0; i < 6; i++) {
                String caller = List.of("Ada", "Bea", "Cyd").get(i / 2);
                call(desk, caller);
                SessionEvent.SessionStarted started = fact(SessionEvent.SessionStarted.class);
                SessionEvent next = facts.poll(10, TimeUnit.SECONDS);
                assertThat(next).isInstanceOfSatisfying(SessionEvent.ExperimentEntered.class, entered -> {
                    assertThat(entered.experiment()).isEqualTo("tiers");
                    assertThat(entered.unit()).matches("[0-9a-f]{64}");
                    assertThat(started.tier()).isEqualTo(entered.variant().equals("large") ? "full" : "mini");
                });
                fact(SessionEvent.SessionEnded.class);
            }
            JsonNode report = json(ask(desk.http("/v1/experiments/tiers"), "GET", ""));
            long units = report.path("units").asLong();
            assertThat(units).isEqualTo(3);
            assertThat(report.path("verdict").asString()).isEqualTo("collecting");
            assertThat(report.path("audit").get(0).path("who").asString()).isEqualTo("ada");
            assertThat(report.toString()).doesNotContain("Ada");
        }
    }

    @Test
    void beforeItsStartAndAfterItsEndNoCallEnters() throws Exception {
        try (OrderDesk desk = open(TIERS)) {
            call(desk, "ada");
            fact(SessionEvent.SessionEnded.class);
            start(desk);
            assertThat(ask(desk.http("/v1/experiments/tiers/stop"), "POST", "{\"who\":\"ada\",\"why\":\"done\"}")
                            .statusCode())
                    .isEqualTo(200);
            call(desk, "ada");
            SessionEvent.SessionStarted started = fact(SessionEvent.SessionStarted.class);
            assertThat(started.tier()).isEqualTo("mini");
            fact(SessionEvent.SessionEnded.class);
            assertThat(json(ask(desk.http("/v1/experiments"), "GET", ""))
                            .path("experiments")
                            .get(0)
                            .path("units")
                            .asLong())
                    .isZero();
        }
    }

    @Test
    void atItsSpendCapTheExperimentIsPausedAndCallsGoOnOutsideOfIt() throws Exception {
        SpendPolicy policy = SpendPolicy.none().withPerExperiment(Map.of("tiers", new Cap(Money.usd("0.000001"))));
        ExperimentSettings experiments = ExperimentSettings.inMemory(
                ExperimentFile.parse("test.yaml", TIERS), new Assigner("a key for tests only"));
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withObserver(facts::add)
                .withSpend(new SpendPlan(policy, SpendMemory.none()))
                .withExperiments(experiments))) {
            start(desk);
            call(desk, "ada");
            assertThat(fact(SessionEvent.ExperimentEntered.class).experiment()).isEqualTo("tiers");
            fact(SessionEvent.SessionEnded.class);
            call(desk, "ada");
            fact(SessionEvent.SessionStarted.class);
            assertThat(facts.poll(10, TimeUnit.SECONDS)).isNotInstanceOf(SessionEvent.ExperimentEntered.class);
            fact(SessionEvent.SessionEnded.class);
            JsonNode listed = json(ask(desk.http("/v1/experiments"), "GET", ""))
                    .path("experiments")
                    .get(0);
            assertThat(listed.path("state").asString()).isEqualTo("paused 100 %");
            assertThat(listed.path("notice").asString())
                    .contains("last by spend cap: its spend cap of $0.0000 is reached: its calls have cost $");
            assertThat(listed.at("/spend/level").asString()).isEqualTo("reached");
            assertThat(ask(desk.http("/v1/experiments/tiers/start"), "POST", "{\"who\":\"ada\",\"why\":\"x\"}")
                            .body())
                    .contains("raise the cap");
        }
    }

    private static final String TIERS_AND_VOICES = """
            experiments:
              - key: tiers
                arms: [{key: usual}, {key: large, tier: full}]
              - key: voices
                arms: [{key: a, voice: cedar}, {key: b, voice: cedar}]
            """;

    /** A call, with what it entered. */
    private List<String> entered(OrderDesk desk, String caller, String tier) throws InterruptedException {
        call(desk, caller);
        assertThat(fact(SessionEvent.SessionStarted.class).tier()).isEqualTo(tier);
        List<String> keys = new ArrayList<>();
        SessionEvent next = facts.poll(10, TimeUnit.SECONDS);
        while (next != null && !(next instanceof SessionEvent.SessionEnded)) {
            if (next instanceof SessionEvent.ExperimentEntered in) {
                keys.add(in.experiment());
            }
            next = facts.poll(10, TimeUnit.SECONDS);
        }
        assertThat(next).as("the end of the call").isNotNull();
        return keys;
    }

    private static void start(OrderDesk desk, String key) throws Exception {
        assertThat(ask(desk.http("/v1/experiments/" + key + "/start"), "POST", "{\"who\":\"ada\",\"why\":\"t\"}")
                        .statusCode())
                .isEqualTo(200);
    }

    @Test
    void aCallThatTheDaysCapKeepsOnTheLowestTierEntersNoExperimentOnTiers() throws Exception {
        SpendPolicy policy =
                SpendPolicy.none().withPerDay(new Cap(Money.usd("0.000001")), SpendPolicy.AtDayCap.LOWEST_TIER);
        ExperimentSettings experiments = ExperimentSettings.inMemory(
                ExperimentFile.parse("test.yaml", TIERS_AND_VOICES), new Assigner("a key for tests only"));
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withObserver(facts::add)
                .withSpend(new SpendPlan(policy, SpendMemory.none()))
                .withExperiments(experiments))) {
            call(desk, "first");
            fact(SessionEvent.SessionEnded.class);
            start(desk, "tiers");
            start(desk, "voices");
            for (String caller : List.of("ada", "bea", "cyd", "dan", "eve")) {
                assertThat(entered(desk, caller, "mini")).containsExactly("voices");
            }
            JsonNode report = json(ask(desk.http("/v1/experiments/tiers"), "GET", ""));
            assertThat(report.path("units").asLong()).isZero();
            assertThat(report.at("/stayed_out/day_cap").asLong()).isEqualTo(5);
            assertThat(report.path("notice").asString())
                    .contains("5 kept on the lowest tier by the day's spend cap", "are in no figure");
            assertThat(json(ask(desk.http("/v1/experiments/voices"), "GET", ""))
                            .path("units")
                            .asLong())
                    .isEqualTo(5);
            assertThat(ask(desk.http("/metrics"), "GET", "").body())
                    .contains("voice_experiment_stayed_out_total{experiment=\"tiers\",reason=\"day_cap\"} 5.0")
                    .contains("voice_experiment_stayed_out_total{experiment=\"tiers\",reason=\"forced_tier\"} 0.0");
        }
    }

    @Test
    void aTierThatAnOperatorForcesWinsOverTheArmAndTheCallStaysOutside() throws Exception {
        ExperimentSettings experiments = ExperimentSettings.inMemory(
                ExperimentFile.parse("test.yaml", TIERS_AND_VOICES), new Assigner("a key for tests only"));
        try (OrderDesk desk = OrderDesk.open(settings -> settings.withObserver(facts::add)
                        .withOperator(OperatorSettings.withPassword(PASSWORD).withAddress("127.0.0.1", 0, 1))
                        .withExperiments(experiments));
                ConsoleClient console = ConsoleClient.logIn(desk.operator(), PASSWORD)) {
            start(desk, "tiers");
            start(desk, "voices");
            String forced = "{\"reason\":\"the model is broken\",\"flow\":\"order-drink\",\"tier\":\"mini\"}";
            assertThat(console.order("force-tier", forced).body())
                    .contains("New calls of order-drink begin on mini.")
                    .contains("Until it is released, they do not enter experiments on tiers: tiers.");
            for (String caller : List.of("ada", "bea", "cyd", "dan", "eve")) {
                assertThat(entered(desk, caller, "mini")).containsExactly("voices");
            }
            JsonNode report = json(ask(desk.http("/v1/experiments/tiers"), "GET", ""));
            assertThat(report.path("units").asLong()).isZero();
            assertThat(report.at("/stayed_out/forced_tier").asLong()).isEqualTo(5);
            assertThat(console.order("release-tier", "{\"reason\":\"mended\",\"flow\":\"order-drink\"}")
                            .statusCode())
                    .isEqualTo(200);
            call(desk, "ada");
            assertThat(fact(SessionEvent.ExperimentEntered.class).experiment()).isEqualTo("tiers");
        }
    }

    @Test
    void aVariantIsAnotherDialogAndOneThatBreaksEndsNoCall() throws Exception {
        String yaml = """
                experiments:
                  - key: tiers
                    arms: [{key: a, variant: brief}, {key: b, variant: brief}]
                """;
        ExperimentSettings settings = ExperimentSettings.inMemory(
                ExperimentFile.parse("test.yaml", yaml), new Assigner("a key for tests only"));
        try (OrderDesk desk = OrderDesk.open(
                s -> s.withObserver(facts::add).withExperiments(settings),
                bot -> bot.withVariant("brief", caller -> {
                    if (caller.id().filter("broken"::equals).isPresent()) {
                        throw new IllegalStateException("a bug in a variant");
                    }
                    return new PromptConversation("brief-order", "Take an order.", Optional.of("Yes?"));
                }))) {
            start(desk);
            call(desk, "ada");
            assertThat(fact(SessionEvent.SessionStarted.class).flow()).isEqualTo("brief-order");
            assertThat(facts.poll(10, TimeUnit.SECONDS)).isInstanceOf(SessionEvent.ExperimentEntered.class);
            fact(SessionEvent.SessionEnded.class);
            call(desk, "broken");
            assertThat(fact(SessionEvent.SessionStarted.class).flow()).isEqualTo("order-drink");
            assertThat(facts.poll(10, TimeUnit.SECONDS)).isNotInstanceOf(SessionEvent.ExperimentEntered.class);
        }
    }

    @Test
    void whatOperatorsAskWronglyIsRefusedWithTheRule() throws Exception {
        try (OrderDesk desk = open(TIERS)) {
            URI ramp = desk.http("/v1/experiments/tiers/ramp");
            assertThat(ask(ramp, "POST", "{\"who\":\"ada\",\"why\":\"x\",\"stage\":5}")
                            .body())
                    .contains("only a running or paused experiment has a stage, but this one is a draft");
            start(desk);
            HttpResponse<String> odd = ask(ramp, "POST", "{\"who\":\"ada\",\"why\":\"x\",\"stage\":7}");
            assertThat(odd.statusCode()).isEqualTo(409);
            assertThat(odd.body()).contains("one of [1, 5, 10, 25, 50, 100] percent, but was 7");
            assertThat(ask(ramp, "POST", "{\"who\":\"\",\"why\":\"x\",\"stage\":5}")
                            .statusCode())
                    .isEqualTo(400);
            assertThat(ask(ramp, "POST", "[").statusCode()).isEqualTo(400);
            assertThat(ask(ramp, "GET", "").statusCode()).isEqualTo(405);
            assertThat(ask(desk.http("/v1/experiments/other"), "GET", "").body())
                    .contains("there are [tiers]");
        }
    }

    @Test
    void withoutTheKeyNothingIsShownAndNothingIsChanged() throws Exception {
        ExperimentSettings settings = ExperimentSettings.inMemory(
                ExperimentFile.parse("test.yaml", TIERS), new Assigner("a key for tests only"));
        try (OrderDesk desk = OrderDesk.open(
                s -> s.withAccess(AccessPolicy.withKeys(Set.of("secret"))).withExperiments(settings))) {
            assertThat(ask(desk.http("/v1/experiments"), "GET", "").statusCode())
                    .isEqualTo(401);
            assertThat(ask(desk.http("/v1/experiments/tiers/start"), "POST", "{\"who\":\"a\",\"why\":\"b\"}")
                            .statusCode())
                    .isEqualTo(401);
        }
    }

    @Test
    void whatIsNotThereIsSaidAtTheStart() {
        assertThatThrownBy(() -> open(TIERS.replace("tier: full", "tier: huge")))
                .isInstanceOf(ExperimentProblem.class)
                .hasMessageContaining(
                        "arm large of experiment tiers needs a tier of the ladder, [mini, full], but has 'huge'");
        assertThatThrownBy(() -> open(TIERS.replace("tier: full", "variant: none")))
                .hasMessageContaining("needs a variant that the bot has, [] by Bot.withVariant, but has 'none'");
    }

    @Test
    void anOperatorRunsAnExperimentFromTheCommandLine(@TempDir Path folder) throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));
        AntiphonCommand command = new AntiphonCommand(bot).writingTo(new PrintWriter(out), new PrintWriter(err));
        try (OrderDesk desk = open(TIERS)) {
            String url = desk.http("/").toString();
            assertThat(command.run("experiment", "start", "tiers", "--stage", "5", "--why", "ticket 12", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "ramp", "tiers", "--stage", "25", "--why", "well", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "pause", "tiers", "--why", "lunch", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "list", "--url", url)).isZero();
            assertThat(command.run("experiment", "report", "tiers", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "report", "tiers", "--csv", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "stop", "tiers", "--why", "over", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "start", "tiers", "--why", "again", "--url", url))
                    .isEqualTo(1);
            assertThat(command.run("experiment", "start", "tiers", "--url", url))
                    .isEqualTo(2);
        }
        assertThat(out.toString())
                .contains(
                        "tiers is now running at 5 %.",
                        "tiers is now paused at 25 %.", "Collecting: the smaller arm has 0 units")
                .contains("experiment,arm,metric,role", "tiers,large,completion,goal,,,")
                .contains("running 5 % → running 25 %: well")
                .containsPattern("usual +0 +0 +– \\( *0\\.0 … 100\\.0\\) +–\\R");
        assertThat(err.toString())
                .contains("only a draft or a paused experiment can be started, but this one is stopped");
        Path file = Files.writeString(folder.resolve("x.yaml"), TIERS.replace("order-drink", "talker"));
        assertThat(command.run("experiment", "check", file.toString())).isZero();
        assertThat(out.toString())
                .contains("tiers: usual 50 %, large 50 %; flows talker")
                .doesNotContain("A/A test");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            [order-drink]              | [nope]                     | flows of experiment tiers must be what calls of the bot are about, [order-drink], but has 'nope'
            tier: full, voice: cedar   | voice: nosuchvoice         | needs a voice of model gpt-realtime-mini, on which its calls start (tier mini), [marin, cedar,
            tier: full, voice: cedar   | tier: full, effort: high   | sets the effort 'high', but model gpt-realtime, on which its calls start (tier full), cannot be told to reason
            tier: full, voice: cedar   | variant: none              | needs a variant that the bot has, [] by Bot.withVariant, but has 'none'
            """)
    void whatTheBotOrItsModelsDoNotHaveIsRefusedByTheCheckAndAtTheStart(
            String right, String wrong, String message, @TempDir Path folder) throws Exception {
        assertThat(TIERS).contains(right);
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("order-drink", "Talk.", Optional.empty()));
        AntiphonCommand command = new AntiphonCommand(bot).writingTo(new PrintWriter(out), new PrintWriter(err));
        Path file = Files.writeString(folder.resolve("x.yaml"), TIERS.replace(right, wrong));
        assertThat(command.run("experiment", "check", file.toString(), "--provider", "emulator"))
                .isEqualTo(1);
        assertThat(err.toString()).contains(message);
        assertThat(command.run(
                        "demo",
                        "--experiments",
                        file.toString(),
                        "--provider",
                        "emulator",
                        "--store",
                        "none",
                        "--port",
                        "0",
                        "--db",
                        folder.resolve("db").toString()))
                .isEqualTo(2);
        assertThat(err.toString().split(Pattern.quote(message), -1)).hasSize(3);
    }

    @Test
    void armsThatAreTheSameAreCalledAnAATest(@TempDir Path folder) throws Exception {
        StringWriter out = new StringWriter();
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("order-drink", "Talk.", Optional.empty()));
        AntiphonCommand command =
                new AntiphonCommand(bot).writingTo(new PrintWriter(out), new PrintWriter(new StringWriter()));
        Path file = Files.writeString(
                folder.resolve("x.yaml"), TIERS.replace("{key: large, tier: full, voice: cedar}", "{key: same}"));
        assertThat(command.run("experiment", "check", file.toString(), "--provider", "emulator"))
                .isZero();
        assertThat(out.toString()).contains("Note: experiment tiers is an A/A test");
    }

    @Test
    void aCallWhoseArmTheServiceRefusesGoesOnAsUsualAndCountsForTheArm() throws Exception {
        String yaml = """
                experiments:
                  - key: tiers
                    arms: [{key: a, voice: nosuchvoice}, {key: b, voice: nosuchvoice}]
                """;
        try (OrderDesk desk = open(yaml)) {
            start(desk);
            call(desk, "ada");
            SessionEvent.ServiceProblem problem = fact(SessionEvent.ServiceProblem.class);
            assertThat(problem.code()).isEqualTo("experiment_settings_refused");
            assertThat(problem.message()).contains("goes on without the voice and effort", "nosuchvoice");
            assertThat(fact(SessionEvent.SessionStarted.class).tier()).isEqualTo("mini");
            assertThat(fact(SessionEvent.ExperimentEntered.class).experiment()).isEqualTo("tiers");
            assertThat(fact(SessionEvent.SessionEnded.class).outcome().name()).isNotEqualTo("failed");
        }
    }

    @Test
    void anOperatorChangesWeightsAfterReadingWhatItMeans() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));
        AntiphonCommand command = new AntiphonCommand(bot).writingTo(new PrintWriter(out), new PrintWriter(err));
        try (OrderDesk desk = open(TIERS)) {
            start(desk);
            call(desk, "ada");
            SessionEvent.ExperimentEntered first = fact(SessionEvent.ExperimentEntered.class);
            fact(SessionEvent.SessionEnded.class);
            String url = desk.http("/").toString();
            String[] weights = {"experiment", "weights", "tiers", "usual=20", "large=80", "--why", "t 12", "--url", url
            };
            assertThat(command.run(weights)).isEqualTo(2);
            assertThat(err.toString())
                    .contains("nothing was changed: another phase of tiers would begin", "--yes does it");
            List<String> sure = new ArrayList<>(List.of(weights));
            sure.add("--yes");
            assertThat(command.run(sure.toArray(String[]::new))).isZero();
            sure.set(3, "usual=30");
            assertThat(command.run(sure.toArray(String[]::new))).isEqualTo(2);
            assertThat(command.run(
                            "experiment", "weights", "tiers", "usual=20", "large=90", "--why", "t 12", "--url", url))
                    .isEqualTo(2);
            assertThat(err.toString().split("weights must add up to 100 percent, but add up to 110; nothing", -1))
                    .hasSize(3);
            call(desk, "ada");
            SessionEvent.ExperimentEntered again = fact(SessionEvent.ExperimentEntered.class);
            assertThat(again.variant()).isEqualTo(first.variant());
            assertThat(again.phase()).isEqualTo(1);
            fact(SessionEvent.SessionEnded.class);
            call(desk, "bea");
            assertThat(fact(SessionEvent.ExperimentEntered.class).phase()).isEqualTo(2);
            fact(SessionEvent.SessionEnded.class);
            assertThat(json(ask(desk.http("/v1/experiments/tiers"), "GET", ""))
                            .path("units")
                            .asLong())
                    .isEqualTo(1);
            assertThat(command.run("experiment", "report", "tiers", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "report", "tiers", "--phase", "1", "--csv", "--url", url))
                    .isZero();
            assertThat(command.run("experiment", "report", "tiers", "--phase", "7", "--url", url))
                    .isEqualTo(1);
            assertThat(ask(
                                    desk.http("/v1/experiments/tiers/weights"),
                                    "POST",
                                    "{\"who\":\"ada\",\"why\":\"x\",\"weights\":{\"usual\":\"half\"}}")
                            .body())
                    .contains("the weight of arm usual must be a number");
        }
        assertThat(out.toString())
                .contains(
                        "tiers is now running at 100 %, phase 2.",
                        "figures of phase 2 of 2", "Phase 2, since the weights")
                .contains("with usual 50 %, large 50 % → running 100 %, phase 2 with usual 20 %, large 80 %: t 12")
                .containsPattern("tiers,large,completion,goal.*,1\\R");
        assertThat(err.toString()).contains("a phase of experiment tiers must be from 1 to 2, but was 7");
    }

    @Test
    void aPlanSaysHowManyCallsAnAnswerTakes() throws Exception {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        Bot bot = Bot.of("talker", "Talks.", () -> new PromptConversation("talker", "Talk.", Optional.empty()));
        AntiphonCommand command = new AntiphonCommand(bot).writingTo(new PrintWriter(out), new PrintWriter(err));
        assertThat(command.run("experiment", "plan", "--from", "85", "--to", "90", "--json"))
                .isZero();
        JsonNode answer =
                JsonMapper.shared().readTree(out.toString()).path("answers").get(0);
        assertThat(answer.path("calls_per_arm_of_one_look").asInt()).isEqualTo(686);
        assertThat(answer.path("calls_per_arm").asInt()).isBetween(700, 760);
        JsonNode imbalance = JsonMapper.shared().readTree(out.toString()).at("/imbalances/0");
        assertThat(imbalance.at("/shares/0").asDouble()).isCloseTo(0.3, Offset.offset(1e-9));
        assertThat(imbalance.path("units").asLong()).isBetween(300L, 400L);
        assertThat(command.run("experiment", "plan", "--from", "85", "--margin", "3", "--calls-per-day", "400"))
                .isZero();
        assertThat(out.toString()).contains("at most 3 points below 85 % with").contains("days at 400 calls a day");
        assertThat(command.run("experiment", "plan", "--cost-change", "20")).isZero();
        Matcher noticed = Pattern.compile("stop the experiment after so many in all, (.*)\\.")
                .matcher(out.toString());
        assertThat(noticed.find()).isTrue();
        assertThat(noticed.group(1))
                .matches("30:70 after [\\d,]+, 40:60 after [\\d,]+, 45:55 after [\\d,]+, 49:51 after .*");
        Path page = Stream.of(Path.of("docs"), Path.of("..", "docs"))
                .map(docs -> docs.resolve("experiments.md"))
                .filter(Files::exists)
                .findFirst()
                .orElseThrow();
        assertThat(Files.readString(page)).contains(noticed.group(1));
        assertThat(command.run("experiment", "plan", "--from", "85")).isEqualTo(2);
        assertThat(command.run("experiment", "plan", "--from", "0.85", "--to", "120"))
                .isEqualTo(2);
        assertThat(command.run("experiment", "plan", "--from", "85", "--to", "85"))
                .isEqualTo(2);
        assertThat(err.toString())
                .contains("--to must be another completion than --from, but both were 85; that an arm is no worse");
        assertThat(err.toString()).contains("--to must be above 0 and below 100, but was 120.0");
    }
}
