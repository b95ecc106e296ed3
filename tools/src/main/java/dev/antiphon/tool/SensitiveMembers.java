package dev.antiphon.tool;

import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.MissingNode;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The names of members, at any depth of some arguments, whose values must not be kept: those that their schema calls
 * {@code writeOnly} or of the format {@code password}. Immutable, thread-safe.
 */
final class SensitiveMembers {
    static final SensitiveMembers NONE = new SensitiveMembers(Set.of(), Set.of());
    private static final String MASK = "***";
    private static final int SHORTEST = 3;

    private final Set<String> names;
    private final Set<String> holders;

    private SensitiveMembers(Set<String> names, Set<String> holders) {
        this.names = Set.copyOf(names);
        this.holders = Set.copyOf(holders);
    }

    static SensitiveMembers of(JsonNode schema) {
        Set<String> names = new HashSet<>();
        properties(schema).stream()
                .filter(property -> isMarked(property.getValue()))
                .forEach(property -> names.add(property.getKey()));
        Set<String> holders = new HashSet<>();
        properties(schema).stream()
                .filter(property -> holds(schema, property.getValue(), names, new HashSet<>()))
                .forEach(property -> holders.add(property.getKey()));
        return names.isEmpty() ? NONE : new SensitiveMembers(names, holders);
    }

    private static boolean isMarked(JsonNode schema) {
        return schema.path("writeOnly").asBoolean(false)
                || schema.path("format").asString("").equals("password");
    }

    /** All of them, at any depth. */
    private static List<Map.Entry<String, JsonNode>> properties(JsonNode schema) {
        List<Map.Entry<String, JsonNode>> all =
                new ArrayList<>(schema.path("properties").properties());
        schema.forEach(inner -> all.addAll(properties(inner)));
        return all;
    }

    /** Whether a value of this schema has one of these members, at any depth. */
    private static boolean holds(JsonNode root, JsonNode schema, Set<String> names, Set<String> followed) {
        boolean has =
                schema.path("properties").properties().stream().anyMatch(property -> names.contains(property.getKey()));
        String reference = schema.path("$ref").asString("");
        return has
                || (reference.startsWith("#/")
                        && followed.add(reference)
                        && holds(root, root.at(reference.substring(1)), names, followed))
                || schema.valueStream().anyMatch(inner -> holds(root, inner, names, followed));
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /** Whether a value at this place may be shown: not a sensitive one, nor one that holds it or stands where it should. */
    boolean maySee(NodePath place, JsonNode value) {
        if (names.isEmpty()) {
            return true;
        }
        String last = "";
        for (int i = 0; i < place.getNameCount(); i++) {
            if (names.contains(place.getName(i))) {
                return false;
            }
            last = place.getElement(i) instanceof Integer ? last : place.getName(i);
        }
        return !last.isEmpty() && !holders.contains(last) && !value.isContainer();
    }

    /** The arguments, as text, without the values of sensitive members; nothing at all of text that is no JSON object. */
    String masked(String argumentsJson) {
        return masked(argumentsJson, name -> true);
    }

    /** The arguments, as text, without any value; nothing at all of text that is no JSON object. */
    static String allMasked(String argumentsJson) {
        return read(argumentsJson) instanceof ObjectNode arguments ? unknownMasked(arguments, name -> false) : "";
    }

    /** As {@link #masked(String)}; a member that the schema does not know may be a sensitive one, spelled otherwise. */
    String masked(String argumentsJson, JsonNode schema) {
        return masked(argumentsJson, schema.path("properties")::has);
    }

    /** These, and others by their names. */
    SensitiveMembers and(Set<String> others) {
        if (others.isEmpty()) {
            return this;
        }
        Set<String> all = new HashSet<>(names);
        all.addAll(others);
        return new SensitiveMembers(all, holders);
    }

    /**
     * An answer to a call as people may see it: without the values of members with these names, and without values that such a
     * member had in the arguments. Of an answer that was cut nothing is shown, since names and values may be cut, too.
     */
    String maskedAnswer(String argumentsJson, String answerJson) {
        if (names.isEmpty()) {
            return answerJson;
        }
        List<String> secrets = values(read(argumentsJson));
        JsonNode answer = read(answerJson);
        if (answer.isMissingNode()) {
            return without(secrets, answerJson);
        }
        if (answer instanceof ObjectNode cut && cut.path("truncated").asBoolean(false) && cut.has("beginning")) {
            return cut.put("beginning", MASK).toString();
        }
        return maskedIn(answer, secrets).toString();
    }

    private static JsonNode read(String json) {
        try {
            return JsonMapper.shared().readTree(json);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private JsonNode maskedIn(JsonNode node, List<String> secrets) {
        if (node instanceof ObjectNode object) {
            object.propertyNames()
                    .forEach(name -> object.set(
                            name,
                            names.contains(name) ? StringNode.valueOf(MASK) : maskedIn(object.get(name), secrets)));
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, maskedIn(array.get(i), secrets));
            }
            return array;
        }
        String clean = without(secrets, node.asString(""));
        boolean hidden = node.isString() ? !clean.equals(node.asString()) : clean.equals(MASK);
        return hidden ? StringNode.valueOf(clean) : node;
    }

    private static String without(List<String> secrets, String words) {
        String clean = words;
        for (String secret : secrets) {
            clean = clean.replace(secret, MASK);
        }
        return clean;
    }

    private String masked(String argumentsJson, Predicate<String> known) {
        if (names.isEmpty()) {
            return argumentsJson;
        }
        try {
            return JsonMapper.shared().readTree(argumentsJson) instanceof ObjectNode tree ? masked(tree, known) : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private String masked(ObjectNode arguments, Predicate<String> known) {
        masked(arguments, false);
        return unknownMasked(arguments, known);
    }

    private static String unknownMasked(ObjectNode arguments, Predicate<String> known) {
        arguments.propertyNames().stream().filter(known.negate()).toList().forEach(name -> arguments.put(name, MASK));
        return arguments.toString();
    }

    /** A plain value where an object with a sensitive member should stand may be that member. */
    private JsonNode masked(JsonNode node, boolean holder) {
        if (node instanceof ObjectNode object) {
            object.propertyNames().forEach(name -> object.set(name, maskedMember(name, object.get(name))));
            return object;
        }
        if (node instanceof ArrayNode array) {
            for (int i = 0; i < array.size(); i++) {
                array.set(i, masked(array.get(i), holder));
            }
            return array;
        }
        return holder ? StringNode.valueOf(MASK) : node;
    }

    private JsonNode maskedMember(String name, JsonNode value) {
        return names.contains(name) ? StringNode.valueOf(MASK) : masked(value, holders.contains(name));
    }

    /** Words without the values that sensitive members have in these arguments. */
    String scrubbed(String words, JsonNode arguments) {
        return without(values(arguments), words);
    }

    private List<String> values(JsonNode arguments) {
        List<String> values = new ArrayList<>();
        if (!names.isEmpty()) {
            gather(arguments, false, values);
        }
        values.sort(Comparator.comparingInt(String::length).reversed());
        return values;
    }

    private void gather(JsonNode node, boolean secret, List<String> values) {
        if (secret && node.isValueNode() && node.asString().length() >= SHORTEST && !node.isBoolean()) {
            values.add(node.asString());
        }
        node.properties()
                .forEach(member -> gather(member.getValue(), secret || names.contains(member.getKey()), values));
        if (node.isArray()) {
            node.forEach(element -> gather(element, secret, values));
        }
    }
}
