package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.realtime.RawJson;
import dev.antiphon.tool.ArgumentReader.Arguments;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.node.ObjectNode;

class GivenSchemaTest {
    private static final String SCHEMA = """
            {"type": "object",
             "properties": {
               "contact": {"oneOf": [
                 {"type": "object", "properties": {"email": {"type": "string", "format": "email"}}, "required": ["email"]},
                 {"type": "object", "properties": {"phone": {"type": "string", "pattern": "^[0-9]+$"}}, "required": ["phone"]}]},
               "size": {"anyOf": [{"type": "string", "maxLength": 2}, {"type": "integer", "minimum": 5}]},
               "price": {"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 100, "multipleOf": 0.5},
               "people": {"type": "integer", "minimum": 1, "maximum": 10},
               "name": {"type": "string", "minLength": 1, "maxLength": 5},
               "code": {"type": "string", "minLength": 4, "pattern": "^[A-Z]+$"},
               "tags": {"type": "array", "minItems": 2, "maxItems": 3, "uniqueItems": true, "items": {"type": "string"}},
               "kind": {"const": "visit"},
               "note": {"type": ["string", "null"]},
               "not": {"not": {"const": "never"}},
               "at": {"type": "string", "format": "date-time"},
               "id": {"type": "string", "format": "uuid"},
               "day": {"$ref": "#/$defs/Day"},
               "map": {"type": "object", "minProperties": 1, "additionalProperties": {"type": "integer"}}},
             "dependentRequired": {"code": ["name"]},
             "additionalProperties": false,
             "$defs": {"Day": {"type": "string", "enum": ["monday", "friday"]}}}""";

    private final ArgumentReader<ObjectNode> reader = ArgumentReader.of(new ToolInput.OfSchema(new RawJson(SCHEMA)));

    private String refusal(String json) {
        return switch (reader.read(json)) {
            case Arguments.Accepted<ObjectNode> accepted -> throw new AssertionError("accepted " + accepted.input());
            case Arguments.Refused<ObjectNode> refused -> refused.rule();
        };
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"price": 0}            | 'price' must be more than 0, but was '0'
            {"price": 100}          | 'price' must be less than 100, but was '100'
            {"price": 0.7}          | 'price' must be a multiple of 0.5, but was '0.7'
            {"people": 0}           | 'people' must be 1 or more, but was '0'
            {"people": 11}          | 'people' must be 10 or less, but was '11'
            {"name": ""}            | 'name' must not be empty
            {"name": "Adelaide"}    | 'name' must have 5 or fewer characters, but was 'Adelaide'
            {"code": "AB", "name": "A"}    | 'code' must have 4 or more characters, but was 'AB'
            {"code": "abcd", "name": "A"}  | 'code' must match the pattern ^[A-Z]+$, but was 'abcd'
            {"code": "ABCD"}        | 'name' is missing; 'code' needs it
            {"tags": ["a"]}         | 'tags' must have 2 or more entries, but has 1
            {"tags": ["a", "b", "c", "d"]} | 'tags' must have 3 or fewer entries, but has 4
            {"tags": ["a", "a"]}    | 'tags' must not have the same entry twice
            {"tags": ["a", 1]}      | 'tags.1' must be a string, but was '1'
            {"kind": "call"}        | 'kind' must be 'visit', but was 'call'
            {"note": 1}             | 'note' must be a string, but was '1'
            {"not": "never"}        | 'not' has a value that is not allowed: 'never'
            {"at": "2026-11-20T15:30"} | 'at' must be a date and time with its offset like 2026-11-20T15:30:00Z, but was '2026-11-20T15:30'
            {"id": "seven"}         | 'id' must be a UUID like 123e4567-e89b-12d3-a456-426614174000, but was 'seven'
            {"day": "sunday"}       | 'day' must be one of monday, friday, but was 'sunday'
            {"map": {}}             | 'map' must have 1 or more members, but has 0
            {"map": {"a": "b"}}     | 'map.a' must be a whole number, but was 'b'
            {"more": 1}             | 'more' is not known; leave it out
            {"size": "long"}        | 'size' must have 2 or fewer characters, but was 'long', or 'size' must be a whole number, but was 'long'
            {"contact": {}}         | 'contact.email' is missing, or 'contact.phone' is missing
            {"contact": {"email": "ada@b.cc", "phone": "1"}} | 'contact' must have one of its forms, but has several at once
            """)
    void aBrokenRuleIsToldInWordsThatAModelCanActOn(String arguments, String sentence) {
        assertThat(refusal(arguments)).isEqualTo(sentence);
    }

    @Test
    void aPasswordIsNotRepeated() {
        ArgumentReader<ObjectNode> login = ArgumentReader.of(new ToolInput.OfSchema(new RawJson("""
                {"type": "object", "properties": {
                   "pin": {"type": "string", "format": "password", "maxLength": 4}, "user": {"$ref": "#/$defs/User"}},
                 "$defs": {"User": {"type": "integer"}}}""")));
        assertThat(login.read("{\"pin\": \"12345\", \"user\": \"67890\"}"))
                .isEqualTo(new Arguments.Refused<>(
                        "'pin' must have 4 or fewer characters; 'user' must be a whole number, but was '67890'"));
    }

    @Test
    void whatHoldsAPasswordByReferenceIsNotRepeatedEither() {
        ArgumentReader<ObjectNode> login = ArgumentReader.of(new ToolInput.OfSchema(new RawJson("""
                {"type": "object", "properties": {"user": {"$ref": "#/$defs/User"}}, "$defs": {"User": {
                   "type": "object", "properties": {
                     "pin": {"writeOnly": true}, "friends": {"type": "array", "items": {"$ref": "#/$defs/User"}}}}}}""")));
        assertThat(login.read("{\"user\": {\"friends\": [\"12345\"]}}"))
                .isEqualTo(new Arguments.Refused<>("'user.friends.0' must be a JSON object"));
        assertThat(login.sensitive().masked("{\"user\": {\"friends\": [\"12345\", {\"pin\": [1]}]}}"))
                .isEqualTo("{\"user\":{\"friends\":[\"***\",{\"pin\":\"***\"}]}}");
    }

    @Test
    void rightArgumentsComeAsATreeOfTheirOwn() {
        assertThat(reader.read("{\"people\": 2, \"note\": null}"))
                .isInstanceOfSatisfying(
                        Arguments.Accepted.class,
                        accepted -> assertThat(accepted.input()).hasToString("{\"people\":2}"));
    }

    @Test
    void theModelIsGivenTheSchemaAsItCame() {
        assertThat(reader.schema().text()).contains("\"$ref\":\"#/$defs/Day\"").contains("\"minProperties\":1");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"type": "object"                                                | is not valid JSON: it ends too early, after '{"type": "object"'
            {"type": "object", "properties": {"a": {"minimum": 3, "exclusiveMaximum": 3}}} | 'a' can have no value: it must be 3 or more and less than 3
            {"type": "object", "properties": {"a": {"minLength": 2, "maxLength": 1}}} | 'a' can have no value: it must have 2 or more and 1 or less characters
            {"properties": {"a": {"type": "string"}}, "required": ["a", "b"]} | 'b' is required, but 'properties' does not describe it
            {"properties": {"a": {"$ref": "#/$defs/A"}}, "$defs": {"A": {"type": "object", "required": ["c"]}}} | 'a.c' is required, but
            [1]                                                              | it must be a JSON object, but is '[1]'
            {"type": "string"}                                               | must be an object at the top, but its type is 'string'; put the value into a member
            {"type": "object", "anyOf": [{}]}                                | 'anyOf' stands at its top, which models do not take
            {"type": "object", "properties": {"a": {"type": "strin"}}}       | 'properties.a.type' must be one of array, boolean
            {"type": "object", "properties": []}                             | 'properties' must be a JSON object
            {"type": "object", "properties": {"a": {"pattern": "("}}}        | 'properties.a.pattern' must be a regular expression
            {"type": "object", "properties": {"a": {"$ref": "#/$defs/A"}}}   | cannot be used (Reference /$defs/A cannot be resolved)
            {"type": "object", "properties": {"a": {"$ref": "other.json"}}}  | refers to other documents (other.json)
            {"$schema": "urn:unknown", "type": "object"}                     | look at its '$schema'
            """)
    void aSchemaThatNoModelCanBeGivenIsRefusedAtTheStart(String schema, String why) {
        assertThatThrownBy(() -> ToolCatalogue.of(List.of(Tool.ofSchema("odd", "Odd.", schema, arguments -> "never"))))
                .isInstanceOf(UnusableTool.class)
                .hasMessageContaining("tool 'odd': its JSON Schema")
                .hasMessageContaining(why);
    }

    @Test
    void aSchemaOfAnOlderDraftIsUsed() {
        ArgumentReader<ObjectNode> older = ArgumentReader.of(new ToolInput.OfSchema(new RawJson("""
                {"$schema": "http://json-schema.org/draft-07/schema#",
                 "properties": {"a": {"$ref": "#/definitions/A"}}, "definitions": {"A": {"type": "integer"}}}""")));
        assertThat(older.read("{\"a\": \"x\"}"))
                .isEqualTo(new Arguments.Refused<>("'a' must be a whole number, but was 'x'"));
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
            {"properties": {"a": {}, "b": {}}, "required": ["a"]}
            {"properties": {"c": {"properties": {"a": {}}, "anyOf": [{"required": ["a"]}, {"required": ["b"]}]}}}
            {"properties": {"c": {"required": ["a"], "additionalProperties": {"type": "string"}}}}
            {"properties": {"c": {"required": ["a"], "allOf": [{"properties": {"a": {}}}]}}}
            """)
    void whatMayBeDescribedElsewhereMayBeRequired(String schema) {
        assertThat(ToolCatalogue.of(List.of(Tool.ofSchema("fine", "Fine.", schema, arguments -> "yes")))
                        .functions())
                .hasSize(1);
    }

    @Test
    void codeIsNotGivenInfinityWhereTheSchemaAllowsAnything() {
        ArgumentReader<ObjectNode> open = ArgumentReader.of(
                new ToolInput.OfSchema(new RawJson("{\"type\":\"object\",\"properties\":{\"any\":{}}}")));
        assertThat(open.read("{\"any\": 1e400}"))
                .isEqualTo(new Arguments.Refused<ObjectNode>(
                        "'any' must be a number between -1e308 and 1e308, but was '1e400'"));
    }
}
