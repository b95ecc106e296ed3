package dev.antiphon.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.realtime.ClientEvent;
import dev.antiphon.realtime.Item;
import dev.antiphon.realtime.Response;
import dev.antiphon.realtime.ServerEvent;
import dev.antiphon.realtime.ToolChoice;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

/** A session with a random caller, model, tools and timers that keep to the protocol, and the guarantees that hold in each. */
final class RandomSession {
    private RandomSession() {}

    /** A model that keeps to the protocol and remembers whether the client did. */
    private static final class Model {
        private final Turns call;
        private final Random random;
        private final Map<String, Integer> outputs = new HashMap<>();
        private final Map<String, Long> receivedMs = new HashMap<>();
        private final List<String> openCalls = new ArrayList<>();
        private final Set<TurnTimer> armed = EnumSet.noneOf(TurnTimer.class);
        private boolean up = true;
        private boolean gaveUp;
        private boolean reliable;
        private boolean asked;
        private boolean active;
        private boolean cancelled;
        private boolean mustBeSilent;
        private int responses;
        private int calls;
        private int seen;

        Model(Turns call, Random random) {
            this.call = call;
            this.random = random;
        }

        /** Reads what the client sent since the last time. */
        void read() {
            for (; seen < call.effects.size(); seen++) {
                switch (call.effects.get(seen)) {
                    case TurnEffect.Send send -> take(send.event());
                    case TurnEffect.Deliver deliver -> {
                        if (deliver.signal() instanceof CallerChannel.Signal.UtteranceStarted) {
                            assertThat(mustBeSilent)
                                    .as("words of a response that has to call")
                                    .isFalse();
                        }
                    }
                    case TurnEffect.Arm arm -> armed.add(arm.timer());
                    case TurnEffect.Disarm disarm -> armed.remove(disarm.timer());
                    case TurnEffect.GiveUpLine ignored -> gaveUp = true;
                    case TurnEffect ignored -> {}
                }
            }
        }

        private void take(ClientEvent event) {
            assertThat(up).as("something was sent while there was no line").isTrue();
            switch (event) {
                case ClientEvent.ResponseCreate create -> {
                    assertThat(asked || active)
                            .as("a response.create while one is in flight")
                            .isFalse();
                    asked = true;
                    mustBeSilent = create.response().toolChoice().equals(Optional.of(ToolChoice.REQUIRED));
                }
                case ClientEvent.ResponseCancel ignored -> cancelled = active;
                case ClientEvent.ItemCreate create -> {
                    if (create.item() instanceof Item.FunctionCallOutput output) {
                        outputs.merge(output.callId(), 1, Integer::sum);
                        assertThat(outputs.get(output.callId()))
                                .as("outputs of one call")
                                .isEqualTo(1);
                    }
                }
                case ClientEvent.ItemTruncate truncate -> {
                    assertThat(truncate.audioEnd().toMillis())
                            .isPositive()
                            .isLessThanOrEqualTo(receivedMs.getOrDefault(truncate.itemId(), 0L));
                }
                case ClientEvent ignored -> {}
            }
        }

        /** Fires a timer that runs. */
        void fires(TurnTimer timer) {
            if (armed.remove(timer)) {
                call.in(new TurnInput.TimerFired(timer));
            }
        }

        /** Nobody is left hanging: something is under way, or a timer will wake the call. */
        void assertSomebodysTurn() {
            if (up && !call.state.finished() && !call.state.callerSpeaking() && openCalls.isEmpty()) {
                assertThat(asked
                                || active
                                || !call.state.calls().isEmpty()
                                || armed.contains(TurnTimer.SILENCE)
                                || armed.contains(TurnTimer.FAREWELL))
                        .as("a call that nothing will wake: %s", call.state)
                        .isTrue();
            }
            if (call.state.callerSpeaking()) {
                assertThat(armed).contains(TurnTimer.FLOOR);
            }
            if (up && !call.state.gate().isIdle()) {
                assertThat(armed).contains(TurnTimer.RESPONSE);
            }
        }

        /** The line is gone, and with it what was asked and what was called. */
        void drops() {
            up = false;
            gaveUp = false;
            asked = false;
            active = false;
            cancelled = false;
            receivedMs.clear();
            call.in(new TurnInput.LineLost());
        }

        /** Another line, to a model that knows nothing. */
        void returns() {
            up = true;
            call.in(new TurnInput.LineChanged());
        }

        /** Makes one move. */
        void move() {
            if (!up) {
                return;
            }
            if (asked) {
                asked = false;
                active = true;
                responses++;
                call.responseBegins("r" + responses);
            } else if (active) {
                generate();
            }
        }

        private void generate() {
            String response = "r" + responses;
            String item = "a" + responses;
            if (cancelled || random.nextInt(3) == 0) {
                active = false;
                Response.Status how = cancelled
                        ? new Response.Status.Cancelled("client_cancelled")
                        : !reliable && random.nextInt(4) == 0
                                ? new Response.Status.Failed(Turns.error("server_error"))
                                : new Response.Status.Completed();
                cancelled = false;
                call.responseEnds(response, how);
            } else if (random.nextBoolean()) {
                call.utteranceBegins(response, item).speaks(response, item, "words", Duration.ofMillis(400));
                receivedMs.merge(item, 400L, Long::sum);
                call.utteranceEnds(response, item, Item.Status.COMPLETED);
            } else {
                String callId = "c" + responses + "_" + calls++;
                openCalls.add(callId);
                call.calls(response, callId, random.nextBoolean() ? "weather" : Turns.OWN_TOOL);
            }
        }
    }

    /** Runs one to its end and gives what happened in it. */
    static Turns run(long seed, boolean considered, Conduct conduct) {
        Random random = new Random(seed);
        SessionSettings settings = SessionSettings.defaults().withConduct(conduct);
        Turns call = Turns.connected(considered ? settings.withBargeIn(BargeIn.considered(Locale.ENGLISH)) : settings);
        Model model = new Model(call, random);
        List<String> unanswered = new ArrayList<>();
        boolean speaking = false;
        for (int i = 0; i < 120; i++) {
            call.passes(Duration.ofMillis(random.nextInt(300)));
            switch (random.nextInt(16)) {
                case 0 -> call.in(new TurnInput.CallerTyped("text"));
                case 1 -> {
                    if (speaking) {
                        call.callerStops("u" + i, call.nowNanos);
                    } else {
                        call.callerSpeaks("u" + i);
                    }
                    speaking = !speaking;
                }
                case 2 ->
                    call.in(new TurnInput.SayWanted(new Conversation.Speech("line", false, random.nextInt(3) > 0)));
                case 9 -> model.fires(TurnTimer.OVERLAP);
                case 10 -> model.fires(TurnTimer.TRANSCRIPT);
                case 11 ->
                    call.in(ServerEvent.InputTranscriptCompleted.of(
                            "e", "u" + random.nextInt(i + 1), random.nextBoolean() ? "mhm" : "stop"));
                case 3 ->
                    call.in(new TurnInput.CallerPlayed(
                            "a" + model.responses, Duration.ofMillis(random.nextInt(900)), random.nextBoolean()));
                case 4 -> call.in(new TurnInput.TimerFired(TurnTimer.HEARD));
                case 5 -> call.in(new TurnInput.CallerInterrupted());
                case 7 -> model.fires(TurnTimer.SILENCE);
                case 8 -> {
                    if (random.nextInt(6) == 0) {
                        model.fires(TurnTimer.FLOOR);
                        speaking = speaking && call.state.callerSpeaking();
                    }
                }
                case 6 -> {
                    if (!model.up) {
                        model.returns();
                    } else if (random.nextInt(4) == 0) {
                        model.drops();
                        speaking = false;
                    }
                }
                default -> model.move();
            }
            model.read();
            if (model.gaveUp) {
                model.drops();
                speaking = false;
                model.read();
            }
            unanswered.addAll(model.openCalls);
            model.openCalls.clear();
            speaking = speaking && call.state.callerSpeaking();
            model.assertSomebodysTurn();
            if (call.state.finished()) {
                return call;
            }
            if (!unanswered.isEmpty() && random.nextBoolean()) {
                call.in(new TurnInput.CallAnswered(unanswered.remove(random.nextInt(unanswered.size())), "{}"));
                model.read();
            }
        }
        model.reliable = true;
        if (!model.up) {
            model.returns();
        }
        List<String> all = new ArrayList<>(unanswered);
        all.forEach(id -> call.in(new TurnInput.CallAnswered(id, "{}")));
        if (speaking) {
            call.callerStops("last", call.nowNanos);
        }
        model.read();
        model.fires(TurnTimer.OVERLAP);
        for (int i = 0; i < 200 && !(TurnMachine.atBoundary(call.state) && !model.asked && !model.active); i++) {
            model.read();
            model.move();
            model.openCalls.forEach(id -> call.in(new TurnInput.CallAnswered(id, "{}")));
            model.openCalls.clear();
        }
        model.read();
        assertThat(TurnMachine.atBoundary(call.state))
                .as("the call comes to rest")
                .isTrue();
        call.out(TurnEffect.CallTool.class)
                .forEach(tool -> assertThat(model.outputs).containsEntry(tool.callId(), 1));
        return call;
    }
}
