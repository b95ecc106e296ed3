package dev.antiphon.server.cli;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.model.Allowance;
import dev.antiphon.time.TimeLimit;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Which calls a started bot answers.
 *
 * @param settings for the server
 * @param source for people: where limits come from that were not given one by one; empty when there are none
 */
record AdmissionChoice(AdmissionSettings settings, Optional<String> source) {

    /** For people: what is allowed, and what becomes of a call that does not fit. */
    String description() {
        if (settings.allowance().equals(Allowance.UNLIMITED)) {
            return "every call, unless the service reports a used up limit" + queue();
        }
        return "at most " + String.join(", ", limits()) + queue()
                + source.map(told -> " (" + told + ")").orElse("");
    }

    private List<String> limits() {
        Allowance allowance = settings.allowance();
        List<String> limits = new ArrayList<>();
        allowance
                .sessions()
                .map(most -> number(most) + (most == 1 ? " call at once" : " calls at once"))
                .ifPresent(limits::add);
        allowance
                .requestsPerMinute()
                .map(most -> number(most) + " requests a minute")
                .ifPresent(limits::add);
        allowance
                .tokensPerMinute()
                .map(most -> number(most) + " tokens a minute")
                .ifPresent(limits::add);
        return limits;
    }

    private String queue() {
        Duration wait = settings.longestWait();
        return wait.isZero()
                ? "; others are refused"
                : "; others wait up to " + TimeLimit.text(wait) + ", " + number(settings.mostWaiting()) + " at once";
    }

    private static String number(int value) {
        return String.format(Locale.ROOT, "%,d", value);
    }
}
