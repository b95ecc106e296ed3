package dev.antiphon.testkit.emulator;

import dev.antiphon.connection.WebSocketLink.Breakdown;
import dev.antiphon.realtime.AudioFormat;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.function.UnaryOperator;
import tools.jackson.databind.JsonNode;

/** One emulated session in virtual time whose every frame is checked against the contract. */
final class VirtualCall {
    final VirtualTimeline timeline = VirtualTimeline.startingAt(Instant.parse("2026-11-20T12:00:00Z"));
    final Doubles.ScriptedBrain brain;
    final List<String> frames = new ArrayList<>();
    final List<JsonNode> events = new ArrayList<>();
    final List<String> ends = new ArrayList<>();
    private final FrameContract contract;
    private final EmulatedSession session;

    private VirtualCall(Doubles.ScriptedBrain brain, EmulatorSettings settings, FaultScript faults, boolean checked) {
        this(brain, settings, faults, checked, false);
    }

    private VirtualCall(
            Doubles.ScriptedBrain brain, EmulatorSettings settings, FaultScript faults, boolean checked, boolean beta) {
        this.brain = brain;
        this.contract = new FrameContract(beta ? "beta" : "ga");
        this.session = EmulatedSession.create(
                settings,
                timeline,
                SessionPlan.realtime("gpt-realtime"),
                1,
                faults,
                new EventSink() {
                    @Override
                    public void frame(String json) {
                        frames.add(json);
                        if (checked) {
                            events.add(contract.check(json));
                        }
                    }

                    @Override
                    public void close(int code, String reason) {
                        ends.add(code + " " + reason);
                    }

                    @Override
                    public void drop() {
                        ends.add("dropped");
                    }

                    @Override
                    public void breakDown(Breakdown how) {
                        ends.add("broken " + how);
                    }
                },
                beta);
        session.open();
    }

    static VirtualCall open(Doubles.ScriptedBrain brain) {
        return open(brain, settings -> settings, FaultScript.none());
    }

    static VirtualCall open(Doubles.ScriptedBrain brain, UnaryOperator<EmulatorSettings> change, FaultScript faults) {
        return new VirtualCall(brain, change.apply(settings(brain)), faults, true);
    }

    /** A call whose client speaks the beta dialect. */
    static VirtualCall openBeta(Doubles.ScriptedBrain brain, FaultScript faults) {
        return openBeta(brain, settings -> settings, faults);
    }

    /** A call whose client speaks the beta dialect. */
    static VirtualCall openBeta(
            Doubles.ScriptedBrain brain, UnaryOperator<EmulatorSettings> change, FaultScript faults) {
        return new VirtualCall(brain, change.apply(settings(brain)), faults, true, true);
    }

    /** A call that sends frames the contract does not allow, on purpose. */
    static VirtualCall openUnchecked(FaultScript faults) {
        Doubles.ScriptedBrain brain = new Doubles.ScriptedBrain();
        return new VirtualCall(brain, settings(brain), faults, false);
    }

    static EmulatorSettings settings(Brain brain) {
        return EmulatorSettings.of(brain, Doubles.tones(), Doubles.hearing("hello there"))
                .withZone(ZoneId.of("Europe/Berlin"));
    }

    /** Itself, for what replays traces. */
    TraceReplay.Client client() {
        return new TraceReplay.Client() {
            @Override
            public List<JsonNode> events() {
                return events;
            }

            @Override
            public void send(String json) {
                sendExactly(json);
            }

            @Override
            public void hear(short[] samples) {
                VirtualCall.this.hear(samples);
            }

            @Override
            public void runWhile(BooleanSupplier condition) {
                timeline.runWhile(condition);
            }

            @Override
            public void advance(Duration time) {
                timeline.advance(time);
            }
        };
    }

    VirtualCall send(String json) {
        session.receive(json.replace('\'', '"'));
        return this;
    }

    VirtualCall sendExactly(String json) {
        session.receive(json);
        return this;
    }

    VirtualCall sendBinary() {
        session.receiveBinary();
        return this;
    }

    /** The client is gone. */
    VirtualCall disconnect() {
        session.disconnected();
        return this;
    }

    VirtualCall hear(short[] samples) {
        return hear(AudioFormat.PCM16_24KHZ, samples);
    }

    VirtualCall hear(AudioFormat format, short[] samples) {
        String audio = Base64.getEncoder().encodeToString(AudioCodec.encode(format, samples));
        return send("{'type':'input_audio_buffer.append','audio':'" + audio + "'}");
    }

    VirtualCall run() {
        timeline.runUntilIdle();
        return this;
    }

    VirtualCall userSays(String text) {
        return send("{'type':'conversation.item.create','item':{'type':'message','role':'user','content':"
                + "[{'type':'input_text','text':'" + text + "'}]}}");
    }

    VirtualCall respond() {
        return send("{'type':'response.create'}");
    }

    /** Runs until the newest event has this type. */
    VirtualCall runUntil(String type) {
        timeline.runWhile(() -> types().stream().noneMatch(type::equals));
        return this;
    }

    List<String> types() {
        return events.stream().map(event -> event.path("type").asString("")).toList();
    }

    /** The types since the last call of {@link #forget}. */
    void forget() {
        events.clear();
    }

    JsonNode last() {
        return events.getLast();
    }

    JsonNode last(String type) {
        return all(type).getLast();
    }

    List<JsonNode> all(String type) {
        return events.stream()
                .filter(event -> event.path("type").asString("").equals(type))
                .toList();
    }

    JsonNode lastError() {
        return last("error").path("error");
    }
}
