package dev.antiphon.server.cli;

import dev.antiphon.experiment.Experiment;
import dev.antiphon.server.experiment.ExperimentFile;
import dev.antiphon.server.experiment.ExperimentProblem;
import dev.antiphon.server.operator.NoControls;
import dev.antiphon.server.operator.OperatorConsole;
import dev.antiphon.server.operator.OperatorSettings;
import dev.antiphon.server.operator.StoreFigures;
import dev.antiphon.server.store.Rate;
import dev.antiphon.server.store.Store;
import java.io.PrintWriter;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code console}: the operator's console over a store, without a server. */
@Command(
        name = "console",
        description = {
            "Open the operator's console over a store of calls, without taking calls: to read only.",
            "Times count back from the latest call in the store. A server may write to it meanwhile.",
            "The password is in ANTIPHON_CONSOLE_PASSWORD, else one is made and printed."
        },
        footerHeading = "%nExamples:%n",
        footer = {
            "  antiphon console --store .antiphon/month",
            "  antiphon console --store jdbc:postgresql://db.example/calls --port 9091"
        })
final class ConsoleCommand implements Callable<Integer> {
    private static final String HOST = "127.0.0.1";
    private static final int PORTS_TRIED = 20;
    private static final String READ_ONLY =
            "Nothing can be ordered here: this console reads a store, and no server runs behind it.";

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private StoreOptions store = new StoreOptions();

    @Option(
            names = "--port",
            defaultValue = "9090",
            description =
                    "Where it listens at 127.0.0.1; the next free one when it is taken; default ${DEFAULT-VALUE}.")
    private int port;

    @Option(
            names = "--experiments",
            paramLabel = "FILE",
            description = {
                "Definitions of stored experiments in YAML, see docs/experiments.md: needed for those only that",
                "a version before this one had started."
            })
    private Optional<Path> experiments = Optional.empty();

    @Override
    public Integer call() throws InterruptedException {
        Ports.check(port);
        Optional<String> given = OperatorOptions.given(System.getenv());
        List<Experiment> definitions = experiments.map(ConsoleCommand::read).orElse(List.of());
        PrintWriter out = spec.commandLine().getOut();
        CountDownLatch ended = new CountDownLatch(1);
        Running running = Running.start(store.toRead(), given, port, definitions);
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            running.close();
            ended.countDown();
        }));
        running.print(out, new Ink(spec.commandLine().getColorScheme().ansi().enabled()));
        ended.await();
        return 0;
    }

    private static List<Experiment> read(Path file) {
        try {
            return ExperimentFile.read(file);
        } catch (ExperimentProblem e) {
            throw CliFailure.usage("--experiments: " + e.getMessage(), e);
        }
    }

    /** A running console. Its store is closed with it. */
    static final class Running implements AutoCloseable {
        private final Store store;
        private final ActorSystem<Void> system;
        private final ExecutorService slow;
        private final OperatorConsole console;
        private final Optional<String> given;
        private final String password;
        private final String notice;

        private Running(
                Store store,
                ActorSystem<Void> system,
                ExecutorService slow,
                OperatorConsole console,
                Optional<String> given,
                String password,
                String notice) {
            this.store = store;
            this.system = system;
            this.slow = slow;
            this.console = console;
            this.given = given;
            this.password = password;
            this.notice = notice;
        }

        /**
         * Starts it.
         *
         * @param given the password; empty for a new one
         * @throws CliFailure when no port is free
         */
        static Running start(Store store, Optional<String> given, int port, List<Experiment> definitions) {
            String password = given.orElseGet(OperatorSettings::newPassword);
            String notice = notice(store.simulatedCalls());
            ActorSystem<Void> system = ActorSystem.create(Behaviors.empty(), "antiphon-console");
            ExecutorService slow = Executors.newVirtualThreadPerTaskExecutor();
            StoreFigures figures = new StoreFigures(store, definitions, InstantSource.system(), slow);
            try {
                OperatorConsole console = OperatorConsole.start(
                        "stored calls",
                        OperatorSettings.withPassword(password)
                                .withAddress(HOST, port, port == 0 ? 1 : PORTS_TRIED)
                                .withNotice(notice),
                        figures,
                        new NoControls(READ_ONLY),
                        InstantSource.system(),
                        system);
                figures.begin();
                return new Running(store, system, slow, console, given, password, notice);
            } catch (CompletionException e) {
                system.terminate();
                slow.shutdown();
                store.close();
                throw CliFailure.failed("the console cannot listen at " + HOST + ":" + port + ": " + e.getCause(), e);
            }
        }

        private static String notice(Rate simulated) {
            if (simulated.count() == 0) {
                return "";
            }
            return simulated.count() == simulated.of()
                    ? "Simulated: no real model answered any of these calls; every figure here is one of a simulation."
                    : "Partly simulated: no real model answered " + simulated.count() + " of these " + simulated.of()
                            + " calls.";
        }

        void print(PrintWriter out, Ink ink) {
            out.println("The console reads " + store.address() + ": "
                    + ink.bold(OperatorOptions.line(console.uri(), given, password)) + "   (Ctrl-C ends)");
            out.println("  " + READ_ONLY);
            if (!notice.isEmpty()) {
                out.println("  " + notice);
            }
            out.flush();
        }

        /** Where it listens. */
        URI uri() {
            return console.uri();
        }

        @Override
        public void close() {
            console.stop().toCompletableFuture().join();
            system.terminate();
            slow.shutdownNow();
            store.close();
        }
    }
}
