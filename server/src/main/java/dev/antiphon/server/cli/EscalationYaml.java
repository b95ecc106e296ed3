package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.server.experiment.YamlTrouble;
import dev.antiphon.testkit.emulator.WrittenDuration;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle.Signal;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;
import tools.jackson.dataformat.yaml.YAMLParser;

/** Reads what operators change of escalation policies, see {@code docs/tiers.md}. Errors name the line, the rule and the value. */
final class EscalationYaml {
    private static final String FLOWS = "flows";

    private enum Key {
        THRESHOLD,
        PERSON_THRESHOLD,
        DECAY,
        HALF_LIFE,
        BUDGET,
        RUNGS,
        WEIGHTS;

        String word() {
            return kebab(name());
        }

        static String all() {
            return Arrays.stream(values()).map(Key::word).collect(Collectors.joining(", "));
        }
    }

    /**
     * What a file says.
     *
     * @param everywhere for all flows
     * @param flows for each of these besides
     */
    record Changes(UnaryOperator<EscalationPolicy> everywhere, Map<String, Change> flows) {
        Changes {
            flows = Map.copyOf(flows);
        }
    }

    /**
     * What it says of one flow.
     *
     * @param line where it begins
     */
    record Change(int line, UnaryOperator<EscalationPolicy> change) {}

    private final YAMLParser parser;
    private final Map<String, Change> flows = new HashMap<>();

    private EscalationYaml(YAMLParser parser) {
        this.parser = parser;
    }

    /**
     * Reads a file's text.
     *
     * @throws IllegalArgumentException for what is no such file
     */
    static Changes parse(String text) {
        try (JsonParser parser = YAMLMapper.shared().createParser(text)) {
            return new EscalationYaml((YAMLParser) parser).read();
        } catch (JacksonException broken) {
            throw refused(YamlTrouble.line(broken), "must be YAML, but " + YamlTrouble.of(broken));
        }
    }

    private Changes read() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            throw new IllegalArgumentException("is empty; who wants no changes leaves the option out");
        }
        UnaryOperator<EscalationPolicy> everywhere = policy(true);
        require(parser.nextToken() == null, "must be one document, but another one follows");
        return new Changes(everywhere, flows);
    }

    /** The parser stands at the mapping; afterwards at its end. */
    private UnaryOperator<EscalationPolicy> policy(boolean top) {
        String known = Key.all() + (top ? ", " + FLOWS : "");
        require(parser.currentToken() == JsonToken.START_OBJECT, "must be keys with values; the keys are " + known);
        List<UnaryOperator<EscalationPolicy>> changes = new ArrayList<>();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String word = parser.currentName();
            int line = line();
            require(seen.add(word), "the key '" + word + "' must stand once");
            parser.nextToken();
            if (top && word.equals(FLOWS)) {
                flows();
            } else {
                Key key = Arrays.stream(Key.values())
                        .filter(each -> each.word().equals(word))
                        .findFirst()
                        .orElseThrow(() -> refused(line, "'" + word + "' is no key; the keys are " + known));
                changes.add(checked(line, change(key)));
            }
        }
        return policy -> {
            EscalationPolicy changed = policy;
            for (UnaryOperator<EscalationPolicy> change : changes) {
                changed = change.apply(changed);
            }
            return changed;
        };
    }

    /** What a policy refuses is told with the line. */
    private static UnaryOperator<EscalationPolicy> checked(int line, UnaryOperator<EscalationPolicy> change) {
        try {
            Objects.requireNonNull(change.apply(EscalationPolicy.defaults()));
            return change;
        } catch (IllegalArgumentException wrong) {
            throw refused(line, String.valueOf(wrong.getMessage()));
        }
    }

    private void flows() {
        require(parser.currentToken() == JsonToken.START_OBJECT, "'flows' must be names of flows, each with keys");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            int line = line();
            parser.nextToken();
            Change change = new Change(line, policy(false));
            require(flows.put(name, change) == null, "the flow '" + name + "' must stand once");
        }
    }

    private UnaryOperator<EscalationPolicy> change(Key key) {
        return switch (key) {
            case THRESHOLD -> {
                double value = number(key.word());
                yield policy -> policy.withThreshold(value);
            }
            case PERSON_THRESHOLD -> {
                double value = number(key.word());
                yield policy -> policy.withPersonThreshold(value);
            }
            case DECAY -> {
                double value = number(key.word());
                yield policy -> policy.withDecay(value);
            }
            case HALF_LIFE -> {
                Optional<Duration> time = halfLife(scalar(key.word()));
                yield policy -> time.map(policy::withHalfLife).orElseGet(policy::withoutHalfLife);
            }
            case BUDGET -> {
                Optional<Money> most = budget(scalar(key.word()));
                yield policy -> most.map(policy::withBudget).orElseGet(policy::withoutBudget);
            }
            case RUNGS -> {
                Rung[] rungs = rungs();
                yield policy -> policy.withRungs(rungs);
            }
            case WEIGHTS -> {
                Map<Signal, Double> weights = weights();
                yield policy -> {
                    EscalationPolicy changed = policy;
                    for (Map.Entry<Signal, Double> weight : weights.entrySet()) {
                        changed = changed.withWeight(weight.getKey(), weight.getValue());
                    }
                    return changed;
                };
            }
        };
    }

    private Optional<Duration> halfLife(String text) {
        return text.equals("none")
                ? Optional.empty()
                : Optional.of(WrittenDuration.parse(text)
                        .filter(Duration::isPositive)
                        .orElseThrow(() -> refused(
                                line(),
                                "half-life must be a time like 90s or 2m, above 0, or none, but was '" + text + "'")));
    }

    private Optional<Money> budget(String text) {
        if (text.equals("none")) {
            return Optional.empty();
        }
        try {
            return Optional.of(new Money(new BigDecimal(text)));
        } catch (NumberFormatException e) {
            throw refused(line(), "budget must be US dollars per call like 0.50, or none, but was '" + text + "'");
        }
    }

    private Rung[] rungs() {
        require(
                parser.currentToken() == JsonToken.START_ARRAY,
                "'rungs' must be a list, for example [effort high, larger model, person]");
        List<Rung> rungs = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
            String words = scalar("a rung");
            try {
                rungs.add(Rung.of(words));
            } catch (IllegalArgumentException unknown) {
                throw refused(line(), String.valueOf(unknown.getMessage()));
            }
        }
        return rungs.toArray(Rung[]::new);
    }

    private Map<Signal, Double> weights() {
        require(
                parser.currentToken() == JsonToken.START_OBJECT,
                "'weights' must be signals with numbers; the signals are " + signals());
        Map<Signal, Double> weights = new HashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String word = parser.currentName();
            int line = line();
            Signal signal = weighed()
                    .filter(each -> kebab(each.name()).equals(word))
                    .findFirst()
                    .orElseThrow(() -> refused(line, "'" + word + "' is no signal; the signals are " + signals()));
            parser.nextToken();
            double weight = number(word);
            checked(line, policy -> policy.withWeight(signal, weight));
            require(weights.put(signal, weight) == null, "the signal '" + word + "' must stand once");
        }
        return weights;
    }

    /** A wish for a person is the dialog's to follow, whatever it would weigh. */
    private static Stream<Signal> weighed() {
        return Arrays.stream(Signal.values()).filter(signal -> signal != Signal.WANTS_PERSON);
    }

    private static String signals() {
        return weighed().map(signal -> kebab(signal.name())).collect(Collectors.joining(", "));
    }

    private double number(String name) {
        String text = scalar(name);
        try {
            return Double.parseDouble(text);
        } catch (NumberFormatException e) {
            throw refused(line(), name + " must be a number, but was '" + text + "'");
        }
    }

    private String scalar(String name) {
        require(
                parser.currentToken().isScalarValue()
                        && parser.currentToken() != JsonToken.VALUE_NULL
                        && !parser.isCurrentAlias(),
                name + " must be one value");
        return parser.getString().strip();
    }

    private static String kebab(String name) {
        return name.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw refused(line(), rule);
        }
    }

    private static IllegalArgumentException refused(int line, String rule) {
        return new IllegalArgumentException("line " + line + ": " + rule);
    }
}
