package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Page;
import dev.antiphon.samples.clinic.ClinicApp;
import dev.antiphon.server.cli.AntiphonCommand;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The pages of {@code estimate} and {@code simulate} in a browser, on a desk and in a hand. */
@Timeout(value = 90, unit = TimeUnit.SECONDS)
class ReportPagesTest {
    private static final String NARROWER_THAN_CONTENT = "box => box.scrollWidth > box.clientWidth + 1";
    private static Browsers browsers;

    @TempDir
    private Path folder = Path.of("");

    @BeforeAll
    static void browser() {
        browsers = Browsers.start(false);
    }

    @AfterAll
    static void noBrowser() {
        browsers.close();
    }

    private Page opened(String command, int width) {
        Path file = folder.resolve("page.html");
        StringWriter err = new StringWriter();
        int code = new AntiphonCommand("clinic", ClinicApp::bot)
                .simulating(ClinicApp::simulated)
                .writingTo(new PrintWriter(new StringWriter()), new PrintWriter(err, true))
                .run((command + " --html " + file).split(" "));
        assertThat(code).as(err.toString()).isZero();
        Page page = browsers.browser.newPage(new Browser.NewPageOptions().setViewportSize(width, 900));
        page.navigate(file.toUri().toString());
        assertThat(page.locator(".wide").count()).isPositive();
        return page;
    }

    @ParameterizedTest
    @ValueSource(strings = {"estimate", "simulate --calls 2"})
    void onADeskNoTableIsCut(String command) {
        try (Page page = opened(command, 1280)) {
            assertThat(shown(page)).isNotEmpty().noneMatch(ReportPagesTest::isCut);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"estimate", "simulate --calls 2"})
    void inAHandThePageFitsAndTablesThatAreCutCanBeScrolledWithKeys(String command) {
        try (Page page = opened(command, 390)) {
            assertThat(page.evaluate("document.documentElement.scrollWidth")).isEqualTo(390);
            List<Locator> cut =
                    shown(page).stream().filter(ReportPagesTest::isCut).toList();
            assertThat(cut).isNotEmpty().allSatisfy(box -> {
                assertThat(box.getAttribute("role")).isEqualTo("region");
                assertThat(
                                box.evaluate(
                                        "box => (box.getAttribute('aria-label')"
                                                + " ?? document.getElementById(box.getAttribute('aria-labelledby')).textContent).length > 3"))
                        .isEqualTo(true);
                box.focus();
                page.keyboard().press("ArrowRight");
                page.waitForFunction("() => document.activeElement.scrollLeft > 0");
            });
        }
    }

    private static List<Locator> shown(Page page) {
        return page.locator(".wide").all().stream().filter(Locator::isVisible).toList();
    }

    private static boolean isCut(Locator box) {
        return (Boolean) box.evaluate(NARROWER_THAN_CONTENT);
    }
}
