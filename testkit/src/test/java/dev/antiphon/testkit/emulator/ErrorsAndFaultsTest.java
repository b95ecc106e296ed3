package dev.antiphon.testkit.emulator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.wire.ClientEventRules;
import dev.antiphon.realtime.wire.Dialect;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ErrorsAndFaultsTest {
    private final Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {'type':'response.create'                                           | invalid_json
                    nonsense                                                            | invalid_json
                    []                                                                  | invalid_event
                    {'event_id':'x'}                                                    | invalid_event
                    {'type':7}                                                          | invalid_event
                    {'type':'output_audio_buffer.clear'}                                | invalid_value
                    {'type':'transcription_session.update','session':{}}                | invalid_value
                    {'type':'conversation.item.delete'}                                 | missing_required_parameter
                    {'type':'conversation.item.truncate','item_id':'a','content_index':0,'audio_end_ms':1.5} | invalid_type
                    {'type':'response.create','response':{'modalities':['text']}}       | unknown_parameter
                    {'type':'response.create','response':{'input':[{'type':'item_reference','id':'no'}]}} | invalid_value
                    {'type':'input_audio_buffer.commit','color':'red'}                  | unknown_parameter
                    """)
    void badFramesGetAnErrorAndTheSessionGoesOn(String frame, String code) {
        VirtualCall call = VirtualCall.open(brain);
        call.send(frame);
        assertThat(call.lastError().path("code").asString("")).isEqualTo(code);
        call.userSays("hi").respond().run();
        assertThat(call.types()).contains("response.done");
    }

    @Test
    void anUnknownTypeIsToldTheTwelveKnownOnes() {
        VirtualCall call = VirtualCall.open(brain).send("{'type':'scooby.dooby.doo','event_id':'e1'}");
        assertThat(call.lastError().path("message").asString(""))
                .contains(ClientEventRules.of(Dialect.ga()).types());
        assertThat(call.lastError().path("event_id").asString("")).isEqualTo("e1");
        assertThat(ClientEventRules.of(Dialect.ga()).types()).hasSize(12);
    }

    @Test
    void validJsonThatIsNestedTooDeeplyIsToldTheLimit() {
        VirtualCall call = VirtualCall.open(brain).send("[".repeat(20_000) + "]".repeat(20_000));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("invalid_json");
        assertThat(call.lastError().path("message").asString("")).contains("at most 500 levels");
    }

    @Test
    void aBinaryFrameIsAnInvalidEvent() {
        VirtualCall call = VirtualCall.open(brain).sendBinary();
        assertThat(call.lastError().path("code").asString("")).isEqualTo("invalid_event");
    }

    @Test
    void failuresOfResponsesAreScripted() {
        VirtualCall call = VirtualCall.open(
                brain,
                settings -> settings,
                FaultScript.of(
                        Fault.FailResponse.rateLimited(1), Fault.FailResponse.serverError(2), new Fault.OmitUsage()));
        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/status_details/error/code")
                        .asString(""))
                .isEqualTo("rate_limit_exceeded");
        call.respond().run();
        assertThat(call.last("response.done")
                        .at("/response/status_details/error/type")
                        .asString(""))
                .isEqualTo("server_error");
        call.respond().run();
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("completed");
        assertThat(call.last("response.done").path("response").has("usage")).isFalse();
    }

    @Test
    void theSessionClosesOrBreaksAfterTheScriptedNumberOfEvents() {
        VirtualCall closing =
                VirtualCall.open(brain, settings -> settings, FaultScript.of(new Fault.CloseAfter(3, 1011, "gone")));
        closing.userSays("hi").respond().run();
        assertThat(closing.events).hasSize(3);
        assertThat(closing.ends).containsExactly("1011 gone");
        VirtualCall dropping = VirtualCall.open(brain, settings -> settings, FaultScript.of(new Fault.DropAfter(0)));
        assertThat(dropping.events).isEmpty();
        assertThat(dropping.ends).containsExactly("dropped");
    }

    @Test
    void aMuteSessionNeverSaysAnything() {
        VirtualCall mute = VirtualCall.open(brain, settings -> settings, FaultScript.of(new Fault.NeverAnswer()));
        mute.userSays("hi").respond().send("nonsense").run();
        assertThat(mute.events).isEmpty();
        assertThat(mute.ends).isEmpty();
    }

    @Test
    void unknownEventsAndBrokenFramesAreInjected() {
        VirtualCall call = VirtualCall.openUnchecked(
                FaultScript.of(new Fault.UnknownEventAfter(1, "response.sparkle"), new Fault.MalformedFrameAfter(2)));
        call.send("{'type':'session.update','session':{'type':'realtime'}}");
        assertThat(call.frames).hasSize(4);
        assertThat(call.frames.get(1)).contains("response.sparkle");
        assertThat(call.frames.get(3)).isEqualTo("{\"type\": \"respon");
    }

    @Test
    void aBrainThatOverflowsTheStackFailsItsResponseOnly() {
        AtomicInteger turns = new AtomicInteger();
        Brain deep = turn -> {
            if (turns.getAndIncrement() == 0) {
                throw new StackOverflowError();
            }
            return List.of(new Brain.Output.Speak("Fine."));
        };
        VirtualCall call = VirtualCall.open(brain, settings -> VirtualCall.settings(deep), FaultScript.none());
        call.userSays("hi").respond().run();
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("failed");
        call.respond().run();
        assertThat(call.last("response.done").at("/response/status").asString(""))
                .isEqualTo("completed");
    }

    @Test
    void aSessionWhoseClientIsGoneLeavesNothingWaitingOnItsTimeline() {
        VirtualCall call = VirtualCall.open(brain);
        call.send(
                "{'type':'session.update','session':{'type':'realtime','audio':{'input':{'turn_detection':{'type':'server_vad','idle_timeout_ms':5000}}}}}");
        call.respond().run().respond().disconnect();
        assertThat(call.timeline.nextDue()).isEmpty();
    }

    @Test
    void aShortLifetimeIsToldInSeconds() {
        VirtualCall call = VirtualCall.open(
                brain, settings -> settings, FaultScript.of(new Fault.ExpireAfter(Duration.ofSeconds(1))));
        call.timeline.advance(Duration.ofSeconds(2));
        assertThat(call.ends).containsExactly("1001 Your session hit the maximum duration of 1 second.");
    }

    @Test
    void aSessionExpiresWithAnErrorAndACloseAndSaysNothingMore() {
        VirtualCall call = VirtualCall.open(
                brain, settings -> settings, FaultScript.of(new Fault.ExpireAfter(Duration.ofMinutes(30))));
        call.respond();
        call.timeline.advance(Duration.ofMinutes(31));
        assertThat(call.lastError().path("code").asString("")).isEqualTo("session_expired");
        assertThat(call.ends).containsExactly("1001 Your session hit the maximum duration of 30 minutes.");
        int events = call.events.size();
        call.respond().run();
        assertThat(call.events).hasSize(events);
    }
}
