package dev.antiphon.server.cli;

import dev.antiphon.model.Money;
import dev.antiphon.server.experiment.YamlTrouble;
import dev.antiphon.tier.RouterPolicies;
import dev.antiphon.tier.RouterPolicy;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads how flows are routed from YAML: {@code default} for every flow, {@code flows} for some. Errors name line, rule and value. */
final class RouterFile {
    private static final long MAX_BYTES = 1_000_000;
    private static final String DEFAULT = "default";
    private static final String FLOWS = "flows";

    /** What can be said of a flow. */
    private enum Key {
        ENABLED((policy, value) -> policy.withEnabled(yesOrNo(value))),
        TARGET((policy, value) -> policy.withTarget(number(value).doubleValue())),
        TARGET_ABOVE((policy, value) -> policy.withTargetAbove(number(value).doubleValue())),
        THRESHOLD((policy, value) -> policy.withThreshold(number(value).doubleValue())),
        PRICE_RATIO((policy, value) -> policy.withSpending(new RouterPolicy.Spending(
                number(value).doubleValue(),
                policy.spending().dailyBudget(),
                policy.spending().valueOfCompletion(),
                policy.spending().assumedCost()))),
        DAILY_BUDGET((policy, value) -> policy.withSpending(new RouterPolicy.Spending(
                policy.spending().mostPriceRatio(),
                Optional.of(new Money(number(value))),
                policy.spending().valueOfCompletion(),
                policy.spending().assumedCost()))),
        VALUE((policy, value) -> policy.withSpending(new RouterPolicy.Spending(
                policy.spending().mostPriceRatio(),
                policy.spending().dailyBudget(),
                Optional.of(new Money(number(value))),
                policy.spending().assumedCost())));

        private final BiFunction<RouterPolicy, String, RouterPolicy> change;

        Key(BiFunction<RouterPolicy, String, RouterPolicy> change) {
            this.change = change;
        }

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        static Optional<Key> of(String word) {
            return Arrays.stream(values())
                    .filter(key -> key.word().equals(word))
                    .findFirst();
        }

        static String all() {
            return Arrays.stream(values()).map(Key::word).collect(Collectors.joining(", "));
        }
    }

    private final JsonParser parser;
    private final Supplier<Set<String>> known;

    private RouterFile(JsonParser parser, Supplier<Set<String>> known) {
        this.parser = parser;
        this.known = known;
    }

    /**
     * Reads a file.
     *
     * @throws IllegalArgumentException when it cannot be read or is not right; the message names the file, and the line where there is one
     */
    static RouterPolicies read(Path file) {
        return parse(file, text(file), Set::of);
    }

    /**
     * What a file holds.
     *
     * @throws IllegalArgumentException when it cannot be read; the message names it
     */
    static String text(Path file) {
        try {
            if (Files.size(file) > MAX_BYTES) {
                throw new IllegalArgumentException(
                        file + ": must have at most " + MAX_BYTES + " bytes, but has " + Files.size(file));
            }
            return Files.readString(file);
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": must be text in UTF-8, but is not", e);
        } catch (NoSuchFileException e) {
            throw new IllegalArgumentException(file + ": does not exist", e);
        } catch (IOException e) {
            throw new IllegalArgumentException(file + ": cannot be read (" + e + ")", e);
        }
    }

    /**
     * The policies of this text.
     *
     * @param file for messages
     * @param flows what it may name; asked only when it names some, and empty when nobody knows
     * @throws IllegalArgumentException when it says nothing or is not right; the message names the file and the line
     */
    static RouterPolicies parse(Path file, String text, Supplier<Set<String>> flows) {
        try (JsonParser parser = YAMLMapper.shared().createParser(text)) {
            return new RouterFile(parser, flows)
                    .document()
                    .orElseThrow(() -> new IllegalArgumentException(
                            file + ": is empty; who wants the defaults writes 'default: {}'"));
        } catch (JacksonException broken) {
            throw new IllegalArgumentException(
                    file + ": line " + YamlTrouble.line(broken) + ": must be YAML, but " + YamlTrouble.of(broken),
                    broken);
        } catch (Wrong e) {
            throw new IllegalArgumentException(file + ": " + e.getMessage(), e);
        }
    }

    /** A rule that the text breaks, with its line. */
    private static final class Wrong extends RuntimeException {
        private static final long serialVersionUID = 1;

        Wrong(int line, String rule, Throwable cause) {
            super("line " + line + ": " + rule, cause);
        }

        Wrong(int line, String rule) {
            super("line " + line + ": " + rule);
        }
    }

    private Optional<RouterPolicies> document() {
        JsonToken first = parser.nextToken();
        if (first == null || first == JsonToken.VALUE_NULL) {
            return Optional.empty();
        }
        require(first == JsonToken.START_OBJECT, "must have keys (" + DEFAULT + ", " + FLOWS + ")");
        Map<Key, Given> usual = new HashMap<>();
        Map<String, Map<Key, Given>> flows = new HashMap<>();
        Set<String> seen = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String word = parser.currentName();
            require(seen.add(word), "'" + word + "' must stand once");
            switch (word) {
                case DEFAULT -> usual.putAll(policy());
                case FLOWS -> flows.putAll(flows());
                default -> throw wrong("'" + word + "' is no key here; the keys are " + DEFAULT + ", " + FLOWS);
            }
        }
        require(parser.nextToken() == null, "must be one document, but another one follows");
        RouterPolicy policy = changed(RouterPolicy.defaults(), usual);
        return Optional.of(new RouterPolicies(
                policy,
                flows.entrySet().stream()
                        .collect(Collectors.toMap(Map.Entry::getKey, flow -> changed(policy, flow.getValue())))));
    }

    private record Given(int line, String value) {}

    private Map<String, Map<Key, Given>> flows() {
        Map<String, Map<Key, Given>> flows = new HashMap<>();
        Set<String> names = Set.of();
        require(parser.nextToken() == JsonToken.START_OBJECT, "'" + FLOWS + "' must have names of flows as keys");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String flow = parser.currentName();
            require(!flows.containsKey(flow), "the flow '" + flow + "' must stand once");
            names = flows.isEmpty() ? known.get() : names;
            require(
                    names.isEmpty() || names.contains(flow),
                    "'" + flow + "' is no flow of the bot; its calls are about "
                            + names.stream().sorted().collect(Collectors.joining(", ")));
            flows.put(flow, policy());
        }
        return flows;
    }

    private Map<Key, Given> policy() {
        Map<Key, Given> given = new HashMap<>();
        require(parser.nextToken() == JsonToken.START_OBJECT, "a policy must have keys (" + Key.all() + ")");
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String word = parser.currentName();
            Key key = Key.of(word)
                    .orElseThrow(() -> wrong("'" + word + "' is no key of a policy; the keys are " + Key.all()));
            int line = line();
            JsonToken value = parser.nextToken();
            require(
                    value.isScalarValue() && value != JsonToken.VALUE_NULL,
                    "'" + word + "' must be one value, but is " + shown(value));
            require(
                    given.put(key, new Given(line, parser.getString())) == null,
                    "'" + word + "' must stand once in a policy");
        }
        return given;
    }

    private static String shown(JsonToken value) {
        return switch (value) {
            case START_ARRAY -> "a list";
            case START_OBJECT -> "a map";
            default -> "left empty";
        };
    }

    private static RouterPolicy changed(RouterPolicy policy, Map<Key, Given> given) {
        RouterPolicy changed = policy;
        for (Map.Entry<Key, Given> each : given.entrySet()) {
            try {
                changed = each.getKey().change.apply(changed, each.getValue().value());
            } catch (IllegalArgumentException e) {
                throw new Wrong(each.getValue().line(), "'" + each.getKey().word() + "': " + e.getMessage(), e);
            }
        }
        return changed;
    }

    private static BigDecimal number(String value) {
        try {
            return new BigDecimal(value);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("must be a number, but was '" + value + "'", e);
        }
    }

    private static boolean yesOrNo(String value) {
        return switch (value) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("must be true or false, but was '" + value + "'");
        };
    }

    private int line() {
        return parser.currentTokenLocation().getLineNr();
    }

    private void require(boolean holds, String rule) {
        if (!holds) {
            throw wrong(rule);
        }
    }

    private Wrong wrong(String rule) {
        return new Wrong(line(), rule);
    }
}
