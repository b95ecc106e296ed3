package dev.antiphon.server.cli;

import dev.antiphon.admission.AdmissionSettings;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.server.Bot;
import dev.antiphon.session.Conduct;
import dev.antiphon.testkit.caller.BuiltInScripts;
import dev.antiphon.testkit.caller.CallerScript;
import dev.antiphon.testkit.caller.CallerVoice;
import dev.antiphon.testkit.caller.ExpectedOutcome;
import dev.antiphon.testkit.speech.FreeTtsSynthesizer;
import dev.antiphon.tool.Secret;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code call}: simulated callers, for tries and for tests in pipelines. */
@Command(
        name = "call",
        description = {
            "Let a simulated caller call the bot, and see what happens.",
            "Without --url the bot is started in this process, each call with an empty calendar of its own.",
            "The built-in emulator answers, also when OPENAI_API_KEY is set, unless --provider names a service.",
            "Exit code 0 when every call ended as its script expects, 1 when not, 2 for wrong usage."
        })
final class CallCommand implements Callable<Integer> {
    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--script",
            paramLabel = "NAME|FILE",
            description = "A built-in script, or a YAML file; may be repeated.")
    private List<String> scripts = new ArrayList<>();

    @Option(names = "--all", description = "Every built-in script, besides those of --script.")
    private boolean all;

    @Option(names = "--say", paramLabel = "LINE", description = "What the caller says next; may be repeated.")
    private List<String> lines = new ArrayList<>();

    @Option(names = "--list", description = "Print the built-in scripts.")
    private boolean list;

    @Option(names = "--text", description = "The caller types; this is the default.")
    private boolean text;

    @Option(names = "--audio", description = "The caller speaks, in real time.")
    private boolean audio;

    @Option(names = "--url", paramLabel = "URL", description = "The Realtime server to call, for example a demo's.")
    private Optional<String> url = Optional.empty();

    @Option(
            names = "--db",
            paramLabel = "FILE",
            description = "Without --url: one database for all calls, instead of an empty one for each.")
    private Optional<Path> database = Optional.empty();

    @Option(
            names = "--expect",
            paramLabel = "OUTCOME",
            description = "Instead of the script's: ${COMPLETION-CANDIDATES}.")
    private Optional<Expected> expected = Optional.empty();

    @Option(
            names = "--timeout",
            paramLabel = "SECONDS",
            defaultValue = "180",
            description = "A call that is not over is hung up; default ${DEFAULT-VALUE}.")
    private int timeoutSeconds;

    @Option(
            names = "--count",
            paramLabel = "N",
            defaultValue = "1",
            description = "Calls of each script; default ${DEFAULT-VALUE}.")
    private int count;

    @Option(names = "--parallel", paramLabel = "P", description = "Calls at once; default all, at most 200.")
    private Optional<Integer> parallel = Optional.empty();

    @Option(names = "--json", description = "Print JSON instead of text.")
    private boolean json;

    @Option(
            names = "--misunderstandings",
            description =
                    "The emulator's models misunderstand some turns on purpose, the small one more than the large one.")
    private boolean misunderstandings;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private AdmissionOptions admission = new AdmissionOptions();

    @Mixin
    private ConductOption conduct = new ConductOption();

    CallCommand(AntiphonCommand.Application application) {
        this.application = application;
    }

    /** The outcomes, as people write them. */
    enum Expected {
        COMPLETED,
        HANDED_OVER,
        ABANDONED,
        FAILED;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        if (list) {
            BuiltInScripts.all()
                    .forEach(script -> out.printf(
                            "%-14s %-10s %s%n", script.name(), script.expected().wireName(), script.description()));
            out.flush();
            return 0;
        }
        check();
        List<CallerScript> chosen =
                Scripts.choose(names(), lines).stream().map(this::expecting).toList();
        ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "callers");
        HttpClient http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
        try {
            return url.isPresent() ? callRemote(system, http, chosen) : callEmbedded(system, http, chosen);
        } finally {
            // Closing it in order would wait for a feed that the server never ends.
            http.shutdownNow();
            system.terminate();
        }
    }

    /** The built-in ones first; a script that is named twice is called twice. */
    private List<String> names() {
        List<String> names = new ArrayList<>(all ? BuiltInScripts.names() : List.of());
        names.addAll(scripts);
        return names;
    }

    private void check() {
        if (text && audio) {
            throw CliFailure.usage("--text and --audio exclude each other");
        }
        Scripts.requireWords(lines);
        if (timeoutSeconds < 1) {
            throw CliFailure.usage("--timeout must be at least 1 second, but was " + timeoutSeconds);
        }
        if (url.isPresent() && conduct.chosen() != Conduct.GUIDED) {
            throw CliFailure.usage("--conduct is the bot's; it has no effect with --url");
        }
        if (count < 1) {
            throw CliFailure.usage("--count must be at least 1, but was " + count);
        }
        parallel.filter(p -> p < 1).ifPresent(p -> {
            throw CliFailure.usage("--parallel must be at least 1, but was " + p);
        });
    }

    private CallerScript expecting(CallerScript script) {
        return expected.map(outcome -> script.expecting(ExpectedOutcome.valueOf(outcome.name())))
                .orElse(script);
    }

    private int callRemote(ActorSystem<Void> system, HttpClient http, List<CallerScript> chosen)
            throws InterruptedException {
        RemoteServer server = new RemoteServer(http, RemoteServer.addressOf(url.orElseThrow()));
        CallerVoice voice =
                audio ? new CallerVoice.Spoken(new FreeTtsSynthesizer(), server::announce) : new CallerVoice.Typed();
        return make(chosen, line(system, http, server.realtime(), voice), server.isSimulated());
    }

    private int callEmbedded(ActorSystem<Void> system, HttpClient http, List<CallerScript> chosen)
            throws InterruptedException {
        ModelChoice choice = models.choose(System.getenv(), LocalDate.now(ZoneOffset.UTC), misunderstandings);
        AdmissionSettings admitted =
                admission.choose(choice, models.catalogue()).settings();
        Warnings.print(choice.warnings(), spec.commandLine());
        Storage storage = database.<Storage>map(Storage.InFile::new).orElseGet(Storage.PerCall::new);
        // Nobody's customer file is to know of a caller who was simulated.
        Bot bot = application.bot(storage).withoutAfterCall();
        try (Station station = Station.start(
                bot,
                choice,
                0,
                settings -> conduct.applyTo(settings.withAdmission(admitted).withTranscripts()))) {
            CallerVoice voice = audio ? spoken(station, choice, http) : new CallerVoice.Typed();
            boolean simulated = station.emulator().isPresent();
            return make(chosen, line(system, http, station.realtime(), voice), simulated);
        }
    }

    private static CallerVoice spoken(Station station, ModelChoice choice, HttpClient http) {
        Consumer<String> announcement = switch (choice) {
            case ModelChoice.Emulated ignored -> unheard -> {};
            case ModelChoice.Service service -> AnnouncedSpeech.to(http, service.ladder())::announce;
        };
        return station.emulator()
                .map(model -> new CallerVoice.Spoken(model.synthesizer(), model.recognizer()::register))
                .orElseGet(() -> new CallerVoice.Spoken(new FreeTtsSynthesizer(), announcement));
    }

    private ScriptedCall.Line line(ActorSystem<Void> system, HttpClient http, URI realtime, CallerVoice voice) {
        String key = Secret.in(System.getenv(), "ANTIPHON_API_KEY")
                .map(Secret::reveal)
                .orElse("simulated-caller");
        return new ScriptedCall.Line(
                NettyTransport.create(system),
                http,
                realtime,
                Map.of("Authorization", "Bearer " + key),
                voice,
                Duration.ofSeconds(timeoutSeconds));
    }

    private int make(List<CallerScript> chosen, ScriptedCall.Line line, boolean simulated) throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Ink ink = new Ink(!json && spec.commandLine().getColorScheme().ansi().enabled());
        Instant begun = Instant.now();
        List<CallReport> reports;
        if (count * chosen.size() == 1) {
            CallerScript script = chosen.getFirst();
            CallPrinter printer = new CallPrinter(out, ink, simulated);
            Consumer<CallFact> told = json ? fact -> {} : printer::fact;
            if (!json) {
                printer.title(script.name(), script.description());
            }
            CallReport report = new ScriptedCall(line, script, told).run();
            if (!json) {
                printer.end(report);
            }
            reports = List.of(report);
        } else {
            int atOnce = parallel.orElse(Math.min(200, count * chosen.size()));
            reports = new CallBatch(line, atOnce, progress(ink)).run(chosen, count);
        }
        Duration took = Duration.between(begun, Instant.now());
        BatchSummary summary = new BatchSummary(reports, took);
        if (json) {
            out.println(CallJson.of(reports, took, simulated));
            out.flush();
        } else if (reports.size() > 1) {
            summary.print(out, ink, simulated);
        }
        return summary.asExpected() ? 0 : 1;
    }

    private CallBatch.Progress progress(Ink ink) {
        return new CallBatch.Progress(spec.commandLine().getErr(), ink.colours());
    }
}
