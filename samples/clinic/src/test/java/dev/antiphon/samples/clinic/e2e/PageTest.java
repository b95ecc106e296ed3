package dev.antiphon.samples.clinic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.connection.ConnectFailure;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.Allowance;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.handover.HandoverQueue;
import dev.antiphon.server.handover.HandoverTargets;
import dev.antiphon.session.GateDecision;
import dev.antiphon.tool.ApprovalDesk;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The page in a real browser. */
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class PageTest {
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);

    private final List<String> problems = new ArrayList<>();
    // The browser first: where there is none, no desk is left open.
    private final Browsers browsers = Browsers.start(true);
    private final ClinicDesk desk = ClinicDesk.open();
    private final Page page = browsers.browser.newPage();

    @BeforeEach
    void openThePage() {
        page.onPageError(problems::add);
        page.onConsoleMessage(message -> {
            if (message.type().equals("error")) {
                problems.add(message.text());
            }
        });
        page.navigate(desk.http("/").toString());
        assertThat(page.locator("#bot-name")).hasText("clinic");
    }

    @AfterEach
    void nothingWentWrongInThePage() {
        browsers.close();
        desk.close();
        assertThat(problems).isEmpty();
    }

    @Test
    void whatTheToolPoolIsDoingIsShownBeforeAnyCall() {
        assertThat(page.locator("#pool li").last()).containsText("Effects of flows", SOON);
        assertThat(page.locator("#pool .result").last()).hasText("0 running");
        assertThat(page.locator("#pool code"))
                .hasText(new String[] {"free_parking_spaces", "pharmacy_on_duty", "price_of_service"});
    }

    @Test
    void aVisitIsBookedWithTheKeyboardAloneAndEverythingIsShownLive() {
        page.locator("#start-text").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#log .agent").first()).containsText("vaccination", SOON);
        assertThat(page.locator("#words")).isFocused();
        assertThat(page.locator("#diagram .current")).hasAttribute("id", "step-service");
        assertThat(page.locator("#diagram")).hasAttribute("aria-label", "The flow's steps; now at service");

        type("I would like a check-up next Tuesday at three in the afternoon");
        assertThat(page.locator("#question")).containsText("name", SOON);
        assertThat(page.locator("#slots")).containsText("3 PM", SOON);
        assertThat(page.locator("#tiers [aria-current]")).hasText("mini");
        assertThat(page.locator("#latency .bar .model").first()).isVisible();

        type("My name is Ada Lovelace");
        assertThat(page.locator("#log .agent").last()).containsText("phone", SOON);
        type("My number is 415 555 2671");
        assertThat(page.locator("#log .agent").last()).containsText("Shall I book it?", SOON);
        type("Yes, please");
        assertThat(page.locator("#tools li.ok:has-text(\"book\")")).containsText("book", SOON);
        assertThat(page.locator("#log .agent").last()).containsText("anything else", SOON);
        type("No, thank you");
        assertThat(page.locator("#notice")).containsText("Call completed", SOON);
        assertThat(page.locator("#cost")).not().hasText("$0.0000");
    }

    @Test
    void aMoveToTheLargerModelIsShown() {
        page.locator("#start-text").click();
        assertThat(page.locator("#status")).containsText("gpt-realtime-mini", SOON);
        assertThat(page.locator("#log .agent").last()).containsText("vaccination", SOON);
        type("The weather is fine");
        assertThat(page.locator("#log .agent").last()).containsText("which service", SOON);
        type("It rained yesterday");
        assertThat(page.locator("#log .agent").last()).containsText("still didn't catch", SOON);
        type("My cat is asleep");
        assertThat(page.locator("#tiers [aria-current]")).containsText("full", SOON);
        assertThat(page.locator("#status")).hasText("Live on gpt-realtime");
    }

    @Test
    void typingWhileTheBotSpeaksStopsIt() {
        page.locator("#start-text").click();
        assertThat(page.locator("#log .agent")).containsText("vaccination", SOON);
        type("A cleaning, please");
        assertThat(page.locator("#log .agent.cut")).containsText("vaccination", SOON);
        assertThat(page.locator("#slots")).containsText("cleaning", SOON);
    }

    @Test
    void theMicrophoneIsHeardAndTheEmulatorSaysThatItCannotTranscribeIt() {
        page.locator("#start-voice").click();
        assertThat(page.locator("#mic")).hasAttribute("aria-pressed", "true");
        assertThat(page.locator("#log .caller").first()).isVisible();
    }

    @Test
    void speakingWhileTheBotSpeaksStopsIt() {
        page.locator("#start-voice").click();
        assertThat(page.locator("#log .agent.cut").first()).containsText("vaccination", SOON);
    }

    @Test
    void theMicrophoneIsOpenedOnceAndClosedWhenItIsPressedAgain() {
        page.addInitScript("""
                window.tracks = [];
                const devices = navigator.mediaDevices;
                const open = devices.getUserMedia.bind(devices);
                devices.getUserMedia = async wanted => {
                  const stream = await open(wanted);
                  window.tracks.push(...stream.getTracks());
                  return stream;
                };""");
        page.reload();
        assertThat(page.locator("#bot-name")).hasText("clinic");
        page.locator("#start-text").click();
        assertThat(page.locator("#log .agent").first()).containsText("vaccination", SOON);
        page.evaluate("for (let i = 0; i < 2; i++) document.getElementById('mic').click()");
        assertThat(page.locator("#mic")).hasAttribute("aria-pressed", "true");
        page.locator("#mic").click();
        assertThat(page.locator("#mic")).hasAttribute("aria-pressed", "false");
        assertThat(page.evaluate("window.tracks.map(t => t.readyState).join()")).isEqualTo("ended");
    }

    @Test
    void hangingUpIsNoLostConnectionAndTheNextCallIsItsOwn() {
        page.locator("#start-text").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#log .agent").first()).containsText("vaccination", SOON);
        type("A cleaning, please");
        assertThat(page.locator("#slots")).containsText("cleaning", SOON);
        page.locator("#hangup").focus();
        page.keyboard().press("Enter");
        assertThat(page.locator("#status")).containsText(Pattern.compile("You hung up|Call ended"));
        assertThat(page.locator("#start-text")).isFocused();
        page.keyboard().press("Enter");
        assertThat(page.locator("#log .agent").first()).containsText("vaccination", SOON);
        assertThat(page.locator("#slots")).not().containsText("cleaning");
        assertThat(page.locator("#status")).containsText("Live");
        assertThat(page.locator("#notice")).isHidden();
        type("A check-up, please");
        assertThat(page.locator("#slots")).containsText("check-up", SOON);
    }

    @Test
    void theSimulatedCallerAnswersWhatItIsAsked() {
        page.locator("#start-simulated").click();
        assertThat(page.locator("#log .caller").first())
                .containsText(Pattern.compile("check-up", Pattern.CASE_INSENSITIVE), SOON);
        assertThat(page.locator("#slots")).containsText("check-up", SOON);
    }

    @Test
    void aDeniedMicrophoneLeavesTyping() {
        try (Browsers denying = Browsers.start(false)) {
            Page other = denying.browser.newPage();
            other.navigate(desk.http("/").toString());
            assertThat(other.locator("#bot-name")).hasText("clinic");
            other.locator("#start-voice").click();
            assertThat(other.locator("#notice")).containsText("You can type in the meantime", SOON);
            other.locator("#words").fill("A cleaning, please");
            other.keyboard().press("Enter");
            assertThat(other.locator("#slots")).containsText("cleaning", SOON);
        }
    }

    @Test
    void aSickServiceAndTheBudgetInUseAreShown() {
        Endpoints endpoints = new Endpoints(new SplittableRandom(1));
        AdmissionSettings five = AdmissionSettings.defaults().withAllowance(Allowance.UNLIMITED.withSessions(5));
        try (ClinicDesk limited = ClinicDesk.of(ClinicApp.bot(new Storage.PerCall()), models -> models, settings -> {
            endpoints.refused(
                    settings.ladder().lowest().endpoint(),
                    new ConnectFailure.QuotaExceeded("no credit"),
                    Instant.now());
            return settings.withEndpoints(endpoints).withAdmission(five);
        })) {
            page.navigate(limited.http("/").toString());
            assertThat(page.locator("#endpoints li.bad")).containsText("gpt-realtime-mini at emulator", SOON);
            assertThat(page.locator("#endpoints li.bad")).containsText("cools down, until");
            assertThat(page.locator("#endpoints li.bad")).containsText("the account has no quota left");
            assertThat(page.locator("#endpoints li.ok")).containsText("well");
            assertThat(page.locator("#budget")).containsText("0 of 5");
            assertThat(page.locator("#budget meter[aria-label=\"Calls at once\"]"))
                    .hasCount(1);
            page.navigate(desk.http("/").toString());
        }
    }

    @Test
    void aCallerWhoWaitsForAPersonIsRefusedAndGoesOnAndIsTakenTheNextTime() {
        HandoverTargets people =
                HandoverTargets.none().withOthers(new HandoverQueue(), Set.of()).within(Duration.ofMinutes(1));
        try (ClinicDesk staffed = ClinicDesk.of(
                ClinicApp.bot(new Storage.PerCall()), models -> models, settings -> settings.withHandover(people))) {
            page.navigate(staffed.http("/").toString());
            page.locator("#start-text").click();
            assertThat(page.locator("#log .agent").first()).containsText("vaccination", SOON);
            assertThat(page.locator("#handovers-card")).isHidden();
            type("I want to speak to a person, please");
            assertThat(page.locator("#handovers")).containsText("For front desk", SOON);
            assertThat(page.locator("#handovers")).containsText("the caller asked for a person");
            page.locator("#handovers button").nth(1).click();
            assertThat(page.locator("#log .agent").last()).containsText("can't connect you", SOON);
            assertThat(page.locator("#handovers li")).hasCount(0);

            type("I want to speak to a person, please");
            assertThat(page.locator("#handovers")).containsText("For front desk", SOON);
            page.locator("#handovers button").first().click();
            assertThat(page.locator("#handovers-note")).containsText("You took the caller for front desk.", SOON);
            assertThat(page.locator("#notice")).containsText("Call handed over", SOON);
            page.navigate(desk.http("/").toString());
        }
    }

    @Test
    void whatWaitsForApprovalIsRefusedWithAReasonOrApproved() {
        ApprovalDesk approvals = new ApprovalDesk(Duration.ofMinutes(1), "Nobody could look at it.");
        try (ClinicDesk asking =
                ClinicDesk.of(ClinicApp.bot(new Storage.PerCall()).withApprovals(approvals))) {
            page.navigate(asking.http("/").toString());
            assertThat(page.locator("#approvals-card")).isHidden();
            CompletableFuture<GateDecision> first = asks(approvals, "first");
            assertThat(page.locator("#approvals")).containsText("refund", SOON);
            assertThat(page.locator("#approvals")).containsText("40 dollars");
            assertThat(page.locator("#approvals")).containsText("•••");
            assertThat(page.locator("#approvals")).not().containsText("4242");
            page.locator("#approvals button").nth(1).click();
            assertThat(page.locator("#approvals input")).isFocused();
            page.locator("#approvals input").fill("Please come to the front desk.");
            page.locator("#approvals button").nth(1).click();
            assertThat(page.locator("#approvals-note")).containsText("You refused: refund.", SOON);
            assertThat(page.locator("#approvals li")).hasCount(0);
            assertThat(first.join()).isEqualTo(GateDecision.refuse("Please come to the front desk."));

            CompletableFuture<GateDecision> second = asks(approvals, "second");
            page.locator("#approvals button").first().click();
            assertThat(page.locator("#approvals-note")).containsText("You approved: refund.", SOON);
            assertThat(second.join()).isEqualTo(GateDecision.allow());
            page.navigate(desk.http("/").toString());
        }
    }

    private static CompletableFuture<GateDecision> asks(ApprovalDesk approvals, String key) {
        CompletableFuture<GateDecision> decision = new CompletableFuture<>();
        Thread.startVirtualThread(() -> {
            try {
                decision.complete(
                        approvals.ask(key, "refund", Map.of("amount", "40 dollars", "card", "4242"), Set.of("card")));
            } catch (InterruptedException e) {
                decision.completeExceptionally(e);
            }
        });
        return decision;
    }

    @Test
    void aNarrowPageNeedsNoSidewaysScrolling() {
        page.setViewportSize(360, 740);
        assertThat((Boolean) page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))
                .isTrue();
    }

    private void type(String text) {
        page.locator("#words").fill(text);
        page.keyboard().press("Enter");
    }
}
