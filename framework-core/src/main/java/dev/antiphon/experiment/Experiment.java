package dev.antiphon.experiment;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * An experiment as it is defined. The first arm is the one that the others are compared with.
 *
 * @param key short and stable, for meters and reports
 * @param flows whose calls take part; empty for all
 * @param arms two or more; their weights add up to 1
 * @param coverage the share of the units that take part when the ramp is at 100 %
 * @param namespace the part of all units that it takes; empty for all of them
 * @param seed another one places the same units elsewhere; default the key
 * @param bucketVersion 1 or more; a higher one shuffles all units anew
 * @param unit what is assigned
 * @param holdOut units that take part in nothing
 * @param plan what is asked, and how long
 * @param goals what decides, one or more
 * @param guardrails what stops the roll-out
 */
public record Experiment(
        String key,
        Set<String> flows,
        List<Arm> arms,
        double coverage,
        Optional<Namespace> namespace,
        String seed,
        int bucketVersion,
        Unit unit,
        HoldOut holdOut,
        Plan plan,
        List<Metric> goals,
        List<Guardrail> guardrails) {

    /** What is assigned to an arm. */
    public enum Unit {
        /** A caller, the same arm in each call; a call of nobody known by itself. */
        CALLER,
        /** Each call by itself. */
        CALL
    }

    private static final double TOLERANCE = 0.01;

    public Experiment {
        Keys.check("the key of an experiment", key);
        flows = Set.copyOf(flows);
        arms = List.copyOf(arms);
        goals = List.copyOf(new LinkedHashSet<>(goals));
        guardrails = List.copyOf(guardrails);
        if (arms.size() < 2) {
            throw new IllegalArgumentException(
                    "experiment " + key + " must have two or more arms, but has " + arms.size());
        }
        if (arms.stream().map(Arm::key).distinct().count() < arms.size()) {
            throw new IllegalArgumentException("arms of experiment " + key + " must have distinct keys, but have "
                    + arms.stream().map(Arm::key).toList());
        }
        double sum = arms.stream().mapToDouble(Arm::weight).sum();
        if (!(Math.abs(sum - 1) <= TOLERANCE)) {
            throw new IllegalArgumentException(
                    "the weights of the arms of experiment " + key + " must add up to 1, but add up to " + sum);
        }
        if (!(coverage > 0 && coverage <= 1)) {
            throw new IllegalArgumentException(
                    "the coverage of experiment " + key + " must be above 0 and at most 1, but was " + coverage);
        }
        if (bucketVersion < 1) {
            throw new IllegalArgumentException(
                    "bucket_version of experiment " + key + " must be 1 or more, but was " + bucketVersion);
        }
        if (goals.isEmpty()) {
            throw new IllegalArgumentException("experiment " + key + " must have a goal, but has none");
        }
        Keys.check("the seed of experiment " + key, seed);
        if (plan.question() == Plan.Question.NON_INFERIORITY
                && !goals.containsAll(List.of(Metric.COMPLETION, Metric.COST_PER_COMPLETED))) {
            throw new IllegalArgumentException("non-inferiority of experiment " + key
                    + " is about completion and cost_per_completed: both must be goals, but goals are "
                    + goals.stream().map(Metric::word).toList());
        }
    }

    /** An experiment of the usual sort; the lambda says what differs. */
    public static Experiment of(String key, Consumer<Draft> settings) {
        Draft draft = new Draft(key);
        settings.accept(draft);
        return draft.build();
    }

    /** The arm that the others are compared with. */
    public Arm control() {
        return arms.getFirst();
    }

    /** The arms that are compared with the first. */
    public List<Arm> treatments() {
        return arms.subList(1, arms.size());
    }

    /** Whether calls of the flow take part. */
    public boolean isAbout(String flow) {
        return flows.isEmpty() || flows.contains(flow);
    }

    /** What its arms change: tier, voice, effort, variant. */
    public Set<String> changes() {
        Set<String> names = new TreeSet<>();
        arms.forEach(arm -> names.addAll(arm.treatment().sets()));
        return names;
    }

    /** Whether a call could get contradicting orders from both: they are about the same flow, change the same, and share units. */
    public boolean collidesWith(Experiment other) {
        boolean sameFlow =
                flows.isEmpty() || other.flows.isEmpty() || flows.stream().anyMatch(other.flows::contains);
        boolean sameChange = changes().stream().anyMatch(other.changes()::contains);
        return sameFlow && sameChange && !excludes(other);
    }

    private boolean excludes(Experiment other) {
        return namespace.isPresent()
                && other.namespace.isPresent()
                && namespace.get().excludes(other.namespace.get());
    }

    /**
     * What must stay the same while it runs, in one line: a change of it would move callers to other arms, or answer another question
     * than the one that was asked.
     */
    public String design() {
        StringBuilder text = new StringBuilder();
        arms.forEach(arm -> text.append(arm.key())
                .append('=')
                .append(arm.weight())
                .append(arm.treatment().sets())
                .append(arm.treatment().tier().orElse(""))
                .append('/')
                .append(arm.treatment().voice().orElse(""))
                .append('/')
                .append(arm.treatment().effort().orElse(""))
                .append('/')
                .append(arm.treatment().variant().orElse(""))
                .append(' '));
        return text.append(namespace.map(Record::toString).orElse("everybody"))
                .append(' ')
                .append(placement())
                .append(' ')
                .append(coverage)
                .append(' ')
                .append(unit)
                .append(' ')
                .append(holdOut)
                .append(' ')
                .append(plan)
                .append(' ')
                .append(goals)
                .toString();
    }

    /**
     * These weights, in the order of the arms.
     *
     * @throws IllegalArgumentException with rule and value, when arms are missing or unknown, or the weights cannot be
     */
    public Map<String, Double> weights(Map<String, Double> byArm) {
        List<String> keys = arms.stream().map(Arm::key).toList();
        if (!byArm.keySet().equals(Set.copyOf(keys))) {
            throw new IllegalArgumentException(
                    "weights must name each arm of experiment " + key + ", " + keys + ", and no other, but name "
                            + byArm.keySet().stream().sorted().toList());
        }
        Map<String, Double> ordered = new LinkedHashMap<>();
        keys.forEach(arm -> ordered.put(arm, byArm.getOrDefault(arm, 0.0)));
        weighted(ordered, bucketVersion);
        return ordered;
    }

    /** Its weights, by arm. */
    public Map<String, Double> weights() {
        Map<String, Double> byArm = new LinkedHashMap<>();
        arms.forEach(arm -> byArm.put(arm.key(), arm.weight()));
        return byArm;
    }

    /** As it is in a later phase: other weights, and shuffled anew. A phase of other arms, since then defined anew, changes none. */
    Experiment in(Phase phase) {
        Map<String, Double> own = weights();
        boolean sameArms = own.keySet().equals(phase.weights().keySet());
        return weighted(sameArms ? phase.weights() : own, bucketVersion + phase.number() - Phase.FIRST);
    }

    private Experiment weighted(Map<String, Double> byArm, int version) {
        return new Experiment(
                key,
                flows,
                arms.stream()
                        .map(arm -> new Arm(arm.key(), byArm.getOrDefault(arm.key(), arm.weight()), arm.treatment()))
                        .toList(),
                coverage,
                namespace,
                seed,
                version,
                unit,
                holdOut,
                plan,
                goals,
                guardrails);
    }

    /** The seed of the bucketing. */
    String placement() {
        return bucketVersion == 1 ? seed : seed + "." + bucketVersion;
    }

    Shares shares(int stagePercent) {
        return Shares.of(arms.stream().map(Arm::weight).toList(), coverage * stagePercent / 100);
    }

    /** An experiment while it is defined. Not thread-safe. */
    public static final class Draft {
        private final String key;
        private Set<String> flows = Set.of();
        private List<Arm> arms = List.of();
        private double coverage = 1;
        private Optional<Namespace> namespace = Optional.empty();
        private @Nullable String seed;
        private int bucketVersion = 1;
        private Unit unit = Unit.CALLER;
        private HoldOut holdOut = HoldOut.NONE;
        private Plan plan = Plan.openEnded();
        private List<Metric> goals = List.of(Metric.COMPLETION, Metric.COST_PER_COMPLETED);
        private List<Guardrail> guardrails = List.of(
                Guardrail.of(Metric.SLOW_TURNS),
                Guardrail.of(Metric.HANDOVER),
                Guardrail.of(Metric.ABANDONMENT),
                Guardrail.of(Metric.BARGE_IN));

        private Draft(String key) {
            this.key = key;
        }

        /** Whose calls take part; default all flows. */
        public Draft flows(Set<String> names) {
            this.flows = names;
            return this;
        }

        /** The arms, the one that others are compared with first. */
        public Draft arms(List<Arm> all) {
            this.arms = all;
            return this;
        }

        /** The share of the units that take part; default all. */
        public Draft coverage(double share) {
            this.coverage = share;
            return this;
        }

        /** The part of all units that it takes. */
        public Draft namespace(Namespace part) {
            this.namespace = Optional.of(part);
            return this;
        }

        /** Places units; default the key. */
        public Draft seed(String other) {
            this.seed = other;
            return this;
        }

        /** Shuffles units; default 1. */
        public Draft bucketVersion(int version) {
            this.bucketVersion = version;
            return this;
        }

        /** What is assigned; default the caller. */
        public Draft unit(Unit other) {
            this.unit = other;
            return this;
        }

        /** Units that take part in nothing; default nobody. */
        public Draft holdOut(HoldOut other) {
            this.holdOut = other;
            return this;
        }

        /** What is asked, and how long; default {@link Plan#openEnded}. */
        public Draft plan(Plan other) {
            this.plan = other;
            return this;
        }

        /** What decides; default completion and the cost of a completed call. */
        public Draft goals(List<Metric> metrics) {
            this.goals = metrics;
            return this;
        }

        /** What stops the roll-out; default slow turns, handover, abandonment and barge-in. */
        public Draft guardrails(List<Guardrail> all) {
            this.guardrails = all;
            return this;
        }

        private Experiment build() {
            return new Experiment(
                    key,
                    flows,
                    arms,
                    coverage,
                    namespace,
                    seed == null ? key : seed,
                    bucketVersion,
                    unit,
                    holdOut,
                    plan,
                    goals,
                    guardrails);
        }
    }
}
