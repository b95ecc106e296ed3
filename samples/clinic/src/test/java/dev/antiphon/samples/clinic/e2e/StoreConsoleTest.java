package dev.antiphon.samples.clinic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.ReducedMotion;
import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.ExperimentState;
import dev.antiphon.experiment.ExperimentState.Change;
import dev.antiphon.experiment.ExperimentState.Result;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.server.operator.NoControls;
import dev.antiphon.server.operator.OperatorConsole;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.operator.StoreFigures;
import dev.antiphon.server.store.Store;
import dev.antiphon.server.store.StoreAddress;
import dev.antiphon.server.store.StoreSettings;
import dev.antiphon.server.store.StoredExperiments;
import dev.antiphon.server.store.StoredRouter;
import dev.antiphon.server.store.UnitKey;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.session.TurnTimeline.Part;
import dev.antiphon.tier.PolicySource;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.RouterDecision.Kind;
import dev.antiphon.tier.RouterDecision.State;
import dev.antiphon.tier.RouterPolicies;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The operator's console over a store alone in a real browser: made-up calls of 20 days, stored as simulated ones. */
@Timeout(value = 180, unit = TimeUnit.SECONDS)
class StoreConsoleTest {
    private static final Instant BEGIN = Instant.parse("2026-11-01T00:00:00Z");
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final int CALLS = 400;
    private static final String WHY = "Nothing can be ordered here: no server runs behind this console.";
    private static final String SIMULATED = "Simulated: no real model answered any of these calls.";
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(60_000);

    /** The rules look at each element: the rows after the fortieth are like those before them, and 400 take seconds. */
    private static final String FEWER_ROWS =
            "document.querySelectorAll('#view tbody tr:nth-child(n + 41)').forEach(row => row.remove())";

    private static Browsers browsers;
    private static Store store;
    private static ActorSystem<Void> system;
    private static ExecutorService slow;
    private static OperatorConsole console;

    @BeforeAll
    static void aStoreIsFilledAndShown() {
        browsers = Browsers.start(false);
        store = Store.open(StoreSettings.defaults(StoreAddress.inMemory(), UnitKey.of("a key for this test"))
                .simulated(true));
        assertThat(store.awaitUp(LONG)).isTrue();
        anExperimentIsStarted();
        SplittableRandom random = new SplittableRandom(5);
        for (int i = 0; i < CALLS; i++) {
            call(i, random);
        }
        theRouterEscalatesAndReturns();
        assertThat(store.flush(LONG)).isTrue();
        system = ActorSystem.create(Behaviors.empty(), "store-console");
        slow = Executors.newVirtualThreadPerTaskExecutor();
        console = OperatorConsole.start(
                "stored calls",
                OperatorSettings.withPassword("a long password")
                        .withAddress("127.0.0.1", 0, 1)
                        .withNotice(SIMULATED),
                new StoreFigures(store, List.of(), InstantSource.system(), slow),
                new NoControls(WHY),
                InstantSource.system(),
                system);
    }

    @AfterAll
    static void close() {
        console.stop().toCompletableFuture().join();
        system.terminate();
        slow.shutdownNow();
        store.close();
        browsers.close();
    }

    private static void anExperimentIsStarted() {
        Experiment experiment = Experiment.of(
                "smaller-model",
                draft -> draft.arms(List.of(
                        new Arm("full", 0.5, Treatment.tier("full")), new Arm("mini", 0.5, Treatment.tier("mini")))));
        ExperimentState started = ((Result.Changed) ExperimentState.DRAFT.changed(
                        new Change.Start(100, experiment.design()), "test", "to see it", BEGIN))
                .state();
        assertThat(new StoredExperiments(store, () -> BEGIN)
                        .defining(List.of(experiment))
                        .replace(experiment.key(), ExperimentState.DRAFT, started))
                .isTrue();
    }

    private static void call(int number, SplittableRandom random) {
        SessionId id = new SessionId("made-up-" + number);
        String tier = number % 2 == 0 ? "mini" : "full";
        Instant at = BEGIN.plus(Duration.ofDays(20).multipliedBy(number).dividedBy(CALLS));
        Money cost = Money.usd(tier.equals("mini") ? "0.0040" : "0.0135");
        Outcome outcome = random.nextInt(tier.equals("mini") ? 5 : 9) == 0
                ? new Outcome.Abandoned("made up")
                : new Outcome.Completed("book-visit", "made up");
        TurnTimeline timeline =
                new TurnTimeline(Map.of(Part.MODEL, Duration.ofMillis(300 + random.nextInt(900))), false);
        List.of(
                        new SessionEvent.SessionStarted(id, at, "book-visit", "1", tier, "none"),
                        new SessionEvent.ExperimentEntered(id, at, "smaller-model", tier, Integer.toHexString(number)),
                        new SessionEvent.FirstHeard(id, at, Duration.ofMillis(400 + random.nextInt(300))),
                        moved(id, at.plusSeconds(1), "name"),
                        new SessionEvent.TurnAnswered(id, at.plusSeconds(2), tier, timeline),
                        moved(id, at.plusSeconds(3), "time"),
                        new SessionEvent.SessionEnded(
                                id,
                                at.plusSeconds(60),
                                "book-visit",
                                tier,
                                outcome,
                                Duration.ofSeconds(60),
                                2,
                                new Usage(100, 50, 0, 40, 10, 0, 7, 30),
                                CallCost.NONE.plusModel(tier, cost)))
                .forEach(store.writer().forCaller(Optional.of("caller " + number % 90))::tell);
    }

    private static SessionEvent moved(SessionId id, Instant at, String step) {
        return new SessionEvent.DialogMoved(id, at, new Conversation.View(step, Map.of(), Optional.of("?")));
    }

    private static void theRouterEscalatesAndReturns() {
        AtomicReference<Instant> now = new AtomicReference<>(BEGIN);
        StoredRouter router = new StoredRouter(store, PolicySource.of(RouterPolicies.defaults()), now::get);
        for (int hour = 0; hour < 20 * 24; hour++) {
            now.set(BEGIN.plus(Duration.ofHours(hour)));
            int day = hour / 24;
            State state = day < 12 || day >= 18 ? State.CLOSED : day == 17 ? State.HALF_OPEN : State.OPEN;
            router.measured("book-visit", "mini", state, day < 12 ? 1 + hour % 40 : day < 18 ? 2_100 : 3);
        }
        decided(router, 12, Kind.ESCALATED, State.CLOSED, State.OPEN, "the evidence reached 2,100 of 2,000");
        decided(router, 17, Kind.PROBING, State.OPEN, State.HALF_OPEN, "the cool-down of 30 calls is over");
        decided(router, 18, Kind.RETURNED, State.HALF_OPEN, State.CLOSED, "20 of 21 calls were completed");
    }

    private static void decided(StoredRouter router, int day, Kind kind, State from, State to, String reason) {
        router.decided(new RouterDecision(
                BEGIN.plus(Duration.ofDays(day)), "book-visit", "mini", kind, from, to, 2_100, 40, reason));
    }

    /** A page, and what went wrong in it. */
    private record Opened(BrowserContext context, Page page, List<String> problems) implements AutoCloseable {
        static Opened at(int width, ColorScheme colours) {
            BrowserContext context = browsers.browser.newContext(new Browser.NewContextOptions()
                    .setViewportSize(width, 900)
                    .setColorScheme(colours)
                    .setReducedMotion(ReducedMotion.REDUCE));
            Page page = context.newPage();
            List<String> problems = new ArrayList<>();
            page.onPageError(problems::add);
            page.navigate(console.uri() + "login#a%20long%20password");
            assertThat(page.locator("#bot")).hasText("stored calls");
            return new Opened(context, page, problems);
        }

        void show(String view, String text) {
            page.locator("#tab-" + view).click();
            assertThat(page.locator("#view")).containsText(text, SOON);
            assertThat(page.locator("#view")).hasAttribute("aria-busy", "false");
        }

        @Override
        public void close() {
            context.close();
            assertThat(problems).isEmpty();
        }
    }

    private static final Map<String, String> VIEWS = new LinkedHashMap<>();

    static {
        VIEWS.put("stored", "400 calls ended");
        VIEWS.put("flows", "Steps of book-visit");
        VIEWS.put("latency", "First audio of a call");
        VIEWS.put("cost", "every day");
        VIEWS.put("router", "of 2,000");
        VIEWS.put("experiments", "since it was started");
        VIEWS.put("calls", "made-up-399");
        VIEWS.put("audit", "Logged in");
    }

    @Test
    void itBeginsWithTheDaysOfTheStoreAndHasNoNowAndNoControls() {
        try (Opened opened = Opened.at(1280, ColorScheme.LIGHT)) {
            assertThat(opened.page().locator("#view")).containsText("400 calls ended", SOON);
            assertThat(opened.page().locator("#tab-stored")).hasAttribute("aria-selected", "true");
            assertThat(opened.page().locator(".periods a[aria-current]")).hasText("Last 30 days");
            assertThat(opened.page().locator("#tab-now")).hasCount(0);
            assertThat(opened.page().locator("#about")).containsText("up to 20 Nov 2026");
            opened.show("router", "of 2,000");
            assertThat(opened.page().locator("[data-order]")).hasCount(0);
            assertThat(opened.page().locator("#always")).hasText(SIMULATED + " " + WHY);
        }
    }

    @Test
    void theRoutersStoryIsThereWithDaysReasonsAndTheThreshold() {
        try (Opened opened = Opened.at(1280, ColorScheme.LIGHT)) {
            opened.show("router", "of 2,000");
            assertThat(opened.page().locator("live-chart .summary")).containsText("set off where it was not closed");
            assertThat(opened.page().locator("#view")).containsText("13 Nov, ");
            assertThat(opened.page().locator("#view")).containsText("escalated");
            assertThat(opened.page().locator("#view")).containsText("20 of 21 calls were completed");
            opened.page().locator("live-chart summary").click();
            assertThat(opened.page().locator("live-chart tbody tr")).not().hasCount(0);
        }
    }

    @Test
    void oneStoredCallIsShownFromTheList() {
        try (Opened opened = Opened.at(1280, ColorScheme.LIGHT)) {
            opened.show("calls", "made-up-399");
            opened.page().locator("#view tbody a").first().click();
            assertThat(opened.page().locator(".story")).containsText("Dialog at time", SOON);
            assertThat(opened.page().locator("#view")).containsText("nothing that anybody said");
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"LIGHT", "DARK"})
    void everyViewSaysThatItIsSimulatedAndIsReadableForAllAtBothWidths(ColorScheme colours) throws IOException {
        try (Opened opened = Opened.at(1280, colours)) {
            for (Map.Entry<String, String> view : VIEWS.entrySet()) {
                opened.show(view.getKey(), view.getValue());
                assertThat(opened.page().locator("#always")).containsText(SIMULATED);
                opened.page().evaluate(FEWER_ROWS);
                for (int width : new int[] {1280, 390}) {
                    opened.page().setViewportSize(width, 900);
                    AxeRules.check(opened.page(), colours + " " + view.getKey() + " at " + width);
                    assertThat(opened.page().evaluate("document.documentElement.scrollWidth"))
                            .as(view.getKey() + " must not be wider than the window")
                            .isEqualTo(width);
                }
            }
        }
    }
}
