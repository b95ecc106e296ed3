package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * What a bot on a ladder has that experiments can give to calls. Immutable.
 *
 * @param ladder its tiers, whose models know voices and efforts
 * @param variants what the bot has besides its usual conversation
 * @param flows what its calls can be about; empty when nobody knows
 */
public record Offering(TierLadder ladder, Set<String> variants, Set<String> flows) {
    public Offering {
        variants = Set.copyOf(variants);
        flows = Set.copyOf(flows);
    }

    /**
     * Refuses an experiment that cannot be run here.
     *
     * @return for people: what could not be looked at, or is unusual, one line each
     * @throws ExperimentProblem when a flow, tier, variant, voice or effort is not there
     */
    public List<String> check(Experiment experiment) {
        if (!flows.isEmpty()) {
            experiment.flows().stream()
                    .filter(flow -> !flows.contains(flow))
                    .findFirst()
                    .ifPresent(flow -> {
                        throw new ExperimentProblem("flows of experiment " + experiment.key()
                                + " must be what calls of the bot are about, "
                                + flows.stream().sorted().toList() + ", but has '" + flow + "'");
                    });
        }
        List<String> remarks = new ArrayList<>();
        experiment.arms().forEach(arm -> check(experiment, arm, remarks));
        boolean same = experiment.arms().stream().map(Arm::treatment).distinct().count() == 1;
        if (same) {
            remarks.add("experiment " + experiment.key()
                    + " is an A/A test: its arms are the same, and what differs between them is chance");
        }
        return remarks;
    }

    private void check(Experiment experiment, Arm arm, List<String> remarks) {
        String where = "arm " + arm.key() + " of experiment " + experiment.key();
        Treatment treatment = arm.treatment();
        treatment.tier().filter(tier -> ladder.named(tier).isEmpty()).ifPresent(tier -> {
            throw new ExperimentProblem(where + " needs a tier of the ladder, "
                    + ladder.tiers().stream().map(Tier::name).toList() + ", but has '" + tier + "'");
        });
        treatment.variant().filter(variant -> !variants.contains(variant)).ifPresent(variant -> {
            throw new ExperimentProblem(where + " needs a variant that the bot has, "
                    + variants.stream().sorted().toList() + " by Bot.withVariant, but has '" + variant + "'");
        });
        List<Tier> starts =
                treatment.tier().flatMap(ladder::named).map(List::of).orElseGet(ladder::tiers);
        for (Tier start : starts) {
            start.places().forEach(place -> check(where, treatment, start, place, remarks));
        }
    }

    /** A model that the catalogue does not know may have anything. */
    private static void check(String where, Treatment treatment, Tier tier, Tier.Place place, List<String> remarks) {
        String model = place.endpoint().model();
        boolean unknown = place.voices().isEmpty();
        treatment.voice().ifPresent(voice -> {
            if (unknown) {
                remarks.add(where + " has the voice '" + voice + "': nobody knows whether model " + model + " of tier "
                        + tier.name() + " has it; where it is refused, calls go on with the usual one");
            } else if (!place.voices().contains(voice)) {
                throw new ExperimentProblem(
                        where + " needs a voice of model " + model + ", on which its calls start (tier " + tier.name()
                                + "), " + place.voices() + ", but has '" + voice + "'");
            }
        });
        treatment.effort().ifPresent(effort -> {
            if (unknown) {
                remarks.add(where + " has the effort '" + effort + "': nobody knows whether model " + model
                        + " of tier " + tier.name() + " reasons; where it is refused, calls go on with the usual one");
            } else if (!place.reasoningEffort()) {
                throw new ExperimentProblem(where + " sets the effort '" + effort + "', but model " + model
                        + ", on which its calls start (tier " + tier.name()
                        + "), cannot be told to reason more or less");
            }
        });
    }
}
