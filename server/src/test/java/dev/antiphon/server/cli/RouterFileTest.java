package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.model.Money;
import dev.antiphon.tier.RouterPolicies;
import dev.antiphon.tier.RouterPolicy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.slf4j.LoggerFactory;

class RouterFileTest {
    @TempDir
    private Path folder = Path.of("");

    private Path file(String text) throws IOException {
        return Files.writeString(folder.resolve("router.yaml"), text);
    }

    @Test
    void aFlowHasTheDefaultAndItsOwnBesides() throws IOException {
        RouterPolicies policies = RouterFile.read(file("""
                default:
                  threshold: 5000
                  daily-budget: 20
                flows:
                  booking:
                    target: 0.85
                    target-above: 0.92
                    price-ratio: 4
                    value: 2.50
                  faq:
                    enabled: false
                """));
        RouterPolicy booking = policies.of("booking");
        assertThat(booking.target()).contains(0.85);
        assertThat(booking.targetAbove()).contains(0.92);
        assertThat(booking.threshold()).isEqualTo(5_000);
        assertThat(booking.spending().dailyBudget()).contains(Money.usd("20"));
        assertThat(booking.spending().valueOfCompletion()).contains(Money.usd("2.50"));
        assertThat(booking.spending().mostPriceRatio()).isEqualTo(4);
        assertThat(policies.of("faq").enabled()).isFalse();
        assertThat(policies.of("other")).isEqualTo(policies.usual());
    }

    @Test
    void anEmptyFileIsRefusedAtStartAsWhileItRuns() throws IOException {
        for (String text : List.of("", "# nothing yet")) {
            Path file = file(text);
            assertThatThrownBy(() -> new WatchedRouterFile(file, Set::of))
                    .hasMessage(file + ": is empty; who wants the defaults writes 'default: {}'");
        }
        assertThat(RouterFile.read(file("default: {}"))).isEqualTo(RouterPolicies.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            default: {target: 1.2}           | line 1: 'target': target must be above 0 and below 1, but was 1.2
            default: {threshold: 3}          | line 1: 'threshold': threshold must be a number of calls from 10 to 1e9, but was 3.0
            default: {threshold: high}       | line 1: 'threshold': must be a number, but was 'high'
            default: {enabled: maybe}        | line 1: 'enabled': must be true or false, but was 'maybe'
            default: {daily-budget: -1}      | line 1: 'daily-budget': spending.dailyBudget must not be negative, but was $-1.0000
            default: {price-ratio: 0}        | line 1: 'price-ratio': spending.mostPriceRatio must be positive, but was 0.0
            default: {target: [1]}           | line 1: 'target' must be one value, but is a list
            default: {target: }              | line 1: 'target' must be one value, but is left empty
            default: {goal: 1}               | line 1: 'goal' is no key of a policy; the keys are enabled, target, target-above, threshold, price-ratio, daily-budget, value
            flow: {}                         | line 1: 'flow' is no key here; the keys are default, flows
            - target                         | line 1: must have keys (default, flows)
            flows: 3                         | line 1: 'flows' must have names of flows as keys
            """)
    void whatIsNotRightIsRefusedWithLineRuleAndValue(String text, String problem) throws IOException {
        Path file = file(text);
        assertThatThrownBy(() -> RouterFile.read(file)).hasMessage(file + ": " + problem);
    }

    @Test
    void theLineIsTheOneOfTheValue() throws IOException {
        Path file = file("flows:\n  booking:\n    target: 0.8\n    threshold: x\n");
        assertThatThrownBy(() -> RouterFile.read(file)).hasMessageContaining("line 4: 'threshold'");
    }

    @Test
    void aFileThatIsNotThereOrNoTextIsRefused() throws IOException {
        Path missing = folder.resolve("none.yaml");
        assertThatThrownBy(() -> RouterFile.read(missing)).hasMessageStartingWith(missing + ": does not exist");
        Path bytes = Files.write(folder.resolve("bytes.yaml"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(() -> RouterFile.read(bytes)).hasMessage(bytes + ": must be text in UTF-8, but is not");
    }

    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    private List<String> told(Executable work) throws Throwable {
        Logger logger = (Logger) LoggerFactory.getLogger(WatchedRouterFile.class);
        log.list.clear();
        log.start();
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        try {
            work.execute();
        } finally {
            logger.detachAppender(log);
            logger.setLevel(null);
        }
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void whileTheFileIsBrokenTheFormerPoliciesStayAndWhatHappensIsToldOnce() throws Throwable {
        Path file = file("default: {threshold: 3000}");
        WatchedRouterFile watched = new WatchedRouterFile(file, Set::of);
        assertThat(told(watched::readAgain)).isEmpty();
        file("default: {threshold: [");
        assertThat(told(() -> {
                    watched.readAgain();
                    watched.readAgain();
                }))
                .singleElement()
                .asString()
                .endsWith("the former policies stay");
        file("");
        assertThat(told(watched::readAgain))
                .containsExactly(
                        file + ": is empty; who wants the defaults writes 'default: {}'; the former policies stay");
        Files.delete(file);
        assertThat(told(watched::readAgain)).containsExactly(file + ": does not exist; the former policies stay");
        assertThat(watched.current().usual().threshold()).isEqualTo(3_000);
        file("default: {threshold: 4000}");
        assertThat(told(watched::readAgain)).containsExactly(file + ": is right again, and new calls begin by it");
        assertThat(watched.current().usual().threshold()).isEqualTo(4_000);
        file("default: {}");
        assertThat(told(watched::readAgain)).containsExactly(file + ": has changed, and new calls begin by it");
        assertThat(watched.current()).isEqualTo(RouterPolicies.defaults());
    }

    @Test
    void aFlowThatTheBotDoesNotHaveIsRefusedAtTheStartAndLater() throws Throwable {
        Path file = file("flows:\n  nope: {target: 0.8}");
        assertThatThrownBy(() -> new WatchedRouterFile(file, () -> Set.of("booking", "faq")))
                .hasMessage(file + ": line 2: 'nope' is no flow of the bot; its calls are about booking, faq");
        assertThat(new WatchedRouterFile(file, Set::of).current().of("nope").target())
                .contains(0.8);
        file("flows:\n  faq: {target: 0.8}");
        WatchedRouterFile watched = new WatchedRouterFile(file, () -> Set.of("booking", "faq"));
        file("flows:\n  faw: {target: 0.9}");
        assertThat(told(watched::readAgain))
                .containsExactly(
                        file
                                + ": line 2: 'faw' is no flow of the bot; its calls are about booking, faq; the former policies stay");
        assertThat(watched.current().of("faq").target()).contains(0.8);
    }

    @Test
    void whatIsNoYamlIsToldWithTheParsersWholeSentence() throws IOException {
        assertThatThrownBy(() -> RouterFile.read(file("default:\n\tthreshold: 3000")))
                .hasMessageContaining(
                        "line 2: must be YAML, but while scanning for the next token: found character '\\t(TAB)'");
    }
}
