package dev.antiphon.server.cli;

import java.io.PrintWriter;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
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
            "Whoever gets them sees the same idempotency key as before.",
            "",
            "Exit code: 0 all are tried again, 1 one of them is no dead letter there, 2 wrong",
            "usage, or what is no key."
        })
final class AfterCallRetry implements Callable<Integer> {
    private static final Pattern KEY = Pattern.compile("[^/\\s]+:[^/:\\s]+");

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
        keys.forEach(AfterCallRetry::check);
        PrintWriter out = spec.commandLine().getOut();
        Map<String, String> environment = System.getenv();
        List<String> paths = all
                ? List.of("/v1/after-call/retry")
                : keys.stream()
                        .map(key -> "/v1/after-call/" + URLEncoder.encode(key, StandardCharsets.UTF_8) + "/retry")
                        .toList();
        int retried = 0;
        for (String path : paths) {
            try {
                retried += server.ask("POST", path, environment).path("retried").asInt(0);
            } catch (CliFailure e) {
                throw CliFailure.failed(
                        e.getMessage() + (retried == 0 ? "" : " Letters before it that are tried again: " + retried),
                        e);
            }
        }
        out.println("Letters that are tried again: " + retried);
        out.flush();
        return 0;
    }

    private static void check(String key) {
        if (!KEY.matcher(key).matches()) {
            throw CliFailure.usage(
                    "KEY must be CALL:TASK as 'after-call list' shows it, for example sess_1:crm, but was '" + key
                            + "'");
        }
    }
}
