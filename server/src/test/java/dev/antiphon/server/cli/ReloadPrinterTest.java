package dev.antiphon.server.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.server.reload.Reload;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class ReloadPrinterTest {
    private static final Dialog OLD = dialog("# Who?\nWe.");
    private static final Dialog NEW = dialog("# Who?\nWe, of course.");

    @Test
    void whatIsDifferentIsToldInSentences() {
        assertThat(told(new Reload.Taken(OLD, NEW, List.of())))
                .startsWith("Reloaded questions " + OLD.version() + " -> questions " + NEW.version())
                .contains("New calls have it; calls in flight keep theirs.", "We, of course.")
                .doesNotContain("Stays");
    }

    @Test
    void whatStaysIsNamed() {
        assertThat(told(new Reload.Taken(OLD, NEW, List.of("Calendar", "Service"))))
                .contains("Stays as it was until the next start, because the back end uses it: Calendar, Service");
    }

    @Test
    void codeAloneHasTheSameVersion() {
        assertThat(told(new Reload.Taken(OLD, OLD, List.of())))
                .startsWith("Reloaded questions " + OLD.version() + ": only code or unused files changed.");
    }

    @Test
    void aRefusalNamesWhatStaysAndWhy() {
        assertThat(told(new Reload.Refused(OLD, "no question")))
                .startsWith("Not reloaded, new calls stay with questions " + OLD.version() + ": no question");
    }

    @Test
    void aBuildIsWaitedForAndNothingNewIsNotTold() {
        assertThat(told(new Reload.Incomplete("Desk"))).startsWith("Waiting for a build: the class Desk is not there.");
        assertThat(told(new Reload.Unchanged())).isEmpty();
    }

    private static String told(Reload reload) {
        StringWriter out = new StringWriter();
        new ReloadPrinter(new PrintWriter(out), new Ink(false)).tell(reload);
        return out.toString();
    }

    private static Dialog dialog(String faq) {
        return Dialog.of(Flow.faq("questions", Faq.parse(faq)));
    }
}
