package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

class SessionUpdateTest {
    private final VirtualCall call = VirtualCall.open(new Doubles.ScriptedBrain());

    @Test
    void beginsWithTheWholeSessionThatTheServiceShows() {
        assertThat(call.types()).containsExactly("session.created");
        JsonNode theirs =
                SharedProtocol.trace("ga", "text-turn").getFirst().path("event").path("session");
        assertThat(keys(call.last().path("session"))).isEqualTo(keys(theirs));
        assertThat(call.last().at("/session/expires_at").asLong(0))
                .isEqualTo(call.timeline.now().getEpochSecond() + 3600);
    }

    @Test
    void mergesAnUpdateDeeplyAndEchoesEverything() {
        JsonNode before = call.last().path("session");
        call.send("{'type':'session.update','session':{'type':'realtime','instructions':'Be kind.',"
                + "'audio':{'input':{'turn_detection':{'type':'server_vad','silence_duration_ms':700}}}}}");
        JsonNode after = call.last("session.updated").path("session");
        assertThat(after.path("instructions").asString("")).isEqualTo("Be kind.");
        assertThat(after.at("/audio/input/turn_detection/silence_duration_ms").asInt(0))
                .isEqualTo(700);
        assertThat(after.at("/audio/input/turn_detection/interrupt_response").asBoolean(false))
                .isTrue();
        assertThat(keys(after)).isEqualTo(keys(before));
        assertThat(after.at("/audio/output")).isEqualTo(before.at("/audio/output"));
    }

    @Test
    void nullClearsAndAnotherDetectorStartsFromItsDefaults() {
        call.send(input("'turn_detection':null"));
        assertThat(call.last().at("/session/audio/input/turn_detection").isNull())
                .isTrue();
        call.send(input("'turn_detection':{'type':'semantic_vad','eagerness':'low'}"));
        JsonNode detection = call.last().at("/session/audio/input/turn_detection");
        assertThat(detection.toString())
                .isEqualTo("{\"type\":\"semantic_vad\",\"eagerness\":\"low\",\"create_response\":true,"
                        + "\"interrupt_response\":true}");
    }

    @Test
    void nullSetsEveryFieldBackToItsDefault() {
        JsonNode created = call.last().path("session");
        call.send("{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function','name':'x'}],"
                + "'tool_choice':'required','max_output_tokens':7,'audio':{"
                + "'input':{'format':{'type':'audio/pcmu'},'turn_detection':{'type':'server_vad','threshold':0.9,'silence_duration_ms':900}},"
                + "'output':{'voice':'marin','speed':1.2,'format':{'type':'audio/pcma'}}}}}");
        assertThat(call.last("session.updated").path("session")).isNotEqualTo(created);
        call.send("{'type':'session.update','session':{'type':'realtime','tools':null,'tool_choice':null,"
                + "'max_output_tokens':null,'parallel_tool_calls':null,'output_modalities':null,'audio':{"
                + "'input':{'format':null,'turn_detection':{'type':'server_vad','threshold':null,'silence_duration_ms':null}},"
                + "'output':{'voice':null,'speed':null,'format':null}}}}");
        assertThat(call.last().path("session")).isEqualTo(created);
        call.send("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'marin'}}}}");
        call.send("{'type':'session.update','session':{'type':'realtime','audio':null}}");
        assertThat(call.last().path("session")).isEqualTo(created);
    }

    @Test
    void whatCameWithModelsThatReasonIsRefusedForOthers() {
        call.send("{'type':'session.update','session':{'type':'realtime','reasoning':{'effort':'low'}}}");
        assertThat(call.lastError().path("param").asString("")).isEqualTo("session.reasoning");
        assertThat(call.lastError().path("message").asString("")).contains("not supported with the model gpt-realtime");
        call.send("{'type':'response.create','response':{'parallel_tool_calls':false}}");
        assertThat(call.lastError().path("param").asString("")).isEqualTo("response.parallel_tool_calls");
    }

    @Test
    void aTruncationThatIsNoneIsRefused() {
        for (String truncation : List.of(
                "'sometimes'",
                "{'type':'foo'}",
                "{'type':'retention_ratio'}",
                "{'type':'retention_ratio','retention_ratio':2}",
                "{'type':'retention_ratio','retention_ratio':0.5,'token_limits':{'post_instructions':-4}}")) {
            call.send("{'type':'session.update','session':{'type':'realtime','truncation':" + truncation + "}}");
            assertThat(call.lastError().path("param").asString("")).startsWith("session.truncation");
        }
    }

    @Test
    void nullInAResponseIsTheSessionsValue() {
        call.send("{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'marin'}}}}");
        call.send("{'type':'response.create','response':{'output_modalities':null,'instructions':null,'tools':null,"
                + "'tool_choice':null,'parallel_tool_calls':null,'max_output_tokens':null,'conversation':null,'metadata':null,"
                + "'input':null,'audio':{'output':{'voice':null,'format':null}}}}");
        call.run();
        JsonNode response = call.last("response.done").path("response");
        assertThat(response.path("status").asString("")).isEqualTo("completed");
        assertThat(response.at("/audio/output/voice").asString("")).isEqualTo("marin");
        assertThat(response.path("conversation_id").isString()).isTrue();
        call.send("{'type':'response.create','response':{'audio':{'output':{'voice':null}}}}")
                .run();
        assertThat(call.types()).doesNotContain("error");
        call.send("{'type':'response.create','response':{'audio':null}}").run();
        assertThat(call.types()).doesNotContain("error");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'type':'realtime','modalities':['text']}                    | unknown_parameter          | session.modalities
                    {'type':'realtime','voice':'alloy'}                          | unknown_parameter          | session.voice
                    {'type':'realtime','temperature':0.8}                        | unknown_parameter          | session.temperature
                    {'instructions':'x'}                                         | missing_required_parameter | session.type
                    {'type':'realtime','audio':{'input':{'format':{'type':'audio/pcm','rate':16000}}}} | integer_below_min_value | session.audio.input.format.rate
                    {'type':'realtime','audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':4000}}}} | integer_below_min_value | session.audio.input.turn_detection.idle_timeout_ms
                    {'type':'realtime','audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':40000}}}} | integer_above_max_value | session.audio.input.turn_detection.idle_timeout_ms
                    {'type':'realtime','audio':{'output':{'voice':'nobody'}}}    | invalid_value              | session.audio.output.voice
                    {'type':'realtime','audio':{'output':{'speed':2.0}}}         | decimal_above_max_value    | session.audio.output.speed
                    {'type':'realtime','audio':{'input':{'format':{'type':'pcm16'}}}} | invalid_value         | session.audio.input.format.type
                    {'type':'realtime','output_modalities':['audio','text']}     | invalid_value              | session.output_modalities
                    {'type':'realtime','tools':[{'type':'function'}]}            | missing_required_parameter | session.tools[0].name
                    {'type':'realtime','tools':[{'type':'function','function':{'name':'x'}}]} | missing_required_parameter | session.tools[0].name
                    {'type':'realtime','tool_choice':'any'}                      | invalid_value              | session.tool_choice
                    {'type':'realtime','max_output_tokens':0}                    | integer_below_min_value    | session.max_output_tokens
                    {'type':'realtime','instructions':7}                         | invalid_type               | session.instructions
                    {'type':'transcription'}                                     | invalid_value              | session.type
                    """)
    void rejectsAnUpdateWholeWhenOneParameterIsWrong(String session, String code, String param) {
        call.send("{'type':'session.update','event_id':'mine','session':" + session + "}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo(code);
        assertThat(call.lastError().path("param").asString("")).isEqualTo(param);
        assertThat(call.lastError().path("event_id").asString("")).isEqualTo("mine");
        JsonNode created = call.events.getFirst().path("session");
        call.send("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(call.last("session.updated").path("session")).isEqualTo(created);
    }

    @Test
    void theVoiceIsLockedOnceTheSessionHasSpoken() {
        call.send(voice("marin"));
        assertThat(call.last().at("/session/audio/output/voice").asString("")).isEqualTo("marin");
        call.userSays("hi").respond().run();
        call.send(voice("cedar"));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("cannot_update_voice");
        call.send(voice("marin"));
        assertThat(call.last().path("type").asString("")).isEqualTo("session.updated");
        call.send("{'type':'response.create','response':{'audio':{'output':{'voice':'cedar'}}}}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("cannot_update_voice");
    }

    private static String voice(String name) {
        return "{'type':'session.update','session':{'type':'realtime','audio':{'output':{'voice':'" + name + "'}}}}";
    }

    private static String input(String fields) {
        return "{'type':'session.update','session':{'type':'realtime','audio':{'input':{" + fields + "}}}}";
    }

    private static TreeSet<String> keys(JsonNode node) {
        TreeSet<String> keys = new TreeSet<>();
        for (Map.Entry<String, JsonNode> property : node.properties()) {
            keys.add(property.getKey());
            keys(property.getValue()).forEach(inner -> keys.add(property.getKey() + "." + inner));
        }
        return keys;
    }
}
