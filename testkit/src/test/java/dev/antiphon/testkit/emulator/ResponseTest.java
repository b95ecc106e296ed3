package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ResponseTest {
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
    private final VirtualCall call = VirtualCall.open(brain);

    @Test
    void deltasPutTogetherAreTheWhole() {
        brain.says("Good morning, how can I help you?");
        call.userSays("hi").respond().run();
        String transcript = text("response.output_audio_transcript.delta");
        assertThat(transcript).isEqualTo("Good morning, how can I help you?");
        assertThat(call.last("response.output_audio_transcript.done")
                        .path("transcript")
                        .asString(""))
                .isEqualTo(transcript);
        assertThat(audioBytes()).isEqualTo(33 * 50 * 48);
        assertThat(call.all("response.output_audio_transcript.delta"))
                .allMatch(event -> !event.path("obfuscation").asString("").isEmpty());
    }

    @Test
    void speaksInTheFormatOfTheSession() {
        call.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'output':{'format':{'type':'audio/pcmu'}}}}}");
        brain.says("Four score and seven");
        call.respond().run();
        assertThat(audioBytes()).isEqualTo(20 * 50 * 8);
        byte[] first = Base64.getDecoder()
                .decode(call.all("response.output_audio.delta")
                        .getFirst()
                        .path("delta")
                        .asString(""));
        assertThat(first).hasSize(800);
        double level = VoiceActivity.level(AudioCodec.decode(AudioFormat.G711_ULAW, first, first.length));
        assertThat(level).isGreaterThan(0.9);
    }

    @Test
    void severalOutputsOfOneResponseAreNumberedAndClosedOneAfterTheOther() {
        brain.then(
                new Brain.Output.Speak("One moment."),
                new Brain.Output.CallTool("look_up", SharedProtocol.MAPPER.readTree("{\"day\":\"2026-11-24\"}")),
                new Brain.Output.CallTool("look_up", SharedProtocol.MAPPER.readTree("{}")));
        call.userSays("hi").respond().run();
        assertThat(call.all("response.output_item.added").stream()
                        .map(event -> event.path("output_index").asInt(-1)))
                .containsExactly(0, 1, 2);
        List<JsonNode> output =
                call.last("response.done").at("/response/output").valueStream().toList();
        assertThat(output.stream().map(item -> item.path("type").asString("")))
                .containsExactly("message", "function_call", "function_call");
        assertThat(output.get(1).path("arguments").asString("")).isEqualTo("{\"day\":\"2026-11-24\"}");
        assertThat(output.get(1).path("call_id")).isNotEqualTo(output.get(2).path("call_id"));
    }

    @Test
    void anOutOfBandResponseRunsBesideTheActiveOneAndLeavesNoTrace() {
        brain.says("A long sentence that takes its time to be delivered.").says("yes");
        call.userSays("hi").respond().runUntil("response.output_audio.delta");
        call.send("{'type':'response.create','response':{'conversation':'none','output_modalities':['text'],"
                + "'metadata':{'topic':'check'},'input':[]}}");
        call.run();
        assertThat(brain.lastTurn().history()).isEmpty();
        List<JsonNode> done = call.all("response.done");
        assertThat(done)
                .hasSize(2)
                .allMatch(event -> event.at("/response/status").asString("").equals("completed"));
        JsonNode beside = done.stream()
                .filter(event ->
                        event.at("/response/metadata/topic").asString("").equals("check"))
                .findFirst()
                .orElseThrow();
        assertThat(beside.at("/response/conversation_id").isNull()).isTrue();
        assertThat(call.all("conversation.item.added")).hasSize(2);
        call.respond().run();
        assertThat(brain.lastTurn().history()).hasSize(2);
    }

    @Test
    void overridesLastForOneResponse() {
        call.send("{'type':'session.update','session':{'type':'realtime','tools':[{'type':'function','name':'book',"
                + "'description':'Books','parameters':{'type':'object'}}],'tool_choice':'required'}}");
        call.send("{'type':'response.create','response':{'instructions':'Say hello.','tool_choice':'none','tools':[]}}")
                .run();
        assertThat(brain.lastTurn().responseInstructions()).contains("Say hello.");
        assertThat(brain.lastTurn().tools()).isEmpty();
        assertThat(brain.lastTurn().toolChoice()).isEqualTo("none");
        call.send("{'type':'response.create','response':{'tool_choice':{'type':'function','name':'book'}}}")
                .run();
        assertThat(brain.lastTurn().responseInstructions()).isEmpty();
        assertThat(brain.lastTurn().tools()).extracting(Brain.ToolSpec::name).containsExactly("book");
        assertThat(brain.lastTurn().toolChoice()).isEqualTo("function:book");
    }

    @Test
    void aCancelledResponseKeepsOnlyWhatWasDelivered() {
        brain.says("One two three four five six seven eight nine ten");
        call.userSays("count").respond().runUntil("response.output_audio.delta");
        call.send("{'type':'response.cancel'}").run();
        JsonNode done = call.last("response.done").path("response");
        assertThat(done.at("/status_details/reason").asString("")).isEqualTo("client_cancelled");
        assertThat(done.at("/output/0/status").asString("")).isEqualTo("incomplete");
        String said = done.at("/output/0/content/0/transcript").asString("");
        assertThat("One two three four five six seven eight nine ten")
                .startsWith(said)
                .isNotEqualTo(said);
        call.send("{'type':'response.cancel'}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("response_cancel_not_active");
    }

    @Test
    void aResponseIsCancelledBeforeItsFirstOutput() {
        call.userSays("hi").respond().send("{'type':'response.cancel'}").run();
        assertThat(call.last("response.done").at("/response/output").isEmpty()).isTrue();
        assertThat(call.types()).doesNotContain("response.output_item.added");
    }

    @Test
    void stopsAtTheTokenLimit() {
        brain.says("This sentence is far longer than the limit allows.");
        call.userSays("talk");
        call.send("{'type':'response.create','response':{'max_output_tokens':12}}")
                .run();
        JsonNode done = call.last("response.done").path("response");
        assertThat(done.path("status").asString("")).isEqualTo("incomplete");
        assertThat(done.at("/status_details/reason").asString("")).isEqualTo("max_output_tokens");
        assertThat(done.at("/usage/output_tokens").asInt(0)).isBetween(1, 12);
    }

    @Test
    void aBrainThatThrowsFailsTheResponseAndNotTheSession() {
        Brain broken = turn -> {
            throw new IllegalStateException("boom");
        };
        VirtualCall other = VirtualCall.open(brain, settings -> VirtualCall.settings(broken), FaultScript.none());
        other.userSays("hi").respond().run();
        JsonNode done = other.last("response.done").path("response");
        assertThat(done.path("status").asString("")).isEqualTo("failed");
        assertThat(done.at("/status_details/error/type").asString("")).isEqualTo("server_error");
        other.send("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(other.last().path("type").asString("")).isEqualTo("session.updated");
    }

    @Test
    void usageAddsUpAndKnowsWhatWasCached() {
        brain.says("0123456789".repeat(8)).says("0123");
        call.send("{'type':'session.update','session':{'type':'realtime','instructions':'" + "x".repeat(400) + "'}}");
        call.hear(Doubles.join(Doubles.tone(1_000, 8_000), Doubles.silence(400)))
                .run();
        JsonNode first = call.last("response.done").at("/response/usage");
        assertThat(first.at("/input_token_details/text_tokens").asInt(0)).isEqualTo(100);
        assertThat(first.at("/input_token_details/audio_tokens").asInt(0)).isEqualTo(12);
        assertThat(first.at("/output_token_details/text_tokens").asInt(0)).isEqualTo(20);
        assertThat(first.at("/output_token_details/audio_tokens").asInt(0)).isEqualTo(80);
        assertThat(first.at("/input_token_details/cached_tokens").asInt(-1)).isZero();
        assertSums(first);
        call.userSays("go on").respond().run();
        JsonNode second = call.last("response.done").at("/response/usage");
        assertThat(second.at("/input_token_details/cached_tokens").asInt(-1)).isEqualTo(64);
        assertThat(second.at("/input_token_details/audio_tokens").asInt(0)).isEqualTo(12 + 80);
        assertSums(second);
    }

    private long cachedBehind(String update) {
        brain.says("One.").says("Two.").says("Three.");
        call.send("{'type':'session.update','session':{'type':'realtime','instructions':'" + "x".repeat(1_000)
                        + "','tools':[" + tool("first") + "]}}")
                .userSays("w".repeat(2_000))
                .respond()
                .run();
        call.userSays("go on").respond().run();
        JsonNode before = call.last("response.done").at("/response/usage/input_token_details");
        assertThat(before.path("cached_tokens").asLong(0)).isGreaterThan(750);

        call.send("{'type':'session.update','session':{'type':'realtime'," + update + "}}")
                .userSays("and on")
                .respond()
                .run();
        JsonNode usage = call.last("response.done").at("/response/usage");
        assertSums(usage);
        return usage.at("/input_token_details/cached_tokens").asLong(-1);
    }

    private static String tool(String name) {
        return "{'type':'function','name':'" + name + "','description':'" + "d".repeat(200)
                + "','parameters':{'type':'object'}}";
    }

    @Test
    void nothingIsCachedBehindAChangeOfTheInstructions() {
        assertThat(cachedBehind("'instructions':'" + "x".repeat(600) + "y'")).isEqualTo(128);
    }

    @Test
    void newInstructionsAreReadWhole() {
        assertThat(cachedBehind("'instructions':'" + "y".repeat(1_000) + "'")).isZero();
    }

    @Test
    void nothingIsCachedBehindAChangeOfTheTools() {
        assertThat(cachedBehind("'tools':[" + tool("second") + "]")).isEqualTo(256);
        assertThat(cachedBehind("'tools':[]")).isEqualTo(192);
    }

    @Test
    void anotherToolChoiceChangesNothingThatIsCached() {
        assertThat(cachedBehind("'tool_choice':'required'")).isGreaterThan(750);
    }

    @Test
    void instructionsOfOneResponseTakeThePlaceOfTheSessions() {
        brain.says("One.").says("Two.").says("Three.");
        call.send("{'type':'session.update','session':{'type':'realtime','instructions':'" + "x".repeat(1_000) + "'}}")
                .userSays("w".repeat(2_000))
                .respond()
                .run();
        call.send("{'type':'response.create','response':{'instructions':'" + "z".repeat(40) + "'}}")
                .run();
        JsonNode own = call.last("response.done").at("/response/usage/input_token_details");
        assertThat(own.path("text_tokens").asInt(0)).isEqualTo(10 + 500);
        assertThat(own.path("cached_tokens").asInt(-1)).isZero();

        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/usage/input_token_details/cached_tokens")
                        .asInt(0))
                .isGreaterThan(700);
    }

    private static void assertSums(JsonNode usage) {
        JsonNode in = usage.path("input_token_details");
        JsonNode out = usage.path("output_token_details");
        assertThat(usage.path("input_tokens").asInt(0))
                .isEqualTo(in.path("text_tokens").asInt(0)
                        + in.path("audio_tokens").asInt(0));
        assertThat(usage.path("output_tokens").asInt(0))
                .isEqualTo(out.path("text_tokens").asInt(0)
                        + out.path("audio_tokens").asInt(0));
        assertThat(usage.path("total_tokens").asInt(0))
                .isEqualTo(usage.path("input_tokens").asInt(0)
                        + usage.path("output_tokens").asInt(0));
        assertThat(in.path("cached_tokens").asInt(0))
                .isEqualTo(in.at("/cached_tokens_details/text_tokens").asInt(0)
                        + in.at("/cached_tokens_details/audio_tokens").asInt(0));
    }

    @Test
    void deliversAudioFasterThanRealTimeAtTheSpeedOfTheProfile() {
        TierProfile profile = TierProfile.simulatedFull()
                .withFirstOutputAfter(Duration.ofMillis(300))
                .withDeliverySpeed(10);
        VirtualCall timed = VirtualCall.open(
                brain.says("0123456789".repeat(4)),
                settings -> settings.withProfile(EmulatorProfile.of(profile)),
                FaultScript.none());
        var start = timed.timeline.now();
        timed.respond().runUntil("response.output_audio.delta");
        assertThat(Duration.between(start, timed.timeline.now())).isEqualTo(Duration.ofMillis(300));
        timed.runUntil("response.done");
        assertThat(Duration.between(start, timed.timeline.now())).isEqualTo(Duration.ofMillis(300 + 190));
    }

    @Test
    void withoutDelayTheWholeResponseComesAtOnce() {
        VirtualCall instant = VirtualCall.open(
                brain, settings -> settings.withProfile(EmulatorProfile.instant()), FaultScript.none());
        instant.userSays("hi").respond();
        assertThat(instant.last().path("type").asString("")).isEqualTo("rate_limits.updated");
        assertThat(instant.timeline.nextDue())
                .isEqualTo(Optional.of(instant.timeline.now().plus(Duration.ofHours(1))));
    }

    @Test
    void theObserverSeesEveryFrameBothWays() {
        List<String> seen = new ArrayList<>();
        VirtualCall watched = VirtualCall.open(
                brain,
                settings -> settings.withObserver((session, direction, json) -> seen.add(direction + " "
                        + SharedProtocol.MAPPER.readTree(json).path("type").asString(""))),
                FaultScript.none());
        watched.userSays("hi");
        assertThat(seen)
                .containsExactly(
                        "OUT session.created",
                        "IN conversation.item.create",
                        "OUT conversation.item.added",
                        "OUT conversation.item.done");
    }

    private String text(String type) {
        StringBuilder all = new StringBuilder();
        call.all(type).forEach(event -> all.append(event.path("delta").asString("")));
        return all.toString();
    }

    private int audioBytes() {
        return call.all("response.output_audio.delta").stream()
                .mapToInt(
                        event -> Base64.getDecoder().decode(event.path("delta").asString("")).length)
                .sum();
    }
}
