package dev.antiphon.benchmarks.chaos.tools;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.session.Conduct;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class ToolChaosRunTest {

    @Test
    void whateverToolsAndEffectsDoEachIsAnsweredOnceDoneOnceAndToldTruly() {
        ToolChaosReport report = run(3 * Strike.values().length, 1);

        assertThat(report.violations())
                .as(String.join("\n", report.examples()))
                .isEqualTo(Arrays.stream(Violations.Rule.values())
                        .collect(Collectors.toMap(Violations.Rule::words, rule -> 0)));
        assertThat(report.missing()).as("strikes that came to nothing").hasSizeLessThanOrEqualTo(3);
        assertThat(report.booked()).isGreaterThan(report.calls() * 3 / 4);
        assertThat(report.passed()).isTrue();
    }

    @Test
    void theSameSeedGivesTheSameRun() {
        ToolChaosReport first = run(45, 7);
        ToolChaosReport second = run(45, 7);

        assertThat(second.outcomes()).isEqualTo(first.outcomes());
        assertThat(second.settlements()).isEqualTo(first.settlements());
        assertThat(second.struck()).isEqualTo(first.struck());
        assertThat(second.talked()).isEqualTo(first.talked());
    }

    @Test
    void whatIsBrokenOnPurposeIsNotLoggedAndRealErrorsAre() {
        Logger root = (Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME);
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        log.start();
        root.addAppender(log);
        try (ToolChaosRun run = new ToolChaosRun(2 * Strike.values().length, 1, Conduct.GUIDED)) {
            run.run(done -> {});
            root.error("a real error", new NullPointerException("\"Waiter.invocation()\" is null"));
        } finally {
            root.detachAppender(log);
        }
        assertThat(log.list.stream().filter(event -> event.getLevel().equals(Level.ERROR)))
                .extracting(ILoggingEvent::getMessage)
                .containsExactly("a real error");
    }

    private static ToolChaosReport run(int calls, long seed) {
        try (ToolChaosRun run = new ToolChaosRun(calls, seed, Conduct.GUIDED)) {
            return run.run(done -> {});
        }
    }
}
