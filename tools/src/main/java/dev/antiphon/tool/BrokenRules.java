package dev.antiphon.tool;

import com.networknt.schema.Error;
import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** The rules of a schema that some value breaks, in words that a model can act on. Pure. */
final class BrokenRules {
    private static final int MAX_RULES = 5;
    private static final int MAX_VALUE_CHARS = 60;

    private final SensitiveMembers sensitive;
    private final boolean local;
    private final String whole;
    private final HugeNumbers huge;

    /**
     * Words for the errors of one schema.
     *
     * @param sensitive values that are not repeated
     * @param local whether dates and times are local ones
     * @param whole what the value as a whole is called
     * @param huge its numbers that are told as they were sent
     */
    BrokenRules(SensitiveMembers sensitive, boolean local, String whole, HugeNumbers huge) {
        this.huge = huge;
        this.sensitive = sensitive;
        this.local = local;
        this.whole = whole;
    }

    /** At most five rules with the values that broke them; empty when there are no errors. */
    String in(List<Error> errors) {
        return sentences(errors, 0).stream().distinct().limit(MAX_RULES).collect(Collectors.joining("; "));
    }

    /** Errors in the branches of one choice (oneOf, anyOf) become one sentence; {@code depth} names of the path are done. */
    private List<String> sentences(List<Error> errors, int depth) {
        List<String> sentences = new ArrayList<>();
        Map<String, List<Error>> choices = new LinkedHashMap<>();
        for (Error error : errors) {
            int choice = choiceIn(error.getEvaluationPath(), depth);
            if (choice >= 0) {
                choices.computeIfAbsent(start(error.getEvaluationPath(), choice), path -> new ArrayList<>())
                        .add(error);
            } else if (!isHead(error) && !isInChoice(error, errors)) {
                sentences.add(sentence(error));
            }
        }
        choices.values()
                .forEach(of -> sentences.add(eitherOr(of, choiceIn(of.getFirst().getEvaluationPath(), depth))));
        return sentences;
    }

    /** That a value is no string says nothing that the strings to choose from do not. */
    private static boolean isInChoice(Error error, List<Error> errors) {
        return error.getKeyword().equals("type")
                && errors.stream().anyMatch(other -> other.getKeyword().equals("enum") && isBeside(error, other));
    }

    private static boolean isBeside(Error one, Error other) {
        return one.getInstanceLocation().equals(other.getInstanceLocation())
                && one.getEvaluationPath()
                        .getParent()
                        .equals(other.getEvaluationPath().getParent());
    }

    /** "must fit one and none fits" says nothing that its branches do not. */
    private static boolean isHead(Error error) {
        boolean choice =
                error.getKeyword().equals("oneOf") || error.getKeyword().equals("anyOf");
        return choice && !fitsSeveral(error);
    }

    private static boolean fitsSeveral(Error error) {
        Object[] arguments = error.getArguments();
        return arguments != null && arguments.length > 0 && !"0".equals(String.valueOf(arguments[0]));
    }

    private String eitherOr(List<Error> errors, int choice) {
        Map<String, List<Error>> branches = errors.stream()
                .collect(Collectors.groupingBy(
                        error -> start(error.getEvaluationPath(), choice + 1),
                        LinkedHashMap::new,
                        Collectors.toList()));
        return branches.values().stream()
                .map(branch -> String.join(" and ", sentences(branch, choice + 2)))
                .distinct()
                .limit(MAX_RULES)
                .collect(Collectors.joining(", or "));
    }

    private static int choiceIn(NodePath path, int from) {
        for (int i = from; i < path.getNameCount() - 1; i++) {
            String name = path.getName(i);
            boolean branch = path.getElement(i + 1) instanceof Integer;
            if (branch && (name.equals("oneOf") || name.equals("anyOf"))) {
                return i;
            }
        }
        return -1;
    }

    private static String start(NodePath path, int last) {
        return names(path, last + 1, "/");
    }

    private String sentence(Error error) {
        JsonNode rule = error.getSchemaNode();
        return switch (error.getKeyword()) {
            case "required", "dependentRequired", "dependencies" -> missing(error);
            case "additionalProperties", "unevaluatedProperties" ->
                quoted(member(error)) + " is not known; leave it out";
            case "propertyNames" -> where(error) + " has a member whose name does not fit";
            case "type" -> mustBe(error, isHuge(error) && isNumber(rule) ? HugeNumbers.RULE : aType(rule));
            case "enum" -> mustBe(error, kind(rule, error.getInstanceNode()) + list(rule));
            case "const" -> mustBe(error, value(rule));
            case "format" -> mustBe(error, LocalFormat.exampleOf(rule.asString(), local));
            case "pattern" ->
                rule.asString().equals(Constraints.NOT_BLANK)
                        ? where(error) + " must not be empty"
                        : must(error, "match the pattern " + rule.asString());
            case "minimum" -> mustBe(error, rule + " or more");
            case "maximum" -> mustBe(error, rule + " or less");
            case "exclusiveMinimum" -> mustBe(error, "more than " + rule);
            case "exclusiveMaximum" -> mustBe(error, "less than " + rule);
            case "multipleOf" -> mustBe(error, "a multiple of " + rule);
            case "minLength" ->
                rule.asInt() == 1
                        ? where(error) + " must not be empty"
                        : must(error, "have " + rule + " or more characters");
            case "maxLength" -> must(error, "have " + rule + " or fewer characters");
            case "minItems" -> mustHave(error, rule + " or more entries");
            case "maxItems", "items", "additionalItems", "unevaluatedItems" ->
                mustHave(error, rule.isNumber() ? rule + " or fewer entries" : "fewer entries");
            case "minProperties" -> mustHave(error, rule + " or more members");
            case "maxProperties" -> mustHave(error, rule + " or fewer members");
            case "uniqueItems" -> where(error) + " must not have the same entry twice";
            case "contains", "minContains", "maxContains" ->
                where(error) + " must have the right number of entries of one kind: " + value(rule);
            case "oneOf", "anyOf" -> where(error) + " must have one of its forms, but has several at once";
            case "not", "false" -> where(error) + " has a value that is not allowed" + but(error, "");
            default -> where(error) + " does not fit" + but(error, "");
        };
    }

    private String missing(Error error) {
        if (error.getKeyword().equals("required")) {
            return quoted(member(error)) + " is missing";
        }
        Object[] arguments = error.getArguments();
        return arguments != null && arguments.length == 2
                ? quoted(inside(error, String.valueOf(arguments[0]))) + " is missing; " + quoted(member(error))
                        + " needs it"
                : where(error) + " lacks something that another member needs";
    }

    private String mustBe(Error error, String what) {
        return where(error) + " must be " + what + but(error, "was ");
    }

    private String must(Error error, String what) {
        return where(error) + " must " + what + but(error, "was ");
    }

    private String mustHave(Error error, String what) {
        return where(error) + " must have " + what + ", but has "
                + error.getInstanceNode().size();
    }

    /** The value, unless it is sensitive: the model knows it, and what it is told here is logged. */
    private String but(Error error, String verb) {
        JsonNode instance = error.getInstanceNode();
        return sensitive.maySee(error.getInstanceLocation(), instance)
                ? (verb.isEmpty() ? ": " : ", but " + verb) + sent(error)
                : "";
    }

    private boolean isHuge(Error error) {
        return huge.texts().containsKey(path(error.getInstanceLocation()));
    }

    private static boolean isNumber(JsonNode type) {
        return type.isArray()
                ? type.valueStream().anyMatch(BrokenRules::isNumber)
                : type.asString().equals("number") || type.asString().equals("integer");
    }

    private String sent(Error error) {
        String text = huge.texts().get(path(error.getInstanceLocation()));
        return text == null ? value(error.getInstanceNode()) : shortened(text);
    }

    private String where(Error error) {
        String path = path(error.getInstanceLocation());
        return path.isEmpty() ? whole : quoted(path);
    }

    private static String member(Error error) {
        return inside(error, error.getProperty());
    }

    private static String inside(Error error, String name) {
        String path = path(error.getInstanceLocation());
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String path(NodePath location) {
        return names(location, location.getNameCount(), ".");
    }

    private static String names(NodePath path, int count, String separator) {
        return Stream.iterate(0, i -> i < count, i -> i + 1).map(path::getName).collect(Collectors.joining(separator));
    }

    private static String aType(JsonNode type) {
        return type.isArray()
                ? type.valueStream()
                        .map(JsonNode::asString)
                        .filter(name -> !name.equals("null"))
                        .map(BrokenRules::aType)
                        .collect(Collectors.joining(" or "))
                : aType(type.asString());
    }

    private static String aType(String name) {
        return switch (name) {
            case "object" -> "a JSON object";
            case "array" -> "a list";
            case "integer" -> "a whole number";
            case "boolean" -> "true or false";
            case "null" -> "left out";
            default -> "a " + name;
        };
    }

    /** A number where a string should be looks the same in words. */
    private static String kind(JsonNode values, JsonNode instance) {
        return !instance.isString() && values.valueStream().allMatch(JsonNode::isString)
                ? "one of the strings "
                : "one of ";
    }

    private static String list(JsonNode values) {
        return values.valueStream().map(JsonNode::asString).collect(Collectors.joining(", "));
    }

    /** A value, shortened and in quotes. */
    static String value(JsonNode node) {
        String text = node.isString() ? node.asString() : node.toString();
        return shortened(text);
    }

    static String shortened(String text) {
        return quoted(text.length() <= MAX_VALUE_CHARS ? text : text.substring(0, MAX_VALUE_CHARS) + "…");
    }

    private static String quoted(String text) {
        return "'" + text + "'";
    }
}
