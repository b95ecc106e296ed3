package dev.antiphon.server.cli;

import dev.antiphon.testkit.emulator.EmulatorProfile;
import dev.antiphon.testkit.emulator.EmulatorSettings.FaultPlan;
import dev.antiphon.testkit.emulator.FaultFile;
import dev.antiphon.testkit.emulator.FaultScript;
import dev.antiphon.testkit.emulator.FrameObserver;
import dev.antiphon.testkit.emulator.McpFile;
import dev.antiphon.testkit.emulator.McpServers;
import dev.antiphon.testkit.emulator.ProfileFile;
import dev.antiphon.testkit.emulator.ServedDialects;
import dev.antiphon.testkit.emulator.TlsIdentity;
import dev.antiphon.testkit.emulator.Webhook;
import dev.antiphon.testkit.record.SessionRecorder;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code emulator}: the Realtime API emulator alone, for any Realtime client. */
@Command(
        name = "emulator",
        description = {
            "Start the Realtime API emulator alone, for any OpenAI Realtime client.",
            "It simulates models: it speaks what tools tell it to say, and its latencies and costs are simulated."
        })
final class EmulatorCommand implements Callable<Integer> {
    private static final String USUAL_SECRET = "whsec_ZW11bGF0b3I=";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "8090",
            description = "Where to listen at 127.0.0.1; 0 for any free one; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--dialect",
            paramLabel = "WHICH",
            defaultValue = "strict-ga",
            description = {
                "Which spelling of the protocol it speaks; default ${DEFAULT-VALUE}.",
                "strict-ga: GA with everybody; who asks for the beta is refused, as by OpenAI.",
                "ga: GA with everybody; that somebody asks for the beta is overlooked.",
                "as-asked: beta with those who ask for it, GA with the others.",
                "beta: beta with everybody, only for models named ...-realtime-preview.",
                "gateway: beta with everybody, for any model but bad..., as many gateways do."
            },
            converter = DialectName.class)
    private ServedDialects dialects = ServedDialects.STRICT_GA;

    @Option(
            names = "--faults",
            paramLabel = "FILE",
            description = {
                "What goes wrong: a YAML or JSON file, or one of the sets flaky-network, busy-service, bad-model;",
                "see docs/emulator.md. PUT /emulator/faults changes it later."
            })
    private Optional<String> faults = Optional.empty();

    @Option(
            names = "--tls",
            paramLabel = "CERT",
            arity = "0..1",
            fallbackValue = "emulator-cert.pem",
            description = {
                "Listen for https and wss too, on the next port, with a new certificate that is written to CERT",
                "(default ${FALLBACK-VALUE}); clients must trust it, Node.js by NODE_EXTRA_CA_CERTS=CERT."
            })
    private Optional<Path> tls = Optional.empty();

    @Option(
            names = "--seed",
            defaultValue = "1",
            description = "Of all that is left to chance; default ${DEFAULT-VALUE}.")
    private long seed = 1;

    @Option(
            names = "--record",
            paramLabel = "FILE",
            description = {
                "Write every frame to FILE, one JSON object a line; it holds what callers say.",
                "A FILE that holds something already is refused."
            })
    private Optional<Path> recording = Optional.empty();

    @Option(
            names = "--profile",
            paramLabel = "WHICH",
            defaultValue = "simulated",
            description = {
                "How fast its models are: simulated, instant, or a YAML or JSON file, see docs/emulator.md;",
                "default ${DEFAULT-VALUE}."
            })
    private String profile = "simulated";

    @Option(
            names = "--mcp",
            paramLabel = "FILE",
            description = {
                "Remote MCP tools that sessions can have: a YAML or JSON file of servers by server_label, with fixed",
                "results or failures, see docs/emulator.md; default none, so that each listing fails."
            })
    private Optional<Path> mcp = Optional.empty();

    @Option(
            names = "--webhook",
            paramLabel = "URL",
            description = {
                "Whom to tell of incoming telephone calls, as realtime.call.incoming; POST /emulator/calls begins one.",
                "Signed with --webhook-secret."
            })
    private Optional<URI> webhook = Optional.empty();

    @Option(
            names = "--webhook-secret",
            paramLabel = "SECRET",
            description = "With which its messages are signed: whsec_ and base64; default " + USUAL_SECRET + ".")
    private Optional<String> webhookSecret = Optional.empty();

    @Option(names = "--log", description = "Print every event as it passes.")
    private boolean log;

    /** Names as people write them. */
    static final class DialectName implements ITypeConverter<ServedDialects> {
        @Override
        public ServedDialects convert(String name) {
            try {
                return ServedDialects.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
            } catch (IllegalArgumentException unknown) {
                throw new TypeConversionException(
                        "must be strict-ga, ga, as-asked, beta or gateway, but was '" + name + "'");
            }
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Ink ink = new Ink(spec.commandLine().getColorScheme().ansi().enabled());
        Ports.check(port);
        checkSecret();
        FaultPlan plan = faults.map(this::faultPlan).orElse((number, model) -> FaultScript.none());
        FrameObserver shown = log ? new FrameLog(out, ink, InstantSource.system()) : FrameObserver.none();
        Optional<SessionRecorder> recorder = recording.map(EmulatorCommand::recorder);
        FrameObserver observer = recorder.map(r -> both(shown, r)).orElse(shown);
        Optional<TlsIdentity> identity = tls.map(file -> TlsIdentity.selfSigned());
        EmulatorProfile latencies = latencies();
        McpServers servers = mcp.map(EmulatorCommand::servers).orElse(McpServers.none());
        Optional<Webhook> calledHook = webhook.map(this::webhook);
        EmulatedModel model = EmulatedModel.start(
                true,
                settings -> settings.withPort(port)
                        .withObserver(observer)
                        .withDialects(dialects)
                        .withSeed(seed)
                        .withFaults(plan)
                        .withWebhook(calledHook)
                        .withProfile(latencies)
                        .withMcp(servers)
                        .withTls(identity));
        tls.ifPresent(file -> write(file, identity.orElseThrow()));
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            model.close();
            recorder.ifPresent(SessionRecorder::close);
            ended.countDown();
        }));
        out.println(
                "The Realtime API emulator listens on " + ink.bold(model.uri().toString()) + "   (Ctrl-C ends)");
        out.println("  Point a client at it with base URL " + model.baseUrl() + " and any key; models: "
                + ModelOptions.DEFAULT_MINI + ", " + ModelOptions.DEFAULT_FULL);
        model.secureBaseUrl()
                .ifPresent(url -> out.println("  With TLS: base URL " + url + ", trusting " + tls.orElseThrow()
                        + " (Node.js: NODE_EXTRA_CA_CERTS=" + tls.orElseThrow() + ")"));
        out.println("  It is a simulation: its latencies and costs say nothing about a real model.");
        out.flush();
        ended.await();
        return 0;
    }

    private static SessionRecorder recorder(Path file) {
        try {
            if (Files.isRegularFile(file) && Files.size(file) > 0) {
                throw CliFailure.usage("--record: " + file
                        + " exists and is not empty; name another file, or move or delete this one first");
            }
            return SessionRecorder.to(file, InstantSource.system());
        } catch (UncheckedIOException unwritable) {
            throw CliFailure.failed(unwritable.getMessage() + ": " + unwritable.getCause(), unwritable);
        } catch (IOException unreadable) {
            throw CliFailure.failed("--record: " + file + " cannot be looked at: " + unreadable, unreadable);
        }
    }

    private static FrameObserver both(FrameObserver one, FrameObserver other) {
        return (session, direction, frame) -> {
            one.frame(session, direction, frame);
            other.frame(session, direction, frame);
        };
    }

    private static void write(Path file, TlsIdentity identity) {
        try {
            Files.writeString(file, identity.certificatePem());
        } catch (IOException unwritable) {
            throw CliFailure.failed("the certificate cannot be written to " + file + ": " + unwritable, unwritable);
        }
    }

    private EmulatorProfile latencies() {
        try {
            return ProfileFile.named(profile).orElseGet(() -> ProfileFile.read(Path.of(profile)));
        } catch (ProfileFile.ProfileProblem problem) {
            throw CliFailure.usage("--profile: " + problem.getMessage());
        }
    }

    private static McpServers servers(Path file) {
        try {
            return McpFile.read(file);
        } catch (McpFile.McpProblem problem) {
            throw CliFailure.usage("--mcp: " + problem.getMessage());
        }
    }

    /** {@link Webhook} takes plain text too, but receivers that follow Standard Webhooks do not. */
    private void checkSecret() {
        webhookSecret.ifPresent(secret -> {
            if (webhook.isEmpty()) {
                throw CliFailure.usage("--webhook-secret signs what --webhook URL is told; name that too");
            }
            if (!secret.startsWith("whsec_")) {
                throw CliFailure.usage("--webhook-secret must be whsec_ and base64, for example " + USUAL_SECRET);
            }
        });
    }

    private Webhook webhook(URI url) {
        try {
            return new Webhook(url, webhookSecret.orElse(USUAL_SECRET));
        } catch (IllegalArgumentException wrong) {
            throw CliFailure.usage("--webhook: " + wrong.getMessage());
        }
    }

    private FaultPlan faultPlan(String name) {
        try {
            return FaultFile.named(name, seed).orElseGet(() -> faultFile(name));
        } catch (FaultFile.FaultProblem problem) {
            throw CliFailure.usage("--faults: " + problem.getMessage());
        }
    }

    private FaultFile faultFile(String name) {
        if (name.isBlank() || !Files.exists(Path.of(name))) {
            throw CliFailure.usage("--faults must be one of the sets " + String.join(", ", FaultFile.sets())
                    + ", or a file that exists, but was '" + name + "'");
        }
        return FaultFile.read(Path.of(name), seed);
    }
}
