package dev.antiphon.benchmarks.load;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.PriceCard;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.session.CallClock;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.PromptConversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.telemetry.SessionMeters;
import dev.antiphon.tier.EscalationPolicy;
import dev.antiphon.tool.Tool;
import dev.antiphon.tool.ToolPolicy.Duplicates;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** The agent that every peer of the bench runs: a restaurant's phone with one tool. */
final class Agent {
    private static final String INSTRUCTIONS = "You answer the phone for a small restaurant. Be brief and polite. "
            + "Look up availability before you offer a time.";

    /** The tool only looks into memory, and the bench lets every session ask at the same moment. */
    private static final int AT_ONCE = 64;

    private static final int WAITING = 10_000;

    /** What the tool is asked. */
    record Query(String date, @JsonProperty("party_size") int partySize, String nonce) {}

    /** What it answers. */
    record Availability(
            boolean available,
            String date,
            @JsonProperty("party_size") int partySize,
            List<String> slots,
            String nonce) {}

    private final TierLadder ladder;
    private final ToolInvoker tools;
    private final WebSocketTransport transport;
    private final SessionSettings settings;
    private final SessionMeters meters = new SessionMeters(new SimpleMeterRegistry());

    Agent(URI url, ToolInvoker tools, WebSocketTransport transport, SessionSettings settings) {
        this.ladder = new TierLadder(List.of(new Tier(
                "full",
                new ModelEndpoint(
                        "bench",
                        "gpt-realtime",
                        URI.create(url + "?model=gpt-realtime"),
                        Map.of("Authorization", "Bearer bench"),
                        List.of()),
                PriceCard.of("4", "0.40", "16", "32", "0.40", "64", "5", "0.50"))));
        this.tools = tools;
        this.transport = transport;
        this.settings = settings;
    }

    static Tool<Query, Availability> lookup(LoadStats stats, Optional<Stages> stages) {
        return Tool.of(
                        "lookup_availability",
                        "Looks up free tables for a date and a party size.",
                        Query.class,
                        query -> {
                            stages.ifPresent(each -> each.toolBegins(query.nonce()));
                            stats.toolCalled();
                            Availability answer = new Availability(
                                    true,
                                    query.date(),
                                    query.partySize(),
                                    List.of("18:00", "19:30", "21:15"),
                                    query.nonce());
                            stages.ifPresent(each -> each.toolEnds(query.nonce()));
                            return answer;
                        })
                .with(policy -> policy.readOnly().duplicates(Duplicates.RUN).bulkhead(AT_ONCE, WAITING));
    }

    /** Calls that wait for the server to act: nobody is asked whether they are still there. */
    static SessionSettings patient() {
        return SessionSettings.defaults().withSilence(Duration.ofHours(1), 3);
    }

    CallSetup call(String id, CallerChannel caller) {
        return new CallSetup(
                new SessionId(id),
                new PromptConversation("restaurant", INSTRUCTIONS, Optional.empty()),
                ladder,
                ladder.lowest(),
                EscalationPolicy.never(),
                settings,
                caller,
                tools,
                meters,
                transport,
                new Endpoints(new SplittableRandom(1)),
                CallClock.system());
    }
}
