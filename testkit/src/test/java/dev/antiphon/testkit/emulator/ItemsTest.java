package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import java.util.Base64;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ItemsTest {
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
    private final VirtualCall call = VirtualCall.open(brain);

    @Test
    void itemsAreChainedAlsoAtTheRootAndInTheMiddle() {
        call.send(item("a", "")).send(item("b", "")).send(item("c", "'previous_item_id':'root',"));
        assertThat(call.last().path("previous_item_id").isNull()).isTrue();
        call.send(item("d", "'previous_item_id':'a',"));
        assertThat(call.last().path("previous_item_id").asString("")).isEqualTo("a");
        call.respond().run();
        assertThat(brain.lastTurn().history())
                .containsExactly(
                        new Brain.Entry.UserSaid("c", false),
                        new Brain.Entry.UserSaid("a", false),
                        new Brain.Entry.UserSaid("d", false),
                        new Brain.Entry.UserSaid("b", false));
    }

    @Test
    void anIdMayBeUsedOnceAndAPredecessorMustExist() {
        call.send(item("a", "")).send(item("a", ""));
        assertThat(call.lastError().path("message").asString("")).contains("'a' already exists");
        call.send(item("b", "'previous_item_id':'nobody',"));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("item_create_invalid_previous_item_id");
    }

    @Test
    void anAnswerMustBelongToACall() {
        call.send(
                "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'call_x','output':'1'}}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("invalid_tool_call_id");
        call.send(
                "{'type':'conversation.item.create','item':{'type':'function_call','call_id':'call_x','name':'f','arguments':'{}'}}");
        call.send(
                "{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'call_x','output':'1'}}");
        assertThat(call.last().at("/item/type").asString("")).isEqualTo("function_call_output");
        call.respond().run();
        assertThat(brain.lastTurn().history())
                .containsExactly(
                        new Brain.Entry.ToolCalled("call_x", "f", SharedProtocol.MAPPER.createObjectNode()),
                        new Brain.Entry.ToolAnswered("call_x", "1"));
    }

    @Test
    void assistantAudioCannotBeInjected() {
        call.send("{'type':'conversation.item.create','item':{'type':'message','role':'assistant','content':"
                + "[{'type':'output_audio','transcript':'x'}]}}");
        assertThat(call.lastError().path("param").asString("")).isEqualTo("item.content[0].type");
    }

    @Test
    void anItemIsRetrievedWithTheCallersAudio() {
        short[] speech = Doubles.tone(400, 8_000);
        call.hear(Doubles.join(speech, Doubles.silence(300))).run();
        String id = call.last("input_audio_buffer.committed").path("item_id").asString("");
        call.send("{'type':'conversation.item.retrieve','item_id':'" + id + "'}");
        JsonNode part = call.last("conversation.item.retrieved").at("/item/content/0");
        byte[] audio = Base64.getDecoder().decode(part.path("audio").asString(""));
        assertThat(AudioFormat.PCM16_24KHZ.durationOf(audio.length).toMillis()).isEqualTo(600);
        call.send("{'type':'conversation.item.retrieve','item_id':'nope'}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("item_retrieve_invalid_item_id");
    }

    @Test
    void aDeletedItemIsForgotten() {
        call.send(item("a", "")).send(item("b", "")).send("{'type':'conversation.item.delete','item_id':'a'}");
        assertThat(call.last().path("type").asString("")).isEqualTo("conversation.item.deleted");
        call.send("{'type':'conversation.item.delete','item_id':'a'}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("item_delete_invalid_item_id");
        call.respond().run();
        assertThat(brain.lastTurn().history()).containsExactly(new Brain.Entry.UserSaid("b", false));
    }

    @Test
    void truncationLeavesTheBrainOnlyWhatWasHeard() {
        brain.says("one two three four five six seven eight nine ten");
        call.userSays("count").respond().run();
        String id = call.last("response.done").at("/response/output/0/id").asString("");
        long spokenMs = 48 * 50;
        call.send(truncate(id, spokenMs + 1));
        assertThat(call.lastError().path("message").asString(""))
                .isEqualTo("Audio content of 2400ms is already shorter than 2401ms");
        assertThat(call.lastError().path("code").isNull()).isTrue();
        call.send(truncate(id, 1_000));
        assertThat(call.last().path("type").asString("")).isEqualTo("conversation.item.truncated");
        call.send(truncate(id, 500));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("item_already_truncated");
        call.send("{'type':'conversation.item.retrieve','item_id':'" + id + "'}");
        assertThat(call.last().at("/item/content/0").has("transcript")).isFalse();
        call.respond().run();
        assertThat(brain.lastTurn().history().getLast())
                .isEqualTo(new Brain.Entry.AssistantSaid("one two three four", false));
    }

    @Test
    void onlySpokenOutputCanBeTruncated() {
        call.send(item("a", "")).send(truncate("a", 0));
        assertThat(call.lastError().path("message").asString(""))
                .isEqualTo("Only model output audio messages can be truncated");
        call.send(truncate("nope", 0));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("item_truncate_invalid_item_id");
    }

    private static String truncate(String id, long ms) {
        return "{'type':'conversation.item.truncate','item_id':'" + id + "','content_index':0,'audio_end_ms':" + ms
                + "}";
    }

    private static String item(String id, String previous) {
        return "{'type':'conversation.item.create'," + previous + "'item':{'id':'" + id
                + "','type':'message','role':'user','content':[{'type':'input_text','text':'" + id + "'}]}}";
    }
}
