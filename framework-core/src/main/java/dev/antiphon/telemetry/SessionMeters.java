package dev.antiphon.telemetry;

import dev.antiphon.model.Money;
import dev.antiphon.realtime.Usage;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.DoubleStream;

/**
 * Turns facts of sessions into meters, named by {@link Names}. Thread-safe; never blocks.
 *
 * <p>Tags are bounded: names of flows, their versions, tiers, slots and tools only, at most 200 of each; never a session id, a caller, a
 * slot value or a text. Not counted here, because no fact carries it: attempts per slot, dropped audio.
 */
public final class SessionMeters implements SessionObserver {
    private static final Duration[] TURN_BUCKETS = seconds(.3, .5, .8, 1, 1.2, 1.5, 2, 3, 5, 8);
    private static final Duration[] PART_BUCKETS = seconds(.01, .05, .1, .2, .3, .5, .8, 1, 1.5, 2, 3, 5);
    private static final Duration[] STOP_BUCKETS = seconds(.05, .1, .2, .3, .5, 1);
    private static final Duration[] CALL_BUCKETS = seconds(5, 15, 30, 60, 120, 300, 600, 1200, 1800, 2700, 3600);

    private final MeterRegistry registry;
    private final OpenCalls calls = new OpenCalls();
    private final BoundedTag flows = new BoundedTag(200);
    private final BoundedTag tiers = new BoundedTag(200);
    private final BoundedTag slots = new BoundedTag(200);
    private final BoundedTag tools = new BoundedTag(200);
    private final BoundedTag versions = new BoundedTag(200);
    private final BoundedTag targets = new BoundedTag(200);
    private final BoundedTag experiments = new BoundedTag(200);
    private final BoundedTag variants = new BoundedTag(200);
    private final ConcurrentMap<Tags, AtomicInteger> active = new ConcurrentHashMap<>();
    private final ConcurrentMap<Tags, AtomicInteger> ofVersion = new ConcurrentHashMap<>();

    /** Registers meters as facts come. */
    public SessionMeters(MeterRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void on(SessionEvent event) {
        switch (event) {
            case SessionEvent.SessionStarted started -> onStarted(started);
            case SessionEvent.CallerTurnTaken taken -> {}
            case SessionEvent.CallerTranscribed transcribed -> {}
            case SessionEvent.TurnAnswered answered -> onAnswered(answered);
            case SessionEvent.AgentSaid said -> {}
            case SessionEvent.FirstHeard heard -> onFirstHeard(heard);
            case SessionEvent.BargedIn bargedIn -> onBargedIn(bargedIn);
            case SessionEvent.SpeechOverlooked overlooked ->
                count(Names.BARGEIN, flow(overlooked.session()).and(Names.KIND, "false"), 1);
            case SessionEvent.McpToolCalled called -> {}
            case SessionEvent.McpApprovalAnswered answered -> {}
            case SessionEvent.ResponseBilled billed -> onBilled(billed);
            case SessionEvent.TranscriptionBilled billed ->
                count(
                        Names.COST,
                        tier(billed.tier()).and(Names.KIND, lower(SessionEvent.BilledPart.TRANSCRIPTION.name())),
                        micros(billed.cost()));
            case SessionEvent.UsageUnknown unknown ->
                count(
                        Names.USAGE_UNKNOWN,
                        tier(unknown.tier())
                                .and(Names.KIND, lower(unknown.part().name())),
                        1);
            case SessionEvent.ToolStarted started -> {}
            case SessionEvent.ToolSettled settled -> onToolSettled(settled);
            case SessionEvent.DialogMoved moved -> onDialogMoved(moved);
            case SessionEvent.Struggled struggled -> onStruggled(struggled);
            case SessionEvent.TierDecided decided -> onTierDecided(decided);
            case SessionEvent.TierChanged changed -> onTierChanged(changed);
            case SessionEvent.ConnectionRenewed renewed -> count(Names.CONNECTION_RENEWALS, tier(renewed.tier()), 1);
            case SessionEvent.RateLimitsReported reported -> {}
            case SessionEvent.EndpointChanged changed ->
                count(
                        Names.CONNECTION_FAILOVERS,
                        tier(changed.tier()).and(Names.FROM, changed.from()).and(Names.TO, changed.to()),
                        1);
            case SessionEvent.ConnectionTroubled troubled ->
                count(Names.CONNECTION_RECONNECTS, tier(troubled.tier()), 1);
            case SessionEvent.ServiceProblem problem -> {}
            case SessionEvent.ExperimentEntered entered ->
                count(
                        Names.EXPERIMENT_EXPOSURES,
                        Tags.of(
                                Names.EXPERIMENT,
                                experiments.of(entered.experiment()),
                                Names.VARIANT,
                                variants.of(entered.variant())),
                        1);
            case SessionEvent.HandoverAsked asked -> {}
            case SessionEvent.HandoverSettled settled ->
                count(
                        Names.HANDOVER,
                        Tags.of(
                                Names.TARGET,
                                targets.of(settled.target()),
                                Names.RESULT,
                                settled.result().name()),
                        1);
            case SessionEvent.SessionEnded ended -> onEnded(ended);
        }
    }

    /** How many calls are remembered. */
    int openCalls() {
        return calls.size();
    }

    private void onStarted(SessionEvent.SessionStarted started) {
        calls.began(
                started.session(),
                new OpenCalls.Call(started.flow(), started.version(), started.tier(), started.tier(), Set.of()));
        active(started.session(), 1);
        ofVersion(started.session(), 1);
    }

    private void onAnswered(SessionEvent.TurnAnswered answered) {
        TurnTimeline timeline = answered.timeline();
        Tags tier = tier(answered.tier());
        timer(
                Names.TURN_LATENCY,
                flow(answered.session()).and(tier).and(Names.TOOL, timeline.tool() ? "yes" : "no"),
                TURN_BUCKETS,
                timeline.total());
        timeline.ordered()
                .forEach((part, took) ->
                        timer(Names.TURN_LATENCY_PART, tier.and(Names.PART, lower(part.name())), PART_BUCKETS, took));
    }

    private void onFirstHeard(SessionEvent.FirstHeard heard) {
        timer(
                Names.SESSION_FIRST_AUDIO,
                flow(heard.session())
                        .and(tier(calls.of(heard.session())
                                .map(OpenCalls.Call::tier)
                                .orElse(Names.NONE))),
                TURN_BUCKETS,
                heard.after());
    }

    private void onBargedIn(SessionEvent.BargedIn bargedIn) {
        Tags tags = flow(bargedIn.session()).and(Names.KIND, "true");
        count(Names.BARGEIN, tags, 1);
        timer(Names.BARGEIN_STOP, tags, STOP_BUCKETS, bargedIn.stopTime());
    }

    private void onBilled(SessionEvent.ResponseBilled billed) {
        Usage usage = billed.usage();
        Tags tier = tier(billed.tier());
        input(tier, "text", usage.inputTextTokens(), usage.cachedTextTokens());
        input(tier, "audio", usage.inputAudioTokens(), usage.cachedAudioTokens());
        input(tier, "image", usage.inputImageTokens(), usage.cachedImageTokens());
        tokens(tier, "output", "text", false, usage.outputTextTokens());
        tokens(tier, "output", "audio", false, usage.outputAudioTokens());
        count(Names.COST, tier.and(Names.KIND, "model"), micros(billed.cost()));
    }

    /** Not rounded: a transcription often costs less than a millionth. */
    private static double micros(Money cost) {
        return cost.usd().movePointRight(6).doubleValue();
    }

    private void input(Tags tier, String modality, int all, int cached) {
        tokens(tier, "input", modality, false, all - cached);
        tokens(tier, "input", modality, true, cached);
    }

    private void tokens(Tags tier, String direction, String modality, boolean cached, int tokens) {
        if (tokens > 0) {
            count(
                    Names.MODEL_TOKENS,
                    tier.and(
                            Names.DIRECTION, direction, Names.MODALITY, modality, Names.CACHED, String.valueOf(cached)),
                    tokens);
        }
    }

    private void onToolSettled(SessionEvent.ToolSettled settled) {
        boolean invented = settled.outcome().equals("unknown_tool");
        timer(
                Names.TOOL_DURATION,
                Tags.of(Names.TOOL, invented ? Names.OTHER : tools.of(settled.tool()), Names.RESULT, settled.outcome()),
                PART_BUCKETS,
                settled.took());
    }

    private void onDialogMoved(SessionEvent.DialogMoved moved) {
        Set<String> nameable = new HashSet<>(moved.view().slots().keySet());
        nameable.add(moved.view().step());
        calls.change(moved.session(), call -> call.with(nameable));
    }

    private void onStruggled(SessionEvent.Struggled struggled) {
        Tags tags = flow(struggled.session()).and(Names.SLOT, slot(struggled.session(), struggled.struggle()));
        switch (struggled.struggle().signal()) {
            case NO_MATCH -> count(Names.NOMATCH, tags, 1);
            case NO_INPUT -> count(Names.NOINPUT, tags, 1);
            case CORRECTION, STALLED, REPEATED_PROMPT, TOOL_ERROR, UNBACKED_CLAIM, WANTS_PERSON -> {}
        }
    }

    /** The detail may be the caller's words: it names a slot only if that one is filled or being asked. */
    private String slot(SessionId session, Struggle struggle) {
        return calls.of(session)
                .filter(call -> call.slots().contains(struggle.detail()))
                .map(call -> slots.of(struggle.detail()))
                .orElse(Names.NONE);
    }

    private void onTierDecided(SessionEvent.TierDecided decided) {
        count(
                Names.TIER_DECISIONS,
                flow(decided.session())
                        .and(tier(decided.decision().from()))
                        .and(
                                Names.DECISION,
                                decided.decision().rung().map(Rung::kind).orElse("stay")),
                1);
    }

    private void onTierChanged(SessionEvent.TierChanged changed) {
        active(changed.session(), -1);
        calls.change(changed.session(), call -> call.on(changed.to()));
        active(changed.session(), 1);
    }

    private void onEnded(SessionEvent.SessionEnded ended) {
        active(ended.session(), -1);
        ofVersion(ended.session(), -1);
        calls.ended(ended.session());
        timer(
                Names.SESSION_DURATION,
                Tags.of(Names.FLOW, flows.of(ended.flow()))
                        .and(tier(ended.tier()))
                        .and(Names.OUTCOME, ended.outcome().name()),
                CALL_BUCKETS,
                ended.duration());
    }

    private void active(SessionId session, int change) {
        calls.of(session)
                .map(call -> Tags.of(Names.FLOW, flows.of(call.flow())).and(tier(call.tier())))
                .ifPresent(
                        tags -> active.computeIfAbsent(tags, this::activeGauge).addAndGet(change));
    }

    /** Which versions are still talked to; a conversation without one is not counted. */
    private void ofVersion(SessionId session, int change) {
        calls.of(session)
                .filter(call -> !call.version().isEmpty())
                .map(call -> Tags.of(Names.FLOW, flows.of(call.flow())).and(Names.VERSION, versions.of(call.version())))
                .ifPresent(tags -> ofVersion
                        .computeIfAbsent(tags, seen -> registry.gauge(Names.FLOW_ACTIVE, seen, new AtomicInteger()))
                        .addAndGet(change));
    }

    private AtomicInteger activeGauge(Tags tags) {
        return registry.gauge(Names.SESSION_ACTIVE, tags, new AtomicInteger());
    }

    private Tags flow(SessionId session) {
        return Tags.of(Names.FLOW, flows.of(calls.flowOf(session)));
    }

    private Tags tier(String tier) {
        return Tags.of(Names.TIER, tiers.of(tier));
    }

    private void count(String name, Tags tags, double amount) {
        registry.counter(name, tags).increment(amount);
    }

    private void timer(String name, Tags tags, Duration[] buckets, Duration took) {
        Timer.builder(name)
                .tags(tags)
                .serviceLevelObjectives(buckets)
                .register(registry)
                .record(took);
    }

    private static String lower(String name) {
        return name.toLowerCase(Locale.ROOT);
    }

    private static Duration[] seconds(double... values) {
        return DoubleStream.of(values)
                .mapToObj(value -> Duration.ofMillis(Math.round(value * 1_000)))
                .toArray(Duration[]::new);
    }
}
