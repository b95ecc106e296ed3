package dev.antiphon.samples.clinic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.ExperimentStore;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.experiment.UnitTotals;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.experiment.MemoryExperimentStore;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.UnitKey;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.tier.RouterPolicy;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The operator's console in a real browser, after simulated calls. Its screenshots are kept in {@code target/console}, and in the
 * folder that {@code -Dantiphon.screenshots=FOLDER} names.
 */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class OperatorConsoleTest {
    private static final String PASSWORD = "correct horse battery";
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
    private static final LocatorAssertions.HasTextOptions TEXT_SOON =
            new LocatorAssertions.HasTextOptions().setTimeout(20_000);
    private static final Path SHOTS = Path.of(System.getProperty("antiphon.screenshots", "target/console"));
    private static final Map<String, String> VIEWS = Map.of(
            "now", "Turn latency p95",
            "flows", "returned within 7 days",
            "latency", "What a turn is made of",
            "cost", "A completed task",
            "router", "Where new calls begin",
            "experiments", "Guardrails of larger-model",
            "stored", "Calls that ended",
            "calls", "Live calls, then the latest",
            "audit", "What operators did");

    private static Browsers browsers;
    private static ClinicDesk desk;
    private static Store store;
    private final List<String> problems = new ArrayList<>();
    private BrowserContext context;
    private Page page;

    @BeforeAll
    static void someCallsAreMade() {
        browsers = Browsers.start(false);
        Experiment experiment = Experiment.of(
                "larger-model",
                draft -> draft.arms(
                        List.of(new Arm("mini", 0.5, Treatment.NONE), new Arm("full", 0.5, Treatment.tier("full")))));
        MemoryExperimentStore results = new MemoryExperimentStore();
        results.replace(experiment.key(), ExperimentState.DRAFT, started(experiment));
        store = Store.open(StoreSettings.defaults(StoreAddress.inMemory(), UnitKey.of("a key for this test"))
                .simulated(true));
        assertThat(store.awaitUp(Duration.ofSeconds(20))).isTrue();
        desk = ClinicDesk.of(
                ClinicApp.bot(new Storage.PerCall()),
                models -> models,
                settings -> settings.withOperator(OperatorSettings.withPassword(PASSWORD)
                                .withAddress("127.0.0.1", 0, 1)
                                .withNotice("Simulated: the built-in emulator answers, no real model."))
                        .withRouter(RouterPolicy.defaults().withTarget(0.85))
                        .withStore(Optional.of(store))
                        .withExperiments(
                                ExperimentSettings.inMemory(List.of(experiment), new Assigner("a key for this test"))
                                        .keptIn(new KeptElsewhere(results), results)));
        List<String> arguments = new ArrayList<>(List.of("--parallel", "4"));
        arguments.addAll(Callers.calls(3, "happy"));
        arguments.addAll(Callers.calls(2, "correction"));
        arguments.addAll(Callers.calls(2, "faq"));
        arguments.addAll(Callers.calls(2, "cancel"));
        new Callers(desk).call(arguments);
        theSameCallerCallsTwice();
        manyMoreCallsOfTheExperiment(experiment, results);
        assertThat(store.flush(Duration.ofSeconds(20))).isTrue();
    }

    /** Experiments that an application keeps by itself, so that facts which nobody made are in no figure of stored calls. */
    private record KeptElsewhere(ExperimentStore results) implements ExperimentStore {
        @Override
        public Map<String, ExperimentState> states() {
            return results.states();
        }

        @Override
        public boolean replace(String key, ExperimentState before, ExperimentState after) {
            return results.replace(key, before, after);
        }

        @Override
        public List<UnitTotals> totals(String key, Duration slow) {
            return results.totals(key, slow);
        }

        @Override
        public boolean isLasting() {
            return results.isLasting();
        }
    }

    private static ExperimentState started(Experiment experiment) {
        Change.Start start = new Change.Start(100, experiment.design());
        return switch (ExperimentState.DRAFT.changed(start, "test", "to see it", Instant.now())) {
            case Result.Changed changed -> changed.state();
            case Result.Refused refused -> throw new IllegalStateException(refused.rule());
        };
    }

    private static void theSameCallerCallsTwice() {
        for (int call = 0; call < 2; call++) {
            Callers.run(
                    new AntiphonCommand("clinic", ClinicApp::bot),
                    Stream.of("--url", desk.realtime() + "?caller=ada", "--script", "all-at-once"));
        }
    }

    /** Facts of calls that nobody made, told to the experiment's store only: 80 in each arm. */
    private static void manyMoreCallsOfTheExperiment(Experiment experiment, MemoryExperimentStore results) {
        for (int call = 0; call < 160; call++) {
            SessionId id = new SessionId("made-up-" + call);
            String arm = call % 2 == 0 ? "mini" : "full";
            Outcome outcome = call % (call % 2 == 0 ? 5 : 9) == 0
                    ? new Outcome.Abandoned("made up")
                    : new Outcome.Completed("book-visit", "made up");
            Money cost = Money.usd(arm.equals("mini") ? "0.0040" : "0.0135");
            results.on(new SessionEvent.SessionStarted(id, Instant.now(), "book-visit", "", arm, "none"));
            results.on(new SessionEvent.ExperimentEntered(
                    id, Instant.now(), experiment.key(), arm, Integer.toHexString(call)));
            results.on(new SessionEvent.SessionEnded(
                    id,
                    Instant.now(),
                    "book-visit",
                    arm,
                    outcome,
                    Duration.ofSeconds(90),
                    6,
                    Usage.NONE,
                    CallCost.NONE.plusModel(arm, cost)));
        }
    }

    @AfterAll
    static void close() {
        desk.close();
        store.close();
        browsers.close();
    }

    @BeforeEach
    void openTheConsole() {
        open(new Browser.NewContextOptions().setViewportSize(1280, 900));
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        context.close();
        assertThat(problems).isEmpty();
    }

    private void open(Browser.NewContextOptions options) {
        if (context != null) {
            context.close();
        }
        context = browsers.browser.newContext(options.setReducedMotion(ReducedMotion.REDUCE));
        page = context.newPage();
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 401")) {
                problems.add(message.text());
            }
        });
    }

    private void logIn() {
        page.navigate(desk.operator() + "login#" + PASSWORD.replace(" ", "%20"));
        assertThat(page.locator("#bot")).hasText("clinic");
        assertThat(page.locator("#as-of")).containsText("As of", SOON);
    }

    private void show(String view) {
        page.locator("#tab-" + view).click();
        assertThat(page.locator("#view")).containsText(Objects.requireNonNull(VIEWS.get(view)), SOON);
        assertThat(page.locator("#view")).hasAttribute("aria-busy", "false");
    }

    @Test
    void withoutALoginThereIsOnlyTheLoginPage() {
        page.navigate(desk.operator().toString());
        assertThat(page).hasURL(Pattern.compile("/login$"));
        assertThat(page.locator("#password")).isFocused();
        assertThat(context.request().get(desk.operator() + "api/now").status()).isEqualTo(401);
    }

    @Test
    void aWrongPasswordIsSaidAndTheRightOneOpensTheConsoleByKeyboardAlone() {
        page.navigate(desk.operator().toString());
        page.keyboard().type("not the password");
        page.keyboard().press("Enter");
        assertThat(page.locator("#problem")).hasText("That is not the password.");
        assertThat(page.locator("#password")).isFocused();
        page.keyboard().type(PASSWORD);
        page.keyboard().press("Enter");
        assertThat(page.locator("#bot")).hasText("clinic", TEXT_SOON);
    }

    @Test
    void thePrintedLinkOpensTheConsoleAndLeavesNoPasswordInTheAddress() {
        logIn();
        assertThat(page).hasURL(desk.operator().toString());
        assertThat(page.evaluate("document.cookie")).isEqualTo("");
    }

    @Test
    void loggingOutEndsTheLogin() {
        logIn();
        page.locator("#logout").click();
        assertThat(page).hasURL(Pattern.compile("/login$"));
        page.navigate(desk.operator().toString());
        assertThat(page).hasURL(Pattern.compile("/login$"));
    }

    @Test
    void tabsTablesAndPartsAreReachedWithTheKeyboard() {
        logIn();
        page.locator("#tab-now").focus();
        page.keyboard().press("ArrowRight");
        assertThat(page.locator("#tab-flows")).isFocused();
        assertThat(page.locator("#tab-flows")).hasAttribute("aria-selected", "true");
        page.keyboard().press("End");
        assertThat(page.locator("#tab-audit")).isFocused();
        page.keyboard().press("ArrowLeft");
        assertThat(page.locator("#view")).containsText("Live calls, then", SOON);

        Locator column = page.locator("#view thead th", new Page.LocatorOptions().setHasText("Length"));
        column.locator("button").focus();
        page.keyboard().press("Enter");
        assertThat(column).hasAttribute("aria-sort", "descending");
        page.keyboard().press("Enter");
        assertThat(column).hasAttribute("aria-sort", "ascending");
        assertThat(column.locator("button")).isFocused();

        show("now");
        page.locator("live-chart summary").first().focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("live-chart details").first()).hasAttribute("open", "");
        assertThat(page.locator("live-chart details table tbody tr").first()).isVisible();
    }

    @Test
    void whatCallsDidIsShownWithIntervalsFunnelsSlotsAndCost() {
        logIn();
        assertThat(page.locator("#view")).containsText(Pattern.compile("· [0-9]+ of 1[1-9]"), SOON);
        show("flows");
        assertThat(page.locator("#view")).containsText("95 % interval");
        assertThat(page.locator("#view")).containsText("Share filled");
        assertThat(page.locator(".funnel.short li"))
                .hasText(new String[] {"started1 · 100 %", "completed1 · 100 %", "returned within 7 days1 · 100 %"});
        show("latency");
        assertThat(page.locator(".stack").first()).hasAttribute("aria-label", Pattern.compile("^[0-9.]+ m?s: .*model"));
        show("cost");
        assertThat(page.locator("#view")).containsText("output text");
        assertThat(page.locator("#view .tile").nth(3)).containsText("$0.0");
    }

    @Test
    void oneCallIsShownFromItsBeginningToItsEndWithWhatWasHeard() {
        logIn();
        show("calls");
        page.locator("#view tbody tr", new Page.LocatorOptions().setHasText("completed"))
                .locator("a")
                .first()
                .click();
        assertThat(page.locator(".story")).containsText("The call began on", SOON);
        assertThat(page.locator(".story")).containsText("Ended:");
        assertThat(page.locator(".story")).containsText("Answered after");
        assertThat(page.locator(".story")).containsText("heard to the end");
        assertThat(page.locator("#tab-calls")).hasAttribute("aria-selected", "true");
    }

    @Test
    void aTierIsForcedAndReleasedWithAReasonAndTheAuditListHasIt() {
        logIn();
        show("router");
        Locator row = page.locator("#view tr", new Page.LocatorOptions().setHasText("Force a tier"))
                .first();
        row.locator("[data-order=force-tier]").focus();
        page.keyboard().press("Enter");
        page.locator("#confirm-tier").selectOption("full");
        page.locator("#confirm-reason").fill("the small model is ill");
        page.keyboard().press("Enter");
        assertThat(page.locator("#told")).containsText("begin on full", SOON);
        assertThat(page.locator("#view")).containsText("full, forced", SOON);

        page.locator("[data-order=release-tier]").first().click();
        page.locator("#confirm-reason").fill("well again");
        page.locator("#confirm-do").click();
        assertThat(page.locator("#told")).containsText("The router says again", SOON);
        show("audit");
        assertThat(page.locator("#view")).containsText("the small model is ill");
        assertThat(page.locator("#view")).containsText("release tier");
    }

    @Test
    void theRoutersEvidenceIsAChartWithItsThresholdAndItCanBePausedForAFlow() {
        logIn();
        show("router");
        assertThat(page.locator("live-chart .summary").first()).containsText("of 2,000; 85.0 % is taken for healthy");
        order("pause-router", "a service behind it is ill");
        assertThat(page.locator("#view")).containsText("does not move up, paused", SOON);
        order("resume-router", "it is well");
        assertThat(page.locator("[data-order=pause-router]").first()).isVisible();
    }

    @Test
    void anExperimentIsShownWithItsVerdictAndRamped() {
        logIn();
        show("experiments");
        assertThat(page.locator(".verdict")).not().isEmpty();
        assertThat(page.locator("#view")).containsText("cost per completed");
        page.locator("[data-order=ramp-experiment]").click();
        page.locator("#confirm-stage").selectOption("50");
        page.locator("#confirm-reason").fill("half of it is enough");
        page.locator("#confirm-do").click();
        assertThat(page.locator("#view")).containsText("50 % of its coverage", SOON);
    }

    @Test
    void storedCallsAreShownForAPeriodAndSaidToBeSimulated() {
        logIn();
        show("stored");
        page.locator(".periods a", new Page.LocatorOptions().setHasText("Last 24 hours"))
                .click();
        assertThat(page.locator(".periods a[aria-current]")).hasText("Last 24 hours", TEXT_SOON);
        assertThat(page.locator("#view")).containsText("By hour", SOON);
        assertThat(page.locator("#always")).containsText("Simulated: ");
    }

    @Test
    void anOrderWithoutAReasonIsNotGiven() {
        logIn();
        page.locator("[data-order=drain]").click();
        page.locator("#confirm-do").click();
        assertThat(page.locator("#confirm")).isVisible();
        page.keyboard().press("Escape");
        assertThat(page.locator("#confirm")).isHidden();
        assertThat(page.locator("[data-order=drain]")).isFocused();
    }

    @Test
    void whileItDrainsNewCallsAreRefusedAndAfterwardsAnswered() {
        logIn();
        order("drain", "night shift");
        assertThat(page.locator("#view")).containsText("Draining: new calls are refused", SOON);
        assertThat(new Callers(desk).call("--script", "faq").toString()).contains("takes no new calls");
        order("resume", "morning");
        assertThat(page.locator("[data-order=drain]")).isVisible();
        new Callers(desk).anOrdinaryCallStillWorks();
    }

    private void order(String name, String reason) {
        page.locator("[data-order=" + name + "]").first().click();
        page.locator("#confirm-reason").fill(reason);
        page.locator("#confirm-do").click();
        assertThat(page.locator("#confirm")).isHidden();
    }

    @Test
    void updatesCanBePausedAndColoursChosen() {
        logIn();
        page.locator("#pause").click();
        assertThat(page.locator("#pause")).hasAttribute("aria-pressed", "true");
        page.locator("#theme").selectOption("dark");
        assertThat(ground()).isEqualTo("rgb(17, 21, 19)");
        page.reload();
        assertThat(page.locator("#theme")).hasValue("dark");
        assertThat(ground()).isEqualTo("rgb(17, 21, 19)");
        page.locator("#theme").selectOption("light");
        assertThat(ground()).isEqualTo("rgb(245, 245, 241)");
    }

    private Object ground() {
        return page.evaluate("getComputedStyle(document.body).backgroundColor");
    }

    @Test
    void figuresThatAreOldSaySo() {
        logIn();
        page.route("**/api/now", route -> route.abort());
        page.clock().install();
        page.clock().fastForward(30_000);
        assertThat(page.locator("#stale")).containsText("does not answer", SOON);
        problems.removeIf(problem -> problem.contains("ERR_FAILED"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"light", "dark"})
    void everyViewIsReadableForAllAtBothWidths(String colours) throws IOException, InterruptedException {
        try (RawCaller caller = RawCaller.connect(desk.realtime(), "test")) {
            caller.answer();
            caller.say("A check-up next Tuesday at three in the afternoon, please");
            caller.answer();
            shootAll(colours);
        }
    }

    private void shootAll(String colours) throws IOException {
        open(new Browser.NewContextOptions()
                .setViewportSize(1280, 900)
                .setColorScheme(colours.equals("dark") ? ColorScheme.DARK : ColorScheme.LIGHT));
        page.navigate(desk.operator() + "login");
        isReadable("login", colours);
        logIn();
        for (String view : VIEWS.keySet()) {
            show(view);
            isReadable(view, colours);
        }
        show("calls");
        page.locator("#view tbody tr", new Page.LocatorOptions().setHasText("completed"))
                .locator("a")
                .first()
                .click();
        assertThat(page.locator(".story")).containsText("Ended:", SOON);
        isReadable("call", colours);
    }

    private void isReadable(String view, String colours) throws IOException {
        for (int width : new int[] {1280, 390}) {
            page.setViewportSize(width, 900);
            AxeRules.check(page, colours + " " + view + " at " + width);
            fits(view, width);
            shoot(view, colours, width);
        }
    }

    private void fits(String view, int width) {
        assertThat(page.evaluate("document.documentElement.scrollWidth"))
                .as(view + " must not be wider than the window")
                .isEqualTo(width);
    }

    private void shoot(String view, String colours, int width) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(SHOTS.resolve(view + "-" + colours + "-" + width + ".png"))
                .setFullPage(true));
    }
}
