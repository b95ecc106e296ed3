package dev.antiphon.tool;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ToolMetersTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final ToolMeters meters = new ToolMeters(registry);

    private static ToolLoad.OfTool tool(ToolLoad.BreakerState breaker) {
        return new ToolLoad.OfTool(
                new ToolLoad.Places(3, 4), breaker, new ToolLoad.Counts(10, 9, 8, 7, 6, 5, 4, 3, 2, 1));
    }

    private static ToolLoad load(Map<String, ToolLoad.OfTool> tools) {
        return new ToolLoad(tools, new ToolLoad.Places(1, 2), 0);
    }

    private double gauge(String meter) {
        return registry.get(meter).tag("tool", "search").gauge().value();
    }

    private double counter(String meter) {
        return registry.get(meter).tag("tool", "search").functionCounter().count();
    }

    @Test
    void whatThePoolIsDoingIsShownPerTool() {
        meters.show(load(Map.of("search", tool(ToolLoad.BreakerState.CLOSED))));

        assertThat(gauge("voice.tool.running")).isEqualTo(3);
        assertThat(gauge("voice.tool.waiting")).isEqualTo(4);
        assertThat(counter("voice.tool.cached")).isEqualTo(5);
        assertThat(counter("voice.tool.joined")).isEqualTo(4);
        assertThat(counter("voice.tool.replayed")).isEqualTo(3);
        assertThat(counter("voice.tool.retried")).isEqualTo(2);
        assertThat(counter("voice.tool.late")).isEqualTo(1);
        assertThat(registry.get("voice.effect.running").gauge().value()).isEqualTo(1);
        assertThat(registry.get("voice.effect.waiting").gauge().value()).isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource({"CLOSED,0", "HALF_OPEN,1", "OPEN,2"})
    void aBreakerIsANumber(ToolLoad.BreakerState state, int number) {
        meters.show(load(Map.of("search", tool(ToolLoad.BreakerState.CLOSED))));
        meters.show(load(Map.of("search", tool(state))));
        assertThat(gauge("voice.tool.breaker")).isEqualTo(number);
    }

    @Test
    void aToolWithoutABreakerHasNoGaugeOfOne() {
        meters.show(load(Map.of("search", tool(ToolLoad.BreakerState.NONE))));
        assertThat(registry.find("voice.tool.breaker").meters()).isEmpty();
    }

    @Test
    void thereAreNoMoreThanTwoHundredTools() {
        Map<String, ToolLoad.OfTool> many = new HashMap<>();
        for (int i = 0; i < 300; i++) {
            many.put("tool" + i, tool(ToolLoad.BreakerState.NONE));
        }
        meters.show(load(many));
        meters.show(load(Map.of("one_more", tool(ToolLoad.BreakerState.NONE))));

        assertThat(registry.find("voice.tool.running").meters()).hasSize(200);
        assertThat(registry.getMeters().stream().map(Meter::getId).map(id -> id.getTag("tool")))
                .doesNotContainAnyElementsOf(List.of("one_more"));
    }
}
