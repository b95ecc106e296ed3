package dev.antiphon.server.experiment;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Guardrail;
import dev.antiphon.experiment.HoldOut;
import dev.antiphon.experiment.Metric;
import dev.antiphon.experiment.Namespace;
import dev.antiphon.experiment.Plan;
import dev.antiphon.experiment.Treatment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.Supplier;

/** Reads experiments from YAML; docs/experiments.md has the form. */
public final class ExperimentFile {
    private HoldOut holdOut = HoldOut.NONE;

    private ExperimentFile() {}

    /**
     * The experiments of a file, in its order.
     *
     * @throws ExperimentProblem when it cannot be read, or an experiment cannot be as it is defined
     */
    public static List<Experiment> read(Path file) {
        try {
            return parse(file.toString(), Files.readString(file, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new ExperimentProblem(file + " cannot be read as UTF-8 text: " + e.getMessage(), e);
        }
    }

    /** The experiments of this text; {@code file} is for messages. */
    public static List<Experiment> parse(String file, String yaml) {
        return new ExperimentFile().experiments(YamlPart.read(file, yaml));
    }

    private List<Experiment> experiments(YamlPart root) {
        root.allow("hold_out", "experiments");
        root.part("hold_out").ifPresent(this::readHoldOut);
        List<Experiment> all = new ArrayList<>();
        for (YamlPart each : root.needed("experiments").items()) {
            Experiment read = experiment(each);
            for (Experiment other : all) {
                if (other.key().equals(read.key())) {
                    throw each.problem(
                            "the key of an experiment must be its own, but '" + read.key() + "' is there twice");
                }
                if (other.collidesWith(read)) {
                    throw each.problem(
                            "experiments that change the same of one flow must have parts of one namespace that"
                                    + " do not overlap, but " + other.key() + " and " + read.key() + " both change "
                                    + read.changes().stream()
                                            .filter(other.changes()::contains)
                                            .toList());
                }
            }
            all.add(read);
        }
        if (all.isEmpty()) {
            throw root.problem("experiments must name one or more, but is empty");
        }
        return List.copyOf(all);
    }

    private void readHoldOut(YamlPart part) {
        part.allow("name", "share");
        holdOut = checked(
                part,
                () -> new HoldOut(
                        part.text("name").orElse("all"), part.needed("share").number()));
    }

    private Experiment experiment(YamlPart part) {
        part.allow(
                "key",
                "flows",
                "arms",
                "coverage",
                "namespace",
                "seed",
                "bucket_version",
                "unit",
                "plan",
                "goals",
                "guardrails");
        String key = part.needed("key").scalar();
        List<Arm> arms = arms(part.needed("arms"));
        Plan plan = part.part("plan").map(this::plan).orElseGet(Plan::openEnded);
        return checked(
                part,
                () -> Experiment.of(key, draft -> {
                    draft.arms(arms).plan(plan).holdOut(holdOut).flows(flows(part));
                    part.part("coverage").ifPresent(p -> draft.coverage(p.number()));
                    part.part("namespace").ifPresent(p -> draft.namespace(namespace(p)));
                    part.text("seed").ifPresent(draft::seed);
                    part.part("bucket_version").ifPresent(p -> draft.bucketVersion(Math.toIntExact(p.whole())));
                    part.part("unit").ifPresent(p -> draft.unit(p.choice(Experiment.Unit.class)));
                    part.part("goals")
                            .ifPresent(p -> draft.goals(p.items().stream()
                                    .map(ExperimentFile::metric)
                                    .toList()));
                    part.part("guardrails")
                            .ifPresent(p -> draft.guardrails(
                                    p.items().stream().map(this::guardrail).toList()));
                }));
    }

    private static Set<String> flows(YamlPart part) {
        Set<String> names = new LinkedHashSet<>();
        part.part("flows").ifPresent(list -> list.items().forEach(item -> names.add(item.scalar())));
        return names;
    }

    private List<Arm> arms(YamlPart list) {
        List<Arm> arms = new ArrayList<>();
        int count = list.items().size();
        if (count < 2) {
            throw list.problem("an experiment needs two arms or more, but has " + count);
        }
        for (YamlPart part : list.items()) {
            part.allow("key", "weight", "tier", "voice", "effort", "variant");
            double weight = part.part("weight").map(YamlPart::number).orElse(1.0 / count);
            arms.add(checked(
                    part,
                    () -> new Arm(
                            part.needed("key").scalar(),
                            weight,
                            new Treatment(
                                    part.text("tier"),
                                    part.text("voice"),
                                    part.text("effort"),
                                    part.text("variant")))));
        }
        return arms;
    }

    private static Namespace namespace(YamlPart part) {
        part.allow("name", "from", "to");
        return checked(
                part,
                () -> new Namespace(
                        part.needed("name").scalar(),
                        part.needed("from").number(),
                        part.needed("to").number()));
    }

    private Plan plan(YamlPart part) {
        part.allow("question", "horizon", "expected", "margin", "watch_alpha", "look_alpha");
        Optional<Long> horizon = part.part("horizon").map(YamlPart::whole);
        Plan usual = Plan.openEnded();
        return checked(
                part,
                () -> new Plan(
                        part.part("question")
                                .map(p -> p.choice(Plan.Question.class))
                                .orElse(Plan.Question.DIFFERENCE),
                        horizon.map(OptionalLong::of).orElse(OptionalLong.empty()),
                        part.part("expected")
                                .map(p -> OptionalLong.of(p.whole()))
                                .orElse(OptionalLong.empty()),
                        part.part("margin").map(YamlPart::number).orElse(usual.margin()),
                        part.part("watch_alpha").map(YamlPart::number).orElse(horizon.isPresent() ? 0.01 : 0.05),
                        part.part("look_alpha").map(YamlPart::number).orElse(usual.lookAlpha())));
    }

    private static Metric metric(YamlPart part) {
        String word = part.scalar();
        return Metric.of(word)
                .orElseThrow(
                        () -> part.problem("a metric must be one of " + Metric.words() + ", but was '" + word + "'"));
    }

    private Guardrail guardrail(YamlPart part) {
        if (!part.isMapping()) {
            return Guardrail.of(metric(part));
        }
        part.allow("metric", "tolerance");
        return checked(
                part,
                () -> new Guardrail(
                        metric(part.needed("metric")), part.needed("tolerance").number()));
    }

    /** Adds the line to what a definition says of itself. */
    private static <T> T checked(YamlPart part, Supplier<T> made) {
        try {
            return made.get();
        } catch (IllegalArgumentException | ArithmeticException e) {
            throw part.problem(String.valueOf(e.getMessage()));
        }
    }
}
