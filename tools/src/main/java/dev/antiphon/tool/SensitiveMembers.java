package dev.antiphon.tool;

import com.networknt.schema.path.NodePath;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.node.StringNode;

/**
 * The names of members, at any depth of some arguments, whose values must not be kept: those that their schema calls
 * {@code writeOnly} or of the format {@code password}. Immutable, thread-safe.
 */
final class SensitiveMembers {
    static final SensitiveMembers NONE = new SensitiveMembers(Set.of(), Set.of(), false);
    private static final String MASK = "***";
    private static final int SHORTEST = 3;

    private final Set<String> names;
    private final Set<String> holders;
    private final boolean anywhere;

    private SensitiveMembers(Set<String> names, Set<String> holders, boolean anywhere) {
        this.names = Set.copyOf(names);
        this.holders = Set.copyOf(holders);
        this.anywhere = anywhere;
    }

    static SensitiveMembers of(JsonNode schema) {
        Set<String> names = new HashSet<>();
        Set<String> holders = new HashSet<>();
        collect(schema, names, holders);
        return names.isEmpty()
                ? NONE
                : new SensitiveMembers(
                        names, holders, !schema.findValues("$ref").isEmpty());
    }

    /** Whether there is any in it. */
    private static boolean collect(JsonNode schema, Set<String> names, Set<String> holders) {
        boolean any = false;
        for (Map.Entry<String, JsonNode> property : schema.path("properties").properties()) {
            JsonNode type = property.getValue();
            if (type.path("writeOnly").asBoolean(false)
                    || type.path("format").asString("").equals("password")) {
                names.add(property.getKey());
                any = true;
            }
            if (collect(type, names, holders)) {
                holders.add(property.getKey());
                any = true;
            }
        }
        for (JsonNode inner : schema) {
            any |= collect(inner, names, holders);
        }
        return any;
    }

    boolean isEmpty() {
        return names.isEmpty();
    }

    /**
     * Whether a value at this place may be shown: not a sensitive one, nor one that holds it or stands where it
     * should. Where the schema has references, which are not followed here, none.
     */
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
        return !anywhere && !last.isEmpty() && !holders.contains(last) && !value.isContainer();
    }

    /** The arguments, as text, without the values of sensitive members; nothing at all of text that is not JSON. */
    String masked(String argumentsJson) {
        if (names.isEmpty()) {
            return argumentsJson;
        }
        try {
            JsonNode tree = JsonMapper.shared().readTree(argumentsJson);
            mask(tree);
            return tree.isContainer() ? tree.toString() : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private void mask(JsonNode tree) {
        if (tree instanceof ObjectNode object) {
            names.stream().filter(object::has).forEach(name -> object.set(name, StringNode.valueOf(MASK)));
        }
        tree.forEach(this::mask);
    }

    /** Words without the values that sensitive members have in these arguments. */
    String scrubbed(String words, JsonNode arguments) {
        String scrubbed = words;
        for (String value : values(arguments)) {
            scrubbed = scrubbed.replace(value, MASK);
        }
        return scrubbed;
    }

    private List<String> values(JsonNode arguments) {
        List<String> values = new ArrayList<>();
        if (!names.isEmpty()) {
            gather(arguments, false, values);
        }
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
