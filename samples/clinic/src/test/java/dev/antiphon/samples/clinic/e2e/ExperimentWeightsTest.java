package dev.antiphon.samples.clinic.e2e;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.assertions.LocatorAssertions;
import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.server.operator.OperatorSettings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Weights of a running experiment, changed in the operator's console in a real browser. */
@Timeout(value = 240, unit = TimeUnit.SECONDS)
class ExperimentWeightsTest {
    private static final String PASSWORD = "correct-horse-battery";
    private static final LocatorAssertions.ContainsTextOptions SOON =
            new LocatorAssertions.ContainsTextOptions().setTimeout(20_000);
    private static final Path SHOTS = Path.of(System.getProperty("antiphon.screenshots", "target/console"));

    private static ClinicDesk desk() {
        Experiment experiment = Experiment.of(
                "larger-model",
                draft -> draft.arms(
                        List.of(new Arm("mini", 0.5, Treatment.NONE), new Arm("full", 0.5, Treatment.tier("full")))));
        return ClinicDesk.of(
                ClinicApp.bot(new Storage.PerCall()),
                models -> models,
                settings -> settings.withOperator(
                                OperatorSettings.withPassword(PASSWORD).withAddress("127.0.0.1", 0, 1))
                        .withExperiments(
                                ExperimentSettings.inMemory(List.of(experiment), new Assigner("a key for this test"))));
    }

    private static void order(Page page, String name, String reason) {
        page.locator("[data-order=" + name + "]").click();
        page.locator("#confirm-reason").fill(reason);
        page.locator("#confirm-do").click();
    }

    @Test
    void theConfirmationSaysWhatAnotherPhaseMeansAndTheViewSaysThatItRuns() {
        List<String> problems = new ArrayList<>();
        try (Browsers browsers = Browsers.start(false);
                ClinicDesk desk = desk();
                BrowserContext context =
                        browsers.browser.newContext(new Browser.NewContextOptions().setViewportSize(1280, 900))) {
            Page page = context.newPage();
            page.onPageError(problems::add);
            page.navigate(desk.operator() + "login#" + PASSWORD);
            assertThat(page.locator("#as-of")).containsText("As of", SOON);
            page.locator("#tab-experiments").click();
            order(page, "start-experiment", "to see it");
            assertThat(page.locator("#view")).containsText("1 % of its coverage", SOON);

            page.locator("[data-order=weigh-experiment]").click();
            assertThat(page.locator("#confirm-text"))
                    .containsText("Another phase begins: figures and sample ratio then count only callers who are new");
            assertThat(page.locator("[data-arm=mini]")).hasValue("50");
            page.locator("[data-arm=mini]").fill("20");
            page.locator("#confirm-reason").fill("the larger one looks well");
            page.locator("#confirm-do").click();
            assertThat(page.locator("#confirm-problem"))
                    .containsText("larger-model stays as it is: the weights of the arms of experiment larger-model must"
                            + " add up to 1, but add up to 0.7");
            page.locator("[data-arm=full]").fill("80");
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("weights-confirmation.png")));
            page.locator("#confirm-do").click();

            assertThat(page.locator("#confirm")).isHidden();
            assertThat(page.locator("#view .notice")).containsText("Phase 2, since the weights were changed at", SOON);
            assertThat(page.locator("#view tbody").first()).containsText("80 %");
            order(page, "pause-experiment", "lunch");
            assertThat(page.locator("#view .notice"))
                    .containsText(
                            Pattern.compile("^Paused, so that no call enters it; last by console .*: lunch\\."), SOON);
            page.screenshot(new Page.ScreenshotOptions().setPath(SHOTS.resolve("weights-changed.png")));
            page.locator("#tab-audit").click();
            assertThat(page.locator("#view")).containsText("larger-model by {mini=0.2, full=0.8}", SOON);
            assertThat(page.locator("#view")).containsText("the larger one looks well");
        }
        assertThat(problems).isEmpty();
    }
}
