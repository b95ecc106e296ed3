package dev.antiphon.server.cli;

import dev.antiphon.estimate.TierMix;
import dev.antiphon.model.ModelCard;
import dev.antiphon.server.estimate.Assumption;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The options that say how calls are divided between two models, and how many complete. */
final class TierMixOptions {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--start-upper",
            paramLabel = "SHARE",
            defaultValue = "0",
            converter = ShareOption.class,
            description =
                    "Share of calls that begin on the upper model. Default ${DEFAULT-VALUE}, default of the router.")
    private double startUpper = 0;

    @Option(
            names = "--escalate",
            paramLabel = "SHARE",
            defaultValue = "0.1",
            converter = ShareOption.class,
            description = "Share of the others that move to it. Default ${DEFAULT-VALUE}, assumed: measure yours.")
    private double escalate = 0.1;

    @Option(
            names = "--escalate-at",
            paramLabel = "SHARE",
            defaultValue = "0.5",
            converter = ShareOption.class,
            description = "After which part of their turns they move. Default ${DEFAULT-VALUE}, assumed.")
    private double escalateAt = 0.5;

    @Option(
            names = "--completes-lower",
            paramLabel = "SHARE",
            defaultValue = "0.85",
            converter = ShareOption.class,
            description =
                    "Share that completes on the lower model, and on each mini model. Default ${DEFAULT-VALUE}, assumed: the healthy rate of docs/tiers.md; measure yours.")
    private double lowerCompletes = 0.85;

    @Option(
            names = "--completes-upper",
            paramLabel = "SHARE",
            defaultValue = "0.92",
            converter = ShareOption.class,
            description =
                    "Share that completes on the upper model, and on each other model. Default ${DEFAULT-VALUE}, assumed; measure yours.")
    private double upperCompletes = 0.92;

    @Option(
            names = "--completes-escalated",
            paramLabel = "SHARE",
            defaultValue = "0.7",
            converter = ShareOption.class,
            description =
                    "Share that completes of calls that moved. Default ${DEFAULT-VALUE}, assumed: they struggled; measure yours.")
    private double escalatedCompletes = 0.7;

    @Option(
            names = "--completes",
            paramLabel = "MODEL=SHARE",
            converter = {ModelName.class, ShareOption.class},
            description = "Share that completes on one model; repeatable.")
    private Map<String, Double> completes = Map.of();

    /** The key of a pair, as it is. */
    static final class ModelName implements ITypeConverter<String> {
        @Override
        public String convert(String text) {
            return text;
        }
    }

    TierMix mix() {
        return new TierMix(startUpper, escalate, escalateAt, lowerCompletes, upperCompletes, escalatedCompletes);
    }

    /** What is assumed to complete on this model. */
    double completes(ModelCard card) {
        return Optional.ofNullable(completes.get(card.name()))
                .orElse(card.name().contains("mini") ? lowerCompletes : upperCompletes);
    }

    List<String> modelsWithShares() {
        return completes.keySet().stream().sorted().toList();
    }

    List<Assumption> assumptions() {
        return List.of(
                assumed("start-upper", ShareOption.shown(startUpper), "default of the router"),
                assumed("escalate", ShareOption.shown(escalate), "assumed: measure yours"),
                assumed("escalate-at", ShareOption.shown(escalateAt), "assumed"),
                assumed(
                        "completes-lower",
                        ShareOption.shown(lowerCompletes),
                        "assumed: the healthy rate of docs/tiers.md; measure yours"),
                assumed("completes-upper", ShareOption.shown(upperCompletes), "assumed; measure yours"),
                assumed(
                        "completes-escalated",
                        ShareOption.shown(escalatedCompletes),
                        "assumed: they struggled; measure yours"));
    }

    private Assumption assumed(String option, String value, String source) {
        return new Assumption(option, value, Given.in(spec, "--" + option) ? "given" : source);
    }
}
