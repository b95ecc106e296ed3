package dev.antiphon.server.cli;

import dev.antiphon.server.store.KpiJson;
import dev.antiphon.server.store.KpiQuery;
import dev.antiphon.server.store.Kpis;
import dev.antiphon.server.store.Store;
import java.io.PrintWriter;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** {@code store kpi}: the figures of the last days. */
@Command(
        name = "kpi",
        description = {
            "Print the figures of the last days: outcomes, latency, cost, slots, tools, funnel.",
            "What each is, and its SQL, is in docs/store.md."
        })
final class StoreKpiCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(names = "--days", defaultValue = "7", description = "Calls of so many days; default ${DEFAULT-VALUE}.")
    private int days;

    @Option(names = "--flow", description = "Calls of this flow only.")
    private Optional<String> flow = Optional.empty();

    @Option(names = "--tier", description = "Calls that began on this tier only.")
    private Optional<String> tier = Optional.empty();

    @Option(
            names = "--slow",
            paramLabel = "TIME",
            converter = AdmissionOptions.Time.class,
            description = "Turns that take longer are slow, for example 2s; default 1500ms.")
    private Optional<Duration> slow = Optional.empty();

    @Option(names = "--json", description = "Print one JSON object, with the figures by day besides.")
    private boolean json;

    @Override
    public Integer call() {
        if (days < 1 || days > 36_500) {
            throw CliFailure.usage("--days must be between 1 and 36500, but was " + days);
        }
        Instant now = Instant.now();
        KpiQuery all =
                KpiQuery.between(now.minus(Duration.ofDays(days)), now).withSlowTurn(slow.orElse(KpiQuery.SLOW_TURN));
        KpiQuery ofFlow = flow.map(all::ofFlow).orElse(all);
        KpiQuery asked = tier.map(ofFlow::onTier).orElse(ofFlow);
        PrintWriter out = spec.commandLine().getOut();
        try (Store read = store.toRead()) {
            Kpis kpis = read.kpis(asked);
            List<Kpis.Point> byDay = read.byDay(asked);
            if (json) {
                ObjectNode node = KpiJson.of(kpis);
                node.set("by_day", KpiJson.of(byDay));
                out.println(JsonMapper.shared().writerWithDefaultPrettyPrinter().writeValueAsString(node));
            } else {
                new KpiText(out).print(kpis);
            }
            out.flush();
            return 0;
        }
    }
}
