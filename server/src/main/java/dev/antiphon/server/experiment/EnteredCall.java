package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Exposure;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.session.SessionSettings;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * What experiments mean for one call.
 *
 * @param parts the experiments that it takes part in
 */
public record EnteredCall(List<Part> parts) {
    /** It takes part in none. */
    public static final EnteredCall NONE = new EnteredCall(List.of());

    public EnteredCall {
        parts = List.copyOf(parts);
    }

    /**
     * One experiment.
     *
     * @param exposure the call's arm
     * @param treatment what the arm gives to the call
     * @param onTiers whether any arm of the experiment gives a tier
     */
    public record Part(Exposure exposure, Treatment treatment, boolean onTiers) {}

    /** Its arms. */
    public List<Exposure> exposures() {
        return parts.stream().map(Part::exposure).toList();
    }

    /** What it gets from all of them. */
    public Treatment treatment() {
        return new Treatment(
                first(Treatment::tier), first(Treatment::voice), first(Treatment::effort), first(Treatment::variant));
    }

    private Optional<String> first(Function<Treatment, Optional<String>> given) {
        return parts.stream()
                .flatMap(part -> given.apply(part.treatment()).stream())
                .findFirst();
    }

    /** Whether it takes part in an experiment on tiers, also in an arm that leaves the tier as it is. */
    public boolean isOnTiers() {
        return parts.stream().anyMatch(Part::onTiers);
    }

    EnteredCall and(Part part) {
        return new EnteredCall(Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    EnteredCall notOnTiers() {
        return new EnteredCall(parts.stream().filter(part -> !part.onTiers()).toList());
    }

    /** The settings with the arm's voice and effort. */
    public SessionSettings applyTo(SessionSettings settings) {
        Treatment treatment = treatment();
        SessionSettings spoken = treatment.voice().map(settings::withVoice).orElse(settings);
        return treatment
                .effort()
                .map(effort -> spoken.withLine(spoken.line().withReasoningEffort(effort)))
                .orElse(spoken);
    }
}
