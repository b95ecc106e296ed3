package dev.antiphon.testkit.caller;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Drives a caller in virtual time and keeps what it sends. */
final class VirtualCall {
    static final Instant START = Instant.parse("2026-11-20T08:00:00Z");

    private Instant now = START;
    private final SimulatedCaller caller;
    private final List<JsonNode> sent = new ArrayList<>();
    private boolean hungUp;

    VirtualCall(CallerScript script, CallerVoice voice) {
        caller = new SimulatedCaller(script, voice, () -> now);
        take(caller.start());
    }

    SimulatedCaller caller() {
        return caller;
    }

    boolean hungUp() {
        return hungUp;
    }

    Duration elapsed() {
        return Duration.between(START, now);
    }

    /** The types of the events sent so far, runs of the same type as one. */
    List<String> sentTypes() {
        List<String> types = new ArrayList<>();
        for (JsonNode event : sent) {
            String type = event.path("type").asString();
            if (types.isEmpty() || !types.getLast().equals(type)) {
                types.add(type);
            }
        }
        return types;
    }

    List<JsonNode> takeSent() {
        List<JsonNode> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    void server(String json) {
        server(JsonMapper.shared().readTree(json));
    }

    void server(JsonNode event) {
        take(caller.onServerEvent(event));
    }

    /** One whole response as text. */
    void agentTypes(String words) {
        server("{\"type\":\"response.created\"}");
        server("{\"type\":\"response.output_text.delta\",\"delta\":\"" + words + "\"}");
        server("{\"type\":\"response.output_text.done\",\"text\":\"" + words + "\"}");
        server("{\"type\":\"response.done\"}");
    }

    void agentStartsSpeaking(String item, String words, int millis) {
        server("{\"type\":\"response.created\"}");
        server("{\"type\":\"response.output_audio_transcript.delta\",\"delta\":\"" + words + "\"}");
        server("{\"type\":\"response.output_audio.delta\",\"item_id\":\"" + item + "\",\"content_index\":0,\"delta\":\""
                + Base64.getEncoder().encodeToString(new byte[millis * 48]) + "\"}");
    }

    void agentFinishes() {
        server("{\"type\":\"response.done\"}");
    }

    /** Lets time pass, waking the caller whenever it asks for it. */
    void pass(Duration time) {
        Instant until = now.plus(time);
        while (caller.nextWake().filter(wake -> !wake.isAfter(until)).isPresent()) {
            Instant wake = caller.nextWake().orElseThrow();
            Instant before = now;
            now = wake.isAfter(now) ? wake : now;
            int size = sent.size();
            take(caller.wake());
            if (now.equals(before)
                    && sent.size() == size
                    && caller.nextWake().filter(wake::equals).isPresent()) {
                throw new IllegalStateException("the caller asks to be woken at " + wake + " again and does nothing");
            }
        }
        now = until;
    }

    void perform(List<CallerAction> actions) {
        take(actions);
    }

    private void take(List<CallerAction> actions) {
        for (CallerAction action : actions) {
            switch (action) {
                case CallerAction.Send send -> sent.add(send.event());
                case CallerAction.HangUp ignored -> hungUp = true;
            }
        }
    }
}
