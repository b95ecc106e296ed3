package dev.antiphon.benchmarks.load;

import java.net.URI;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * One peer of the load bench: serves turns or relays calls until it is told to stop, then prints one JSON line with its
 * counts.
 */
@Command(
        name = "load",
        description = {
            "Runs Antiphon as one peer of a side-by-side load bench, against its model server.",
            "turns: opens sessions and answers their tool calls.  relay: listens for callers and connects each to a session."
        })
public final class LoadCommand implements Callable<Integer> {

    enum Mode {
        turns,
        relay
    }

    enum Proto {
        twilio,
        raw
    }

    @Option(names = "--mode", required = true, description = "turns or relay")
    private Mode mode = Mode.turns;

    @Option(
            names = "--url",
            required = true,
            description = "the model server, for example ws://127.0.0.1:9310/v1/realtime")
    private URI url = URI.create("ws://127.0.0.1:9310/v1/realtime");

    @Option(
            names = "--sessions",
            defaultValue = "1",
            description = "turns: sessions to open (default ${DEFAULT-VALUE})")
    private int sessions = 1;

    @Option(names = "--turns", defaultValue = "0", description = "turns: accepted, the server decides how many")
    private int turns;

    @Option(names = "--listen", defaultValue = "0", description = "relay: port for callers on 127.0.0.1")
    private int listen;

    @Option(names = "--proto", defaultValue = "twilio", description = "relay: twilio (mu-law in media messages) or raw")
    private Proto proto = Proto.twilio;

    @Option(
            names = "--stages",
            description =
                    "turns: look at each frame, and print at the end to stderr where the time of paced turns went")
    private boolean stages;

    @Override
    public Integer call() throws InterruptedException {
        switch (mode) {
            case turns -> TurnsLoad.run(url, sessions, stages);
            case relay -> RelayLoad.run(url, listen, proto);
        }
        return 0;
    }
}
