package dev.antiphon.server.ops;

import dev.antiphon.experiment.Arm;
import dev.antiphon.experiment.Assigner;
import dev.antiphon.experiment.Experiment;
import dev.antiphon.experiment.Treatment;
import dev.antiphon.handover.HandoverResult;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Money;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.realtime.TranscriptionUsage;
import dev.antiphon.realtime.Usage;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.ExperimentMeters;
import dev.antiphon.server.experiment.ExperimentSettings;
import dev.antiphon.session.CallCost;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionEvent.BilledPart;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.TurnTimeline;
import dev.antiphon.telemetry.RouterMeters;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.tier.RouterDecision;
import dev.antiphon.tier.Rung;
import dev.antiphon.tier.Struggle;
import dev.antiphon.tier.TierDecision;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** The meters of what does not happen in a good call: facts made by hand, given to the code that exports meters. */
public final class TroubleFacts {
    private static final SessionId CALL = new SessionId("sess_made_by_hand");
    private static final Instant AT = Instant.EPOCH;

    private TroubleFacts() {}

    /** As Prometheus scrapes them. */
    public static String scraped() {
        PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        SessionObserver meters = new SessionMeters(registry);
        List.<SessionEvent>of(
                        new SessionEvent.SessionStarted(CALL, AT, "flow", "v1", "mini", "model"),
                        new SessionEvent.TurnAnswered(
                                CALL,
                                AT,
                                "mini",
                                new TurnTimeline(Map.of(TurnTimeline.Part.MODEL, Duration.ofMillis(700)), false)),
                        new SessionEvent.DialogMoved(
                                CALL, AT, new Conversation.View("date", Map.of(), Optional.empty())),
                        new SessionEvent.Struggled(CALL, AT, new Struggle(Struggle.Signal.NO_MATCH, "date")),
                        new SessionEvent.Struggled(CALL, AT, new Struggle(Struggle.Signal.NO_INPUT, "date")),
                        new SessionEvent.BargedIn(CALL, AT, "u", Duration.ofSeconds(1), Duration.ofMillis(90)),
                        new SessionEvent.ToolSettled(CALL, AT, "c", "tool", false, "failed", "", Duration.ofSeconds(1)),
                        new SessionEvent.ResponseBilled(
                                CALL, AT, "mini", 1, new Usage(9, 9, 0, 1, 1, 0, 1, 1), Money.usd("0.01")),
                        new SessionEvent.TranscriptionBilled(
                                CALL,
                                AT,
                                "mini",
                                1,
                                "ears",
                                new TranscriptionUsage.Audio(Duration.ofSeconds(1)),
                                Money.usd("0.01")),
                        new SessionEvent.UsageUnknown(CALL, AT, "mini", BilledPart.MODEL, "not told"),
                        new SessionEvent.TierDecided(
                                CALL,
                                AT,
                                new TierDecision(
                                        "mini",
                                        Optional.of("full"),
                                        Optional.of(new Rung.LargerModel()),
                                        3,
                                        "struggle",
                                        Optional.empty(),
                                        List.of())),
                        new SessionEvent.ConnectionRenewed(CALL, AT, "mini"),
                        new SessionEvent.ConnectionTroubled(CALL, AT, "mini", "lost"),
                        new SessionEvent.EndpointChanged(CALL, AT, "mini", "one", "other", "host:1"),
                        new SessionEvent.ExperimentEntered(CALL, AT, "voice", "b", "00ff"),
                        new SessionEvent.HandoverSettled(
                                CALL, AT, "desk", new HandoverResult.NoAnswer(), Duration.ofSeconds(1)),
                        new SessionEvent.SessionEnded(
                                CALL,
                                AT,
                                "flow",
                                "mini",
                                new Outcome.Failed("the line broke"),
                                Duration.ofSeconds(9),
                                1,
                                Usage.NONE,
                                CallCost.NONE))
                .forEach(meters::on);
        routerAcrossCalls(registry);
        units(registry);
        return registry.scrape();
    }

    private static void routerAcrossCalls(PrometheusMeterRegistry registry) {
        RouterMeters router = new RouterMeters(registry);
        router.measured("flow", "mini", RouterDecision.State.OPEN, 2_100);
        router.decided(new RouterDecision(
                AT,
                "flow",
                "mini",
                RouterDecision.Kind.ESCALATED,
                RouterDecision.State.CLOSED,
                RouterDecision.State.OPEN,
                2_100,
                90,
                "made by hand"));
        router.guarded("flow", "mini", 200);
    }

    private static void units(PrometheusMeterRegistry registry) {
        Experiment experiment = Experiment.of(
                "voice",
                draft -> draft.arms(List.of(new Arm("a", 0.5, Treatment.NONE), new Arm("b", 0.5, Treatment.NONE))));
        ExperimentSettings settings =
                ExperimentSettings.inMemory(List.of(experiment), new Assigner("a key for tests only"));
        TierLadder ladder = new TierLadder(List.of(new Tier(
                "mini",
                new ModelEndpoint("test", "mini", URI.create("ws://127.0.0.1:1/"), Map.of(), List.of()),
                PriceCard.of("1", "0", "2", "0", "0", "0", "0", "0"))));
        ExperimentMeters.register(registry, ExperimentDesk.open(settings, ladder, Set.of(), InstantSource.fixed(AT)));
    }
}
