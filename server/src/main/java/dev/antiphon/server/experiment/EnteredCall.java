package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Exposure;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.session.SessionSettings;
import java.util.List;
import java.util.stream.Stream;

/**
 * What experiments mean for one call.
 *
 * @param exposures which it takes part in
 * @param treatment what it gets from all of them
 */
public record EnteredCall(List<Exposure> exposures, Treatment treatment) {
    /** It takes part in none. */
    public static final EnteredCall NONE = new EnteredCall(List.of(), Treatment.NONE);

    public EnteredCall {
        exposures = List.copyOf(exposures);
    }

    EnteredCall and(Exposure exposure, Treatment more) {
        return new EnteredCall(
                Stream.concat(exposures.stream(), Stream.of(exposure)).toList(),
                new Treatment(
                        treatment.tier().or(more::tier),
                        treatment.voice().or(more::voice),
                        treatment.effort().or(more::effort),
                        treatment.variant().or(more::variant)));
    }

    /** The settings with the arm's voice and effort. */
    public SessionSettings applyTo(SessionSettings settings) {
        SessionSettings spoken = treatment.voice().map(settings::withVoice).orElse(settings);
        return treatment
                .effort()
                .map(effort -> spoken.withLine(spoken.line().withReasoningEffort(effort)))
                .orElse(spoken);
    }
}
