package dev.antiphon.samples.clinic;

import dev.antiphon.server.Bot;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.testkit.bed.Agent;
import dev.antiphon.tool.ToolPoolSettings;
import dev.antiphon.tool.ToolThreads;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/** The clinic's command line. */
public final class ClinicApp {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final int CALLS_PER_CALENDAR = 10;
    private static final ZoneId ZONE = ZoneId.systemDefault();

    private ClinicApp() {}

    /** Runs {@code antiphon} for the clinic. */
    public static void main(String[] args) {
        System.exit(new AntiphonCommand("clinic", ClinicApp::bot)
                .simulating(ClinicApp::simulated)
                .run(args));
    }

    /**
     * The bot, with the tools of {@link ClinicTools}, which start with its server.
     *
     * @throws Database.DatabaseUnavailable when the database cannot be used
     */
    public static Bot bot(Storage storage) {
        ToolPoolSettings settings = ToolPoolSettings.defaults();
        return new ClinicBot(calendars(storage), CLOCK, ZONE, new SecureRandom(), settings)
                .bot()
                .withTools(system -> ClinicTools.start(system, ClinicTools.sources(CLOCK, ZONE), settings));
    }

    /** The bot in a simulation's time; a new calendar before one is full. */
    public static Bot simulated(Agent.Surroundings around) {
        AtomicInteger calls = new AtomicInteger();
        AtomicReference<Database> database = new AtomicReference<>(Database.inMemory());
        Supplier<Calendar> calendars = () -> {
            if (calls.getAndIncrement() % CALLS_PER_CALENDAR == CALLS_PER_CALENDAR - 1) {
                database.getAndSet(Database.inMemory()).close();
            }
            return new Calendar(database.get(), around.clock(), ZoneOffset.UTC, around.random());
        };
        return new ClinicBot(
                        calendars,
                        around.clock(),
                        ZoneOffset.UTC,
                        around.random(),
                        ToolPoolSettings.defaults().withThreads(ToolThreads.of(around.tools())))
                .bot();
    }

    private static Supplier<Calendar> calendars(Storage storage) {
        return switch (storage) {
            case Storage.InFile kept -> {
                Calendar shared = calendar(Database.inFile(kept.file()));
                yield () -> shared;
            }
            case Storage.PerCall ignored -> () -> calendar(Database.inMemory());
        };
    }

    private static Calendar calendar(Database database) {
        return new Calendar(database, CLOCK, ZONE, new SecureRandom());
    }
}
