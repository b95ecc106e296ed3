package dev.antiphon.server.console;

import dev.antiphon.admission.AdmissionState;
import dev.antiphon.admission.DaySpend;
import dev.antiphon.admission.ServiceLimit;
import dev.antiphon.connection.EndpointState;
import dev.antiphon.connection.Endpoints;
import dev.antiphon.model.Allowance;
import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.Tier;
import dev.antiphon.model.TierLadder;
import dev.antiphon.server.store.StoreState;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** How the services of the models are and how much of the budget is in use, as JSON for operators; without credentials. */
final class ServiceJson {
    private ServiceJson() {}

    /** Whether each tier has a place that is well. */
    static boolean isWell(TierLadder ladder, Endpoints endpoints) {
        return ladder.tiers().stream()
                .allMatch(tier -> tier.places().stream()
                        .anyMatch(place -> endpoints.state(place.endpoint()).isWell()));
    }

    /** Every place of the ladder. */
    static ArrayNode endpoints(TierLadder ladder, Endpoints endpoints, Instant now) {
        ArrayNode list = JsonNodeFactory.instance.arrayNode();
        for (ModelEndpoint endpoint : ladder.endpoints()) {
            EndpointState state = endpoints.state(endpoint);
            ObjectNode node = list.addObject()
                    .put("provider", endpoint.provider())
                    .put("model", endpoint.model())
                    .put("address", endpoint.address())
                    .put("state", state.name(now));
            ArrayNode tiers = node.putArray("tiers");
            ladder.tiers().stream()
                    .filter(tier -> tier.places().stream()
                            .anyMatch(place -> place.endpoint().equals(endpoint)))
                    .map(Tier::name)
                    .forEach(tiers::add);
            state.reason().ifPresent(reason -> node.put("reason", reason));
            state.until(now).ifPresent(until -> node.put("until", until.toString()));
        }
        return list;
    }

    /** The budget, the queue, and why the next call would not be answered. */
    static ObjectNode admission(AdmissionState state) {
        ObjectNode node = JsonNodeFactory.instance.objectNode();
        node.put("calls", state.calls()).put("waiting", state.waiting());
        boolean queue = state.settings().longestWait().isPositive();
        node.put("may_wait", queue ? state.settings().mostWaiting() : 0);
        node.put("longest_wait_ms", state.settings().longestWait().toMillis());
        Allowance allowance = state.settings().allowance();
        ArrayNode budget = node.putArray("budget");
        budget(budget, "sessions", state.calls(), allowance.sessions());
        budget(budget, "requests_per_minute", state.requestsPerMinute(), allowance.requestsPerMinute());
        budget(budget, "tokens_per_minute", state.tokensPerMinute(), allowance.tokensPerMinute());
        state.usedUp().ifPresent(limit -> node.set("used_up", usedUp(limit)));
        state.full().ifPresent(reason -> node.put("full", reason));
        state.day().ifPresent(day -> node.set("day", day(day)));
        return node;
    }

    private static void budget(ArrayNode list, String name, double used, Optional<Integer> limit) {
        ObjectNode node = list.addObject().put("name", name).put("used", Math.round(used));
        limit.ifPresent(most -> node.put("limit", most));
    }

    private static ObjectNode day(DaySpend day) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("spent_usd", day.spent().usd())
                .put("cap_usd", day.cap().most().usd())
                .put("level", day.level().name().toLowerCase(Locale.ROOT))
                .put("action", day.action().name().toLowerCase(Locale.ROOT))
                .put("until", day.until().toString())
                .put("sentence", day.sentence());
    }

    private static ObjectNode usedUp(ServiceLimit limit) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("name", limit.name())
                .put("remaining", limit.remaining())
                .put("limit", limit.limit())
                .put("until", limit.until().toString());
    }

    /** How the store of calls is, without words of its address that are secret. */
    static ObjectNode store(StoreState state) {
        return JsonNodeFactory.instance
                .objectNode()
                .put("state", state.condition().name().toLowerCase(Locale.ROOT))
                .put("place", state.place())
                .put("queued", state.queued())
                .put("written", state.written())
                .put("lost", state.lost())
                .put("problem", state.problem());
    }
}
