package dev.antiphon.server.cli;

import dev.antiphon.aftercall.AfterCallPlan;
import dev.antiphon.aftercall.UnusableFolder;
import dev.antiphon.flow.FlowRejected;
import dev.antiphon.server.Bot;
import dev.antiphon.server.ServerSettings;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.spend.SpendFile;
import dev.antiphon.server.store.Store;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code demo}: the bot on this machine, to talk to in a browser. */
@Command(
        name = "demo",
        description = {
            "Start the bot on this machine and talk to it in a browser.",
            "Without OPENAI_API_KEY the built-in emulator answers: no key and no network needed."
        })
final class DemoCommand implements Callable<Integer> {
    private static final Logger LOG = LoggerFactory.getLogger(DemoCommand.class);

    private final AntiphonCommand.Application application;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--port",
            defaultValue = "8080",
            description = "Where to listen at 127.0.0.1; the next free one when it is taken; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--db",
            paramLabel = "FILE",
            defaultValue = "${env:ANTIPHON_DB}",
            description = "The bot's database, also from ANTIPHON_DB; default .antiphon/ in this folder.")
    private Optional<Path> database = Optional.empty();

    @Option(names = "--open", description = "Open the page in the browser.")
    private boolean open;

    @Option(
            names = "--reload",
            arity = "0..1",
            fallbackValue = "",
            paramLabel = "FOLDERS",
            description = {
                "Load the bot's dialog anew when its classes or files change; calls in flight keep theirs.",
                "FOLDERS are divided as class paths are; without them, those of the class path."
            })
    private Optional<String> reload = Optional.empty();

    @Option(
            names = "--transcripts",
            description = {
                "Keep the words of calls in which sensitive values are told, too; they are [masked] in",
                "/v1/calls/{id}/events otherwise."
            })
    private boolean transcripts;

    @Mixin
    private ModelOptions models = new ModelOptions();

    @Mixin
    private AdmissionOptions admission = new AdmissionOptions();

    @Mixin
    private CapOptions caps = new CapOptions();

    @Mixin
    private HandoverOptions handover = new HandoverOptions();

    @Mixin
    private AfterCallOptions afterCall = new AfterCallOptions();

    @Mixin
    private StoredCalls stored = new StoredCalls();

    @Mixin
    private EscalationOption escalation = new EscalationOption();

    @Mixin
    private OperatorOptions operator = new OperatorOptions();

    @Mixin
    private RouterOptions router = new RouterOptions();

    @Mixin
    private ExperimentOptions experiments = new ExperimentOptions();

    @Mixin
    private ConductOption conduct = new ConductOption();

    DemoCommand(AntiphonCommand.Application application) {
        this.application = application;
    }

    @Override
    public Integer call() throws InterruptedException {
        PrintWriter out = spec.commandLine().getOut();
        Ink ink = new Ink(spec.commandLine().getColorScheme().ansi().enabled());
        Ports.check(port);
        operator.check();
        Optional<String> given = OperatorOptions.given(System.getenv());
        String password = given.orElseGet(OperatorSettings::newPassword);
        router.check();
        caps.check(experiments.keys());
        ModelChoice choice = models.chooseByKey(System.getenv(), LocalDate.now(ZoneOffset.UTC));
        AdmissionChoice admitted = admission.choose(choice, models.catalogue());
        Warnings.print(choice.warnings(), spec.commandLine());
        Path file = database.filter(path -> !path.toString().isBlank()).orElseGet(application::defaultFile);
        Bot bot = drawn(application.bot(new Storage.InFile(file)));
        Optional<Reloading> reloading = reload.map(folders -> Reloading.of(bot, folders, new ReloadPrinter(out, ink)));
        AfterCallPlan after = afterCall.plan(file, System.getenv());
        Optional<Store> store = stored.open(System.getenv(), choice instanceof ModelChoice.Emulated);
        Station station = start(
                bot,
                choice,
                settings -> operator.applyTo(
                        handover.applyTo(
                                        conduct.applyTo(escalation.applyTo(
                                                router.applyTo(
                                                        bot,
                                                        withTranscripts(caps.applyTo(
                                                                experiments
                                                                        .applyTo(settings, bot, System.getenv())
                                                                        .withAdmission(admitted.settings()),
                                                                file))),
                                                bot,
                                                bot::conversation)),
                                        System.getenv())
                                .withAfterCall(after)
                                .withStore(store),
                        password,
                        choice instanceof ModelChoice.Emulated),
                store);
        CountDownLatch ended = new CountDownLatch(1);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            station.close();
            store.ifPresent(Store::close);
            ended.countDown();
        }));
        if (port != 0 && station.page().getPort() != port) {
            out.println("Port " + port + " is taken; using " + station.page().getPort() + ".");
        }
        out.println(ink.bold(bot.name()) + ": " + bot.description());
        out.println("  answers   " + choice.description());
        out.println("  admits    " + admitted.description());
        caps.description().ifPresent(told -> out.println("  caps      " + told));
        out.println("  routes    " + router.description());
        out.println("  hands over " + handover.description());
        escalation.description().ifPresent(changed -> out.println("  escalates " + changed));
        List<String> tasks = AfterCallOptions.names(bot.afterCall(), after.tasks());
        if (!tasks.isEmpty()) {
            out.println("  then      " + String.join(", ", tasks) + "; letters in " + afterCall.folder(file));
        }
        out.println("  clients   any OpenAI Realtime client: " + station.realtime());
        station.operator()
                .ifPresent(console -> out.println("  operators " + OperatorOptions.line(console, given, password)));
        out.println("  data      " + file);
        out.println("  stores    " + StoredCalls.description(store));
        if (experiments.isGiven()) {
            out.println("  experiments " + experiments.description());
        }
        reloading.ifPresent(watched -> out.println("  reloads   from " + watched.description()));
        out.println();
        out.println("Open " + ink.bold(station.page().toString()) + "   (Ctrl-C ends)");
        out.flush();
        reloading.ifPresent(Reloading::start);
        if (open) {
            browse(station.page(), out);
        }
        ended.await();
        return 0;
    }

    private ServerSettings withTranscripts(ServerSettings settings) {
        return transcripts ? settings.withTranscripts() : settings;
    }

    /** Begins one call to draw what it is about. So a flow that is made for each call is known to be broken before the first caller. */
    private static Bot drawn(Bot bot) {
        try {
            return bot.drawnAs(bot.conversation());
        } catch (FlowRejected broken) {
            throw CliFailure.failed("the bot '" + bot.name() + "' cannot start: " + broken.getMessage(), broken);
        } catch (RuntimeException ofThatCall) {
            LOG.warn("A call of which nothing is known cannot be begun", ofThatCall);
            return bot;
        }
    }

    private Station start(Bot bot, ModelChoice choice, UnaryOperator<ServerSettings> settings, Optional<Store> store) {
        try {
            return Station.start(bot, choice, port, settings);
        } catch (SpendFile.UnusableSpendFile e) {
            throw CliFailure.failed(String.valueOf(e.getMessage()), e);
        } catch (UnusableFolder e) {
            store.ifPresent(Store::close);
            throw CliFailure.failed(e.getMessage() + "; --after-call-folder names another", e);
        } catch (ExperimentProblem e) {
            store.ifPresent(Store::close);
            throw CliFailure.usage(String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            store.ifPresent(Store::close);
            throw e;
        }
    }

    private static void browse(URI page, PrintWriter out) {
        PageOpener.ofThisMachine().open(page, () -> {
            out.println("No browser could be opened from here; open the address yourself.");
            out.flush();
        });
    }
}
