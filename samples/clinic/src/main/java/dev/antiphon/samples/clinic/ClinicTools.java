package dev.antiphon.samples.clinic;

import dev.antiphon.tool.ToolPool;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolSources;
import dev.antiphon.tool.mcp.McpTools;
import java.time.InstantSource;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import org.apache.pekko.actor.typed.ActorSystem;

/**
 * What the model may ask besides the flow, one tool of each kind: in Java, of an HTTP service with an OpenAPI document, and of an
 * MCP server. {@link ClinicFlow} offers them.
 */
final class ClinicTools {
    private static final String PHARMACIES = "pharmacies";

    private ClinicTools() {}

    /**
     * Starts them in a pool; they end with the system.
     *
     * @throws dev.antiphon.tool.UnusableToolSource when the service or the server cannot start
     */
    static ToolPool start(ActorSystem<?> system, ToolSources sources, ToolPoolSettings settings) {
        return sources.startPool(system, List.of(PriceList.tool()), settings);
    }

    /** The car park and the pharmacies. */
    static ToolSources sources(InstantSource clock, ZoneId zone) {
        return ToolSources.of(
                () -> ParkingService.start(() -> freeAt(LocalTime.ofInstant(clock.instant(), zone))),
                () -> pharmacies(PharmacyServer.command()));
    }

    static McpTools pharmacies(List<String> command) {
        return McpTools.stdio(PHARMACIES, command, options -> options.allow("pharmacy_on_duty"));
    }

    /** Simulated: most spaces are taken while the clinic is open. */
    private static int freeAt(LocalTime now) {
        boolean open = now.getHour() >= 9 && now.getHour() < 17;
        return open ? ParkingService.SPACES - 10 - now.getMinute() / 6 : ParkingService.SPACES - 2;
    }
}
