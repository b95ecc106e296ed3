package dev.antiphon.samples.readymade;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.test.FlowTest;
import java.io.IOException;
import java.io.StringWriter;
import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;
import org.junit.platform.launcher.listeners.SummaryGeneratingListener;

/** The walk-through of docs/flows.md, followed literally: its files compile, its test passes, its bot answers. */
class WalkThroughTest {
    private static final Path PAGE = Path.of("..", "..", "docs", "flows.md");
    private static final Path PARENT_POM = Path.of("..", "..", "pom.xml");

    @TempDir
    Path folder;

    private String page = "";

    @BeforeEach
    void readThePage() throws IOException {
        page = Files.readString(PAGE);
    }

    /** The block after the first mention of the file. */
    private String file(String name) {
        Matcher block = Pattern.compile(Pattern.quote("`" + name + "`") + ".*?\n```\\w+\n(.*?)\n```", Pattern.DOTALL)
                .matcher(page);
        assertThat(block.find()).as("a block after `%s`", name).isTrue();
        return block.group(1) + "\n";
    }

    private Class<?> compiled(String mainClass) throws IOException, ReflectiveOperationException {
        Path bot = Files.writeString(folder.resolve("TableBot.java"), file("src/main/java/TableBot.java"));
        Path test = Files.writeString(folder.resolve("TableBotTest.java"), file("src/test/java/TableBotTest.java"));
        Files.writeString(folder.resolve("questions.md"), file("src/main/resources/questions.md"));
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        StringWriter messages = new StringWriter();
        boolean fine = compiler.getTask(
                        messages,
                        null,
                        null,
                        List.of(
                                "--release",
                                "21",
                                "-cp",
                                System.getProperty("java.class.path"),
                                "-d",
                                folder.toString()),
                        null,
                        compiler.getStandardFileManager(null, null, null).getJavaFileObjects(bot, test))
                .call();
        assertThat(fine).as(messages.toString()).isTrue();
        URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, WalkThroughTest.class.getClassLoader());
        return loader.loadClass(mainClass);
    }

    @Test
    void theFlowOfThePageReservesATable() throws Exception {
        Method flow = compiled("TableBot").getDeclaredMethod("flow");
        flow.setAccessible(true);
        FlowTest.of((Flow<?>) flow.invoke(null), InstantSource.fixed(Instant.parse("2026-12-01T10:00:00Z")))
                .asks("where can I park?")
                .expectSay("behind the house");
    }

    @Test
    void theTestsOfThePagePass() throws Exception {
        Class<?> test = compiled("TableBotTest");
        SummaryGeneratingListener summary = new SummaryGeneratingListener();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(selectClass(test))
                .build();
        // On a thread of its own: those of this test run belong to this test run.
        Thread launcher =
                Thread.ofPlatform().start(() -> LauncherFactory.create().execute(request, summary));
        launcher.join();
        assertThat(summary.getSummary().getFailures()).isEmpty();
        assertThat(summary.getSummary().getTestsSucceededCount()).isEqualTo(2);
    }

    @Test
    void theVersionsOfThePageAreThoseOfTheBuild() throws IOException {
        String parent = Files.readString(PARENT_POM);
        String pom = file("pom.xml");
        Matcher version = Pattern.compile("<artifactId>([\\w-]+)</artifactId>\\s*<version>([^<]+)</version>")
                .matcher(pom);
        int found = 0;
        while (version.find()) {
            boolean own = List.of("table-bot", "exec-maven-plugin").contains(version.group(1));
            assertThat(own || parent.contains(">" + version.group(2) + "<"))
                    .as("the version %s of %s in the build", version.group(2), version.group(1))
                    .isTrue();
            found++;
        }
        assertThat(found).isGreaterThanOrEqualTo(5);
    }
}
