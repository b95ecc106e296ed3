package dev.antiphon.testkit.caller;

import dev.antiphon.testkit.caller.CallerScript.Answer;
import dev.antiphon.testkit.caller.CallerScript.Condition;
import dev.antiphon.testkit.caller.CallerScript.Deed;
import dev.antiphon.testkit.caller.CallerScript.Step;
import dev.antiphon.testkit.emulator.WrittenDuration;
import java.io.IOException;
import java.nio.charset.MalformedInputException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Reads caller scripts from YAML:
 *
 * <pre>{@code
 * name: late
 * description: Asks for a later time.
 * expect: completed            # completed, handed_over, abandoned or failed
 * tier-change: false
 * steps:                       # in order, each once
 *   - say: A cleaning next Tuesday at three, please.
 *   - say: Something later, please.
 *     when: [instead]          # the agent's last question contains one of these
 *   - say: Stop.
 *     barge-in-after: 700ms    # of the agent's speech
 *   - stay-silent: 20s
 *   - hang-up: true
 * answers:                     # to whatever the agent asks
 *   - when: [phone]
 *     unless: [book]
 *     say: 415 555 0132
 *     times: 2                 # 3 unless given
 * otherwise: Sorry?            # to other questions
 * }</pre>
 */
public final class ScriptFile {
    private static final int USUAL_TIMES = 3;
    private static final Set<String> DEEDS = new TreeSet<>(Set.of("say", "stay-silent", "hang-up"));

    private final String file;

    private ScriptFile(String file) {
        this.file = file;
    }

    /**
     * Reads a file.
     *
     * @throws ScriptProblem when it cannot be read or breaks a rule
     */
    public static CallerScript read(Path path) {
        if (Files.isDirectory(path)) {
            throw new ScriptProblem(path.toString(), 0, "a script must be a YAML file, but this is a folder");
        }
        try {
            return parse(path.getFileName().toString(), Files.readString(path));
        } catch (NoSuchFileException missing) {
            throw new ScriptProblem(path.toString(), 0, "the file must exist, but does not");
        } catch (MalformedInputException binary) {
            throw new ScriptProblem(path.toString(), 0, "must be text in UTF-8, but is not");
        } catch (IOException unreadable) {
            throw new ScriptProblem(path.toString(), 0, "must be readable, but: " + unreadable);
        }
    }

    /**
     * Reads a text.
     *
     * @param file the name for errors
     * @throws ScriptProblem when it breaks a rule
     */
    public static CallerScript parse(String file, String yaml) {
        return new ScriptFile(file).script(YamlNode.read(file, yaml));
    }

    private CallerScript script(YamlNode document) {
        YamlNode.Mapping root = mapping(document, "a script");
        allow(
                root,
                "a script",
                Set.of("name", "description", "expect", "tier-change", "steps", "answers", "otherwise"));
        String name = text(root, "name").orElseGet(() -> file.replaceFirst("\\.ya?ml$", ""));
        List<Step> steps = new ArrayList<>();
        for (YamlNode step : items(root, "steps")) {
            steps.add(step(mapping(step, "a step")));
        }
        List<Answer> answers = new ArrayList<>();
        for (YamlNode answer : items(root, "answers")) {
            answers.add(answer(mapping(answer, "an answer")));
        }
        if (steps.isEmpty() && answers.isEmpty()) {
            throw problem(root, "a script must have at least one step or answer, but has none");
        }
        return new CallerScript(
                name,
                text(root, "description").orElse(""),
                outcome(root),
                truth(root, "tier-change"),
                steps,
                answers,
                text(root, "otherwise"));
    }

    private ExpectedOutcome outcome(YamlNode.Mapping root) {
        String word = text(root, "expect").orElse("completed");
        return ExpectedOutcome.ofWireName(word)
                .orElseThrow(() -> problem(
                        at(root, "expect"),
                        "'expect' must be one of "
                                + Arrays.stream(ExpectedOutcome.values())
                                        .map(ExpectedOutcome::wireName)
                                        .collect(Collectors.joining(", "))
                                + ", but was '" + word + "'"));
    }

    private Step step(YamlNode.Mapping node) {
        allow(node, "a step", Set.of("say", "stay-silent", "hang-up", "when", "unless", "barge-in-after"));
        Optional<Duration> bargeIn = text(node, "barge-in-after").map(value -> duration(node, "barge-in-after", value));
        Deed deed = deed(node, "a step");
        if (bargeIn.isPresent() && !(deed instanceof Deed.Say)) {
            throw problem(node, "'barge-in-after' must stand beside 'say'");
        }
        return new Step(deed, condition(node), bargeIn);
    }

    private Answer answer(YamlNode.Mapping node) {
        allow(node, "an answer", Set.of("say", "stay-silent", "hang-up", "when", "unless", "times"));
        Condition condition = condition(node);
        if (condition.when().isEmpty()) {
            throw problem(node, "an answer must have 'when', words of the agent that it answers");
        }
        String times = text(node, "times").orElse(String.valueOf(USUAL_TIMES));
        if (!times.matches("[1-9]\\d{0,3}")) {
            throw problem(at(node, "times"), "'times' must be a number from 1 to 9999, but was '" + times + "'");
        }
        return new Answer(deed(node, "an answer"), condition, Integer.parseInt(times));
    }

    private Deed deed(YamlNode.Mapping node, String what) {
        List<String> present =
                DEEDS.stream().filter(node.entries()::containsKey).toList();
        if (present.size() != 1) {
            throw problem(
                    node,
                    what + " must have exactly one of " + String.join(", ", DEEDS) + ", but has "
                            + (present.isEmpty() ? "none" : String.join(" and ", present)));
        }
        String key = present.getFirst();
        String value = text(node, key).orElse("");
        return switch (key) {
            case "stay-silent" -> new Deed.StaySilent(duration(node, key, value));
            case "hang-up" -> {
                if (!truth(node, key)) {
                    throw problem(at(node, key), "'hang-up' must be true, but was '" + value + "'");
                }
                yield new Deed.HangUp();
            }
            default -> {
                if (value.isBlank()) {
                    throw problem(at(node, key), "'say' must not be blank");
                }
                yield new Deed.Say(value);
            }
        };
    }

    private Condition condition(YamlNode.Mapping node) {
        return new Condition(texts(node, "when"), texts(node, "unless"));
    }

    private Duration duration(YamlNode.Mapping node, String key, String value) {
        return WrittenDuration.parse(value)
                .orElseThrow(() -> problem(
                        at(node, key), "'" + key + "' must be a time like 700ms, 5s or 2m, but was '" + value + "'"));
    }

    private boolean truth(YamlNode.Mapping node, String key) {
        String value = text(node, key).orElse("false");
        if (!value.equals("true") && !value.equals("false")) {
            throw problem(at(node, key), "'" + key + "' must be true or false, but was '" + value + "'");
        }
        return value.equals("true");
    }

    private List<String> texts(YamlNode.Mapping node, String key) {
        YamlNode value = node.entries().get(key);
        if (value instanceof YamlNode.Sequence sequence) {
            List<String> texts = new ArrayList<>();
            sequence.items().forEach(item -> texts.add(scalar(item, key)));
            return texts;
        }
        return value == null ? List.of() : List.of(scalar(value, key));
    }

    private Optional<String> text(YamlNode.Mapping node, String key) {
        return Optional.ofNullable(node.entries().get(key)).map(value -> scalar(value, key));
    }

    private String scalar(YamlNode node, String key) {
        if (node instanceof YamlNode.Scalar scalar) {
            return scalar.text();
        }
        throw problem(node, "'" + key + "' must be a plain value, but is a " + kind(node));
    }

    private List<YamlNode> items(YamlNode.Mapping node, String key) {
        YamlNode value = node.entries().get(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof YamlNode.Sequence sequence) {
            return sequence.items();
        }
        throw problem(value, "'" + key + "' must be a list, but is a " + kind(value));
    }

    private YamlNode.Mapping mapping(YamlNode node, String what) {
        if (node instanceof YamlNode.Mapping mapping) {
            return mapping;
        }
        throw problem(node, what + " must have keys and values, but is a " + kind(node));
    }

    private static String kind(YamlNode node) {
        return switch (node) {
            case YamlNode.Mapping ignored -> "mapping";
            case YamlNode.Sequence ignored -> "list";
            case YamlNode.Scalar ignored -> "plain value";
        };
    }

    private void allow(YamlNode.Mapping node, String what, Set<String> keys) {
        for (var entry : node.entries().entrySet()) {
            if (!keys.contains(entry.getKey())) {
                throw problem(
                        entry.getValue(),
                        what + " may have " + String.join(", ", new TreeSet<>(keys)) + ", but has '" + entry.getKey()
                                + "'");
            }
        }
    }

    private static YamlNode at(YamlNode.Mapping node, String key) {
        YamlNode value = node.entries().get(key);
        return value == null ? node : value;
    }

    private ScriptProblem problem(YamlNode node, String rule) {
        return new ScriptProblem(file, node.line(), rule);
    }
}
