package dev.antiphon.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.antiphon.session.SessionEvent;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class SessionLogTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger(SessionLog.class);
    private final ListAppender<ILoggingEvent> lines = new ListAppender<>();

    @BeforeEach
    void listen() {
        lines.start();
        logger.setLevel(Level.INFO);
        logger.setAdditive(false);
        logger.addAppender(lines);
    }

    @AfterEach
    void stopListening() {
        logger.detachAppender(lines);
        logger.setAdditive(true);
        logger.setLevel(null);
    }

    private List<String> logged() {
        return lines.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
    }

    @Test
    void everyFactIsOneLine() {
        Facts.wholeCall().forEach(SessionLog.masked()::on);
        assertThat(logged())
                .hasSize(Facts.wholeCall().size())
                .allSatisfy(line -> assertThat(line)
                        .startsWith("event=")
                        .contains(" session=sess_4711 at=2026-11-20T10:00:00Z ")
                        .doesNotContain("\n"));
        assertThat(logged().get(0))
                .isEqualTo(
                        "event=session_started session=sess_4711 at=2026-11-20T10:00:00Z flow=booking version=4be1d2a0c9f3 tier=mini"
                                + " model=gpt-realtime-mini");
    }

    @Test
    void personalDataIsLeftOutByDefault() {
        Facts.wholeCall().forEach(SessionLog.masked()::on);
        assertThat(logged()).isNotEmpty().noneMatch(line -> line.contains(Facts.SECRET));
    }

    @Test
    void personalDataIsThereWhenAskedFor() {
        Facts.wholeCall().forEach(SessionLog.withPersonalData()::on);
        assertThat(logged()).anyMatch(line -> line.contains("text=\"I am " + Facts.SECRET + "\""));
    }

    @Test
    void aTurnsPartsStandBesideItsTotal() {
        Facts.wholeCall().forEach(SessionLog.masked()::on);
        assertThat(logged())
                .anyMatch(line -> line.endsWith("tier=full total_ms=960 endpointing_ms=300 model_ms=400 tool_ms=50"
                        + " model2_ms=200 delivery_ms=10 tool=true"));
    }

    @Test
    void valuesCannotBreakTheLine() {
        SessionLog.withPersonalData()
                .on(new SessionEvent.ServiceProblem(Facts.SESSION, Facts.AT, "x", "one\ntwo \"three\" event=forged"));
        assertThat(logged())
                .singleElement()
                .satisfies(line -> assertThat(line).endsWith("message=\"one two \\\"three\\\" event=forged\""));
    }

    @Test
    void troublesAreWarnings() {
        Facts.wholeCall().forEach(SessionLog.masked()::on);
        assertThat(lines.list.stream()
                        .filter(line -> line.getLevel().equals(Level.WARN))
                        .map(ILoggingEvent::getFormattedMessage))
                .hasSize(2)
                .allMatch(line ->
                        line.startsWith("event=connection_troubled") || line.startsWith("event=service_problem"));
    }
}
