package dev.antiphon.testkit.emulator;

import dev.antiphon.testkit.emulator.EmulatedCall.Kind;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import tools.jackson.databind.JsonNode;

/** The calls of one emulator: telephone calls that ring, browser calls that were offered. Thread-safe. */
final class Calls {
    /** Calls that ended are remembered so that a late request is told what became of them. */
    private static final int MAX_REMEMBERED = 10_000;

    private final EmulatorSettings settings;
    private final Supplier<? extends Timeline> timelines;
    private final AtomicLong sessionNumbers;
    private final InstantSource clock;
    private final Ids ids;
    private final WebhookSender webhook;
    private final Map<String, EmulatedCall> calls = new LinkedHashMap<>();

    Calls(
            EmulatorSettings settings,
            Supplier<? extends Timeline> timelines,
            AtomicLong sessionNumbers,
            InstantSource clock) {
        this.settings = settings;
        this.timelines = timelines;
        this.sessionNumbers = sessionNumbers;
        this.clock = clock;
        this.ids = new Ids(new SplittableRandom(settings.seed() ^ 0xCA11L));
        this.webhook = new WebhookSender(settings.webhook());
    }

    /** Begins a telephone call and tells the webhook; done when that has answered. */
    CompletableFuture<IncomingCall.Rung> ring(IncomingCall incoming) {
        EmulatedCall call = add(Kind.SIP);
        String eventId = nextEventId();
        return webhook.send(eventId, call.id(), incoming, clock.instant())
                .thenApply(delivery -> new IncomingCall.Rung(call.id(), delivery));
    }

    /** Begins a browser call, which is active at once. */
    EmulatedCall offered(SessionPlan plan) {
        EmulatedCall call = add(Kind.WEBRTC);
        accept(call, plan);
        return call;
    }

    /** Takes a call that rings; false when it does not. */
    boolean accept(EmulatedCall call, SessionPlan plan) {
        return call.accept(() -> session(call, plan));
    }

    /** Reads a session object as {@link SessionPlan#read}. */
    synchronized SessionPlan.Reading plan(JsonNode session) {
        return SessionPlan.read(session, ids.session(), clock.instant(), settings.dialects());
    }

    synchronized Optional<EmulatedCall> find(String id) {
        return Optional.ofNullable(calls.get(id));
    }

    /** All of them, oldest first. */
    synchronized List<EmulatedCall> all() {
        return List.copyOf(calls.values());
    }

    void endAll() {
        all().forEach(call -> call.abandon("the emulator is shutting down"));
        webhook.close();
    }

    private synchronized EmulatedCall add(Kind kind) {
        if (calls.size() >= MAX_REMEMBERED) {
            calls.values().stream()
                    .filter(old -> old.state() instanceof EmulatedCall.State.Ended)
                    .findFirst()
                    .ifPresent(old -> calls.remove(old.id()));
        }
        EmulatedCall call = new EmulatedCall(ids.mediaCall(), kind);
        calls.put(call.id(), call);
        return call;
    }

    private synchronized String nextEventId() {
        return ids.webhookEvent();
    }

    private CallSession session(EmulatedCall call, SessionPlan plan) {
        long number = sessionNumbers.incrementAndGet();
        Timeline timeline = timelines.get();
        Sidebands sidebands = new Sidebands(call::ended);
        EmulatedSession session = EmulatedSession.create(
                settings, timeline, plan, number, settings.faults().forSession(number, plan.model()), sidebands, false);
        return new CallSession(session, timeline, sidebands);
    }
}
