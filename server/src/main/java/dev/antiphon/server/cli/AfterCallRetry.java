package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code after-call retry}: dead letters of a running server are tried again. */
@Command(
        name = "retry",
        description = {
            "Try dead letters of a running server again, with as many attempts as new ones.",
            "Whoever gets them sees the same idempotency key as before."
        })
final class AfterCallRetry implements Callable<Integer> {
    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private ServerOption server = new ServerOption();

    @Parameters(paramLabel = "KEY", arity = "0..*", description = "Their keys, as 'after-call list' shows them.")
    private List<String> keys = List.of();

    @Option(names = "--all", description = "All dead letters.")
    private boolean all;

    @Override
    public Integer call() {
        if (all == !keys.isEmpty()) {
            throw CliFailure.usage("after-call retry needs keys, or --all");
        }
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> environment = System.getenv();
        List<String> paths = all
                ? List.of("/v1/after-call/retry")
                : keys.stream()
                        .map(key -> "/v1/after-call/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "/retry")
                        .toList();
        int retried = 0;
        for (String path : paths) {
            retried += server.ask("POST", path, environment).path("retried").asInt(0);
        }
        out.println("Letters that are tried again: " + retried);
        out.flush();
        return 0;
    }
}
