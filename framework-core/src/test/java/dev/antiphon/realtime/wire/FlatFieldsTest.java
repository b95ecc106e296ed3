package dev.antiphon.realtime.wire;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.IntRange;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

class FlatFieldsTest {
    private static final List<String> VALUES = List.of(
            "\"\"",
            "\"AAAA+/==\"",
            "\"item_1\"",
            "0",
            "7",
            "-12",
            "123456789",
            "true",
            "false",
            "null",
            " \"a b\" ",
            "\n3\t");
    private static final List<String> NAMES = List.of("type", "delta", "event_id", "x", "a", "c", "");
    private static final List<String> FOREIGN = List.of(
            "1.5", "1e3", "01", "-", "1234567890", "\"\\u0041\"", "\"é\"", "\"a\u0001\"", "[]", "{}", "nul", "\"", "");

    @Property
    void anObjectOfPlainTextsAndSmallNumbersIsReadAsTheLibraryReadsIt(@ForAll("flat") String json) {
        assertThat(read(json)).contains(tree(json).orElseThrow());
    }

    @Property
    void whateverIsReadIsWhatTheLibraryReads(
            @ForAll("flat") String json,
            @ForAll @IntRange(max = 200) int at,
            @ForAll @CharRange(from = 0, to = 200) char odd) {
        int place = at % json.length();
        String changed = json.substring(0, place) + odd + json.substring(place + 1);
        read(changed).ifPresent(members -> assertThat(tree(changed)).contains(members));
    }

    @Property
    void otherValuesAreLeftToTheLibrary(@ForAll("foreign") String value) {
        assertThat(read("{\"a\":\"b\",\"c\":" + value + "}")).isEmpty();
        assertThat(read("{\"c\":" + value + ",\"a\":\"b\"}")).isEmpty();
    }

    @Property
    void whatFollowsTheObjectIsNotOverlooked(@ForAll @CharRange(from = '!', to = '~') char more) {
        assertThat(read("{\"a\":1}" + more)).isEmpty();
    }

    @Property
    void noByteBehindTheObjectIsTakenForItsEnd(@ForAll byte more) {
        byte[] bytes = {'{', '"', 'a', '"', ':', '1', '}', more};
        boolean space = more == ' ' || more == '\n' || more == '\r' || more == '\t';
        assertThat(FlatFields.of(bytes, 0, bytes.length).isWhole()).isEqualTo(space);
    }

    @Provide
    Arbitrary<String> flat() {
        Arbitrary<String> member = Combinators.combine(
                        Arbitraries.of("type", "delta", "event_id", "x", ""),
                        Arbitraries.of("", " ", "\r\n"),
                        Arbitraries.of(VALUES))
                .as((name, space, value) -> space + "\"" + name + "\"" + space + ":" + value);
        return member.list().ofMinSize(1).ofMaxSize(6).map(members -> " {" + String.join(",", members) + "} ");
    }

    @Provide
    Arbitrary<String> foreign() {
        return Arbitraries.of(FOREIGN);
    }

    /** Its members as the library would name them; empty when it was given up. */
    private static Optional<Map<String, Object>> read(String json) {
        byte[] bytes = ("xx" + json + "\"}").getBytes(UTF_8);
        return Optional.of(FlatFields.of(bytes, 2, bytes.length - 4))
                .filter(FlatFields::isWhole)
                .map(FlatFieldsTest::members);
    }

    private static Map<String, Object> members(FlatFields fields) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (String name : NAMES) {
            Optional.ofNullable(fields.get(name)).ifPresent(value -> members.put(name, value(value)));
        }
        return members;
    }

    private static Optional<Map<String, Object>> tree(String json) {
        try {
            byte[] bytes = json.getBytes(UTF_8);
            JsonNode tree = Json.tree(bytes, 0, bytes.length);
            Map<String, Object> members = new LinkedHashMap<>();
            tree.forEachEntry((name, value) -> {
                if (NAMES.contains(name)) {
                    members.put(name, value(value));
                }
            });
            return Optional.of(members);
        } catch (JacksonException broken) {
            return Optional.empty();
        }
    }

    private static Object value(JsonNode value) {
        return value.isString() ? value.stringValue() : value.isNumber() ? value.intValue() : value.toString();
    }
}
