package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.testkit.emulator.Brain.Output;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class FaultsTest {
    private static final String TEXT =
            "{'type':'session.update','session':{'type':'realtime','output_modalities':['text']}}";
    private static final Output LOOK_UP =
            new Output.CallTool("look_up", JsonMapper.shared().readTree("{\"day\":\"today\"}"));

    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    private VirtualCall call(Fault... faults) {
        return VirtualCall.open(brain, settings -> settings, FaultScript.of(faults))
                .send(TEXT);
    }

    @Test
    void theSessionClosesRightAfterAnEventOfAType() {
        VirtualCall call = call(new Fault.CloseAt("response.output_text.delta", 2, 1011, "gone"));
        brain.says("one two three");
        call.userSays("hi").respond().run();

        assertThat(call.all("response.output_text.delta")).hasSize(2);
        assertThat(call.types()).last().isEqualTo("response.output_text.delta");
        assertThat(call.ends).containsExactly("1011 gone");
    }

    @Test
    void aLineIsTornOrDies() {
        assertThat(call(new Fault.BreakAfter(2, Breakdown.TORN)).ends).containsExactly("broken TORN");
        assertThat(call(new Fault.BreakAfter(2, Breakdown.DEAD)).ends).containsExactly("broken DEAD");
    }

    @Test
    void aDelayHoldsBackWhatFollowsToo() {
        VirtualCall call = call(new Fault.Delay("response.created", 1, Duration.ofSeconds(5)));
        Instant before = call.timeline.now();
        call.respond();
        call.timeline.advance(Duration.ofMillis(4_990));
        assertThat(call.types()).doesNotContain("response.created", "response.done");

        call.run();

        assertThat(call.types()).contains("response.created", "response.done");
        assertThat(Duration.between(before, call.timeline.now())).isGreaterThanOrEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void eachOfTwoDelaysHoldsBackForItsOwnTime() {
        VirtualCall call = call(
                new Fault.Delay("response.created", 1, Duration.ofMillis(500)),
                new Fault.Delay("response.done", 1, Duration.ofSeconds(3)));
        call.respond();
        call.timeline.advance(Duration.ofMillis(1_500));
        assertThat(call.types())
                .contains("response.created", "response.output_item.done")
                .doesNotContain("response.done");

        call.run();

        assertThat(call.types()).containsSubsequence("response.output_item.done", "response.done");
    }

    @Test
    void aResponseMayStallBeforeItsFirstWord() {
        VirtualCall call = call(new Fault.StallResponse(1, 0));
        call.respond().run();
        assertThat(call.types())
                .contains("response.created")
                .doesNotContain("response.output_text.delta", "response.done");
    }

    @Test
    void theServiceMayReportAnErrorWithoutACode() {
        VirtualCall call = call(new Fault.ReportErrorAfter(2, "server_error", Optional.empty(), "simulated"));
        call.respond().run();
        assertThat(call.lastError().path("code").isNull()).isTrue();
    }

    @Test
    void anEventIsOvertakenByTheNext() {
        VirtualCall call = call(new Fault.Reorder("response.created", 1));
        call.respond().run();
        List<String> types = call.types();
        int created = types.indexOf("response.created");
        assertThat(types.get(created - 1)).isEqualTo("response.output_item.added");
    }

    @Test
    void anEventComesTwiceAsItIs() {
        VirtualCall call = VirtualCall.openUnchecked(FaultScript.of(new Fault.Duplicate("session.updated", 1)));
        call.send(TEXT);
        assertThat(call.frames).hasSize(3);
        assertThat(call.frames.get(2)).isEqualTo(call.frames.get(1)).contains("session.updated");
    }

    @Test
    void theServiceReportsAnErrorOfItsOwnAndGoesOn() {
        VirtualCall call =
                call(new Fault.ReportErrorAfter(2, "server_error", Optional.of("server_error"), "simulated"));
        call.respond().run();
        assertThat(call.lastError().path("type").asString("")).isEqualTo("server_error");
        assertThat(call.types()).contains("response.done");
    }

    @Test
    void deltasComeSlowly() {
        brain.says("one two three").says("one two three");
        VirtualCall quick = call();
        Duration usual = timeOfOneResponse(quick);
        VirtualCall slow = call(new Fault.SlowDeltas(Duration.ofSeconds(1)));
        assertThat(timeOfOneResponse(slow).minus(usual)).isBetween(Duration.ofMillis(2_500), Duration.ofMillis(3_500));
    }

    private static Duration timeOfOneResponse(VirtualCall call) {
        Instant before = call.timeline.now();
        call.respond().run();
        return Duration.between(before, call.timeline.now());
    }

    @Test
    void aResponseIsNeverAnsweredAndTheNextOneIs() {
        VirtualCall call = call(new Fault.IgnoreResponse(1));
        call.respond().run();
        assertThat(call.types()).doesNotContain("response.created");
        call.respond().run();
        assertThat(call.all("response.done")).hasSize(1);
    }

    @Test
    void aResponseStallsUntilItIsCancelled() {
        brain.says("one two three four");
        VirtualCall call = call(new Fault.StallResponse(1, 2));
        call.respond().run();
        assertThat(call.all("response.output_text.delta")).hasSize(2);
        assertThat(call.types()).doesNotContain("response.done");

        call.send("{'type':'response.cancel'}").run();

        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("cancelled");
    }

    @Test
    void aModelClaimsWhatNobodyDid() {
        brain.then(LOOK_UP);
        VirtualCall call = call(Fault.Claim.success(1));
        call.respond().run();
        assertThat(call.last("response.output_text.done").path("text").asString(""))
                .contains("your appointment is booked");
        assertThat(call.types()).doesNotContain("response.function_call_arguments.done");
    }

    @Test
    void aFunctionCallIsMadeTwice() {
        brain.then(LOOK_UP);
        VirtualCall call = call(new Fault.CallTwice(1));
        call.respond().run();
        List<JsonNode> calls = call.all("response.function_call_arguments.done");
        assertThat(calls).hasSize(2);
        assertThat(calls.get(1).path("arguments")).isEqualTo(calls.get(0).path("arguments"));
        assertThat(calls.get(1).path("call_id")).isNotEqualTo(calls.get(0).path("call_id"));
    }

    @Test
    void aResponseEndsWithoutAWord() {
        brain.then(LOOK_UP);
        VirtualCall call = call(new Fault.SayNothing(1));
        call.respond().run();
        assertThat(call.types()).doesNotContain("response.output_item.added");
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("completed");
        assertThat(call.last("response.done").at("/response/output")).isEmpty();
    }

    @Test
    void theCallerPressesKeys() {
        VirtualCall call = call(new Fault.PressKeys(1, "47#"));
        call.run();
        assertThat(call.all("input_audio_buffer.dtmf_event_received"))
                .extracting(event -> event.path("event").asString())
                .containsExactly("4", "7", "#");
        assertThatThrownBy(() -> new Fault.PressKeys(1, "4 7"))
                .hasMessage("keys must be one or more of 0-9A-D*#, but was '4 7'");
    }

    @Test
    void theEndOfTheArgumentsNamesAnotherCallThanTheItem() {
        brain.then(LOOK_UP);
        VirtualCall call = call(new Fault.WrongCallId(1));
        call.respond().run();
        String wrong = call.last("response.function_call_arguments.done")
                .path("call_id")
                .asString("");
        assertThat(wrong)
                .isNotEqualTo(call.last("response.output_item.done")
                        .at("/item/call_id")
                        .asString(""));
        call.send("{'type':'conversation.item.create','item':{'type':'function_call_output','call_id':'" + wrong
                + "','output':'{}'}}");
        assertThat(call.lastError().path("code").asString("")).isEqualTo("invalid_tool_call_id");
    }

    @Test
    void transcriptsComeLateOrNotAtAll() {
        String transcribing = "{'type':'session.update','session':{'type':'realtime','audio':{'input':"
                + "{'turn_detection':null,'transcription':{'model':'gpt-4o-mini-transcribe'}}}}}";
        VirtualCall late =
                call(new Fault.LateTranscription(Duration.ofSeconds(7))).send(transcribing);
        late.hear(Doubles.tone(500, 8_000)).send("{'type':'input_audio_buffer.commit'}");
        late.timeline.advance(Duration.ofSeconds(7));
        assertThat(late.types()).doesNotContain("conversation.item.input_audio_transcription.completed");
        late.run();
        assertThat(late.types()).contains("conversation.item.input_audio_transcription.completed");

        VirtualCall never = call(new Fault.FailTranscription()).send(transcribing);
        never.hear(Doubles.tone(500, 8_000))
                .send("{'type':'input_audio_buffer.commit'}")
                .run();
        assertThat(never.types()).contains("conversation.item.input_audio_transcription.failed");
    }
}
