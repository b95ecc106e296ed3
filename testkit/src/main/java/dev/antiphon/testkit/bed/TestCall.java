package dev.antiphon.testkit.bed;

import dev.antiphon.connection.WebSocketLimits;
import dev.antiphon.connection.WebSocketLink;
import dev.antiphon.connection.WebSocketListener;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.emulator.VirtualTimeline;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * A typed call whose caller is the test: each thing the caller does is followed by all that the agent does about it, then the
 * test says what it expects. Time is virtual. A failed expectation is an {@link AssertionError} with the conversation so far.
 *
 * <p>Not thread-safe.
 */
public final class TestCall {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final Duration STEP = Duration.ofMillis(50);
    /** An agent that says nothing for so long has finished its turn. */
    private static final Duration QUIET = Duration.ofSeconds(1);

    private static final Duration PATIENCE = Duration.ofMinutes(2);

    private final VirtualTimeline timeline;
    private final Supplier<List<ModelCall>> modelCalls;
    private final WebSocketLink link;
    private final List<String> conversation = new ArrayList<>();
    private final StringBuilder said = new StringBuilder();
    private final StringBuilder saying = new StringBuilder();
    private Instant acted;
    private Instant lastEvent;
    private int callsBefore;
    private boolean responding;
    private boolean hungUp;
    private Optional<Duration> latency = Optional.empty();
    private Optional<String> end = Optional.empty();

    /** A call of a function or of a remote tool that a model made; of the latter, also one that waits for approval. */
    record ModelCall(String name, JsonNode arguments) {}

    TestCall(VirtualTimeline timeline, WebSocketTransport transport, URI agent, Supplier<List<ModelCall>> modelCalls) {
        this.timeline = timeline;
        this.modelCalls = modelCalls;
        this.acted = timeline.now();
        this.lastEvent = timeline.now();
        this.link = transport.connect(
                new WebSocketTransport.Request(
                        agent, Map.of(), List.of(), Duration.ofSeconds(10), WebSocketLimits.defaults()),
                new Ear());
        ObjectNode update = event("session.update");
        update.putObject("session")
                .put("type", "realtime")
                .putArray("output_modalities")
                .add("text");
        send(update);
        settle();
    }

    // What the caller does.

    /** The caller says this, and hears the agent out. */
    public TestCall says(String words) {
        act("Caller: " + words);
        ObjectNode create = event("conversation.item.create");
        ObjectNode item = create.putObject("item").put("type", "message").put("role", "user");
        item.putArray("content").addObject().put("type", "input_text").put("text", words);
        send(create);
        send(event("response.create"));
        settle();
        return this;
    }

    /** The caller says nothing for so long. */
    public TestCall staysSilent(Duration time) {
        act("Caller: (silent for " + time.toMillis() + " ms)");
        timeline.advance(time);
        settle();
        return this;
    }

    /** The caller hangs up. */
    public TestCall hangsUp() {
        act("Caller: (hangs up)");
        hungUp = true;
        link.close(1000, "");
        settle();
        return this;
    }

    // What is expected.

    /** Since the caller's last act the agent has said this, in upper or lower case. */
    public TestCall expectSays(String part) {
        return check(contains(part), "the agent to say \"" + part + "\"");
    }

    /** Since the caller's last act the agent has not said this. */
    public TestCall expectNotSaid(String part) {
        return check(!contains(part), "the agent not to say \"" + part + "\"");
    }

    /** Since the caller's last act the model has called this tool. */
    public TestCall expectToolCall(String tool) {
        return check(recentCalls().stream().anyMatch(call -> call.name().equals(tool)), "a call of the tool " + tool);
    }

    /** Since the caller's last act the model has called this tool with an argument; {@code pointer} as in {@code /slots/date}. */
    public TestCall expectToolCall(String tool, String pointer, String value) {
        boolean made = recentCalls().stream()
                .anyMatch(call -> call.name().equals(tool)
                        && call.arguments().at(pointer).asString("").equals(value));
        return check(made, "a call of the tool " + tool + " with " + pointer + " = " + value);
    }

    /** Since the caller's last act the model has called no tool. */
    public TestCall expectNoToolCall() {
        return check(recentCalls().isEmpty(), "no tool call");
    }

    /** The agent began to answer the caller's last words within so many milliseconds of virtual time. */
    public TestCall withinMillis(long most) {
        return check(latency.filter(time -> time.toMillis() <= most).isPresent(), "an answer within " + most + " ms");
    }

    /** The call has ended so; a caller that hangs up has abandoned it. */
    public TestCall expectOutcome(ExpectedOutcome outcome) {
        Optional<String> told = hungUp ? Optional.of(ExpectedOutcome.ABANDONED.wireName()) : end;
        return check(told.equals(Optional.of(outcome.wireName())), "the outcome " + outcome.wireName());
    }

    /** The call goes on. */
    public TestCall expectGoesOn() {
        return check(end.isEmpty() && !hungUp, "the call to go on");
    }

    /** What the agent has said since the caller's last act. */
    public String said() {
        return said.toString().strip();
    }

    /** How long the agent took to begin its answer to the caller's last words; empty when it said nothing. */
    public Optional<Duration> latency() {
        return latency;
    }

    private boolean contains(String part) {
        return said().toLowerCase(Locale.ROOT).contains(part.toLowerCase(Locale.ROOT));
    }

    private List<ModelCall> recentCalls() {
        List<ModelCall> all = modelCalls.get();
        return all.subList(callsBefore, all.size());
    }

    private TestCall check(boolean holds, String expected) {
        if (holds) {
            return this;
        }
        String calls = recentCalls().isEmpty() ? "none" : recentCalls().toString();
        throw new AssertionError("expected " + expected + ", but the agent said \"" + said() + "\" after "
                + latency.map(time -> time.toMillis() + " ms").orElse("no answer") + "; tool calls: " + calls
                + "; the call " + end.map(reason -> "ended as " + reason).orElse("goes on")
                + "\nThe conversation:\n  " + String.join("\n  ", conversation));
    }

    // The line.

    private void act(String what) {
        conversation.add(what);
        said.setLength(0);
        latency = Optional.empty();
        acted = timeline.now();
        lastEvent = timeline.now();
        callsBefore = modelCalls.get().size();
    }

    private void settle() {
        Instant limit = timeline.now().plus(PATIENCE);
        lastEvent = timeline.now();
        while (end.isEmpty() && (responding || timeline.now().isBefore(lastEvent.plus(QUIET)))) {
            if (timeline.now().isAfter(limit)) {
                throw new AssertionError("expected the agent to finish within " + PATIENCE
                        + ", but it is still busy\nThe conversation:\n  " + String.join("\n  ", conversation));
            }
            timeline.advance(STEP);
        }
    }

    private void onEvent(JsonNode event) {
        switch (event.path("type").asString("")) {
            case "response.created" -> responding = true;
            case "response.output_text.delta" -> {
                if (latency.isEmpty()) {
                    latency = Optional.of(Duration.between(acted, timeline.now()));
                }
                saying.append(event.path("delta").asString(""));
            }
            case "response.done" -> {
                responding = false;
                if (!saying.isEmpty()) {
                    conversation.add("Agent: " + saying);
                    said.append(saying).append(' ');
                    saying.setLength(0);
                }
            }
            case "error" ->
                conversation.add(
                        "(error) " + event.path("error").path("message").asString(""));
            default -> {
                return;
            }
        }
        lastEvent = timeline.now();
    }

    private void send(ObjectNode event) {
        link.send(ByteBuffer.wrap(JSON.writeValueAsBytes(event)));
    }

    private static ObjectNode event(String type) {
        return JsonNodeFactory.instance.objectNode().put("type", type);
    }

    private final class Ear implements WebSocketListener {
        @Override
        public void onOpen(Optional<String> subprotocol) {}

        @Override
        public void onText(ByteBuffer utf8) {
            onEvent(JSON.readTree(StandardCharsets.UTF_8.decode(utf8).toString()));
        }

        @Override
        public void onBinary(ByteBuffer content) {}

        @Override
        public void onClosed(int code, String reason) {
            end = Optional.of(reason);
            conversation.add("(closed with " + code + " " + reason + ")");
        }

        @Override
        public void onRefused(Refusal refusal) {
            end = Optional.of("refused: " + refusal.detail());
            conversation.add("(refused: " + refusal.detail() + ")");
        }
    }
}
