package dev.antiphon.samples.clinic.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.microsoft.playwright.Browser;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Playwright;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** A headless browser with a fake microphone that beeps. */
final class Browsers implements AutoCloseable {
    private final Playwright playwright;
    final Browser browser;

    private Browsers(Playwright playwright, Browser browser) {
        this.playwright = playwright;
        this.browser = browser;
    }

    /**
     * Starts the installed Chromium. When there is none the tests are reported as not run, and fail where {@code CI} is
     * {@code true}.
     */
    static Browsers start(boolean microphoneAllowed) {
        Optional<Path> chromium = onThePath(System.getenv().getOrDefault("PATH", ""));
        String advice = "no Chromium on the PATH: install the package chromium to test the page";
        if (System.getenv().getOrDefault("CI", "").equals("true")) {
            assertThat(chromium).as(advice).isPresent();
        }
        assumeTrue(chromium.isPresent(), advice);
        Playwright playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        List<String> arguments = new ArrayList<>(List.of(
                "--no-sandbox",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--use-fake-device-for-media-stream",
                "--autoplay-policy=no-user-gesture-required"));
        if (microphoneAllowed) {
            arguments.add("--use-fake-ui-for-media-stream");
        }
        Browser browser = playwright
                .chromium()
                .launch(new BrowserType.LaunchOptions()
                        .setExecutablePath(chromium.orElseThrow())
                        .setArgs(arguments));
        return new Browsers(playwright, browser);
    }

    private static Optional<Path> onThePath(String path) {
        return Stream.of("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
                .flatMap(name -> Arrays.stream(path.split(File.pathSeparator)).map(folder -> Path.of(folder, name)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    @Override
    public void close() {
        browser.close();
        playwright.close();
    }
}
