package dev.antiphon.samples.clinic;

import dev.antiphon.server.Bot;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.tool.ToolPoolSettings;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.function.Supplier;

/** The clinic's command line. */
public final class ClinicApp {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ZoneId ZONE = ZoneId.systemDefault();

    private ClinicApp() {}

    /** Runs {@code antiphon} for the clinic. */
    public static void main(String[] args) {
        System.exit(new AntiphonCommand("clinic", ClinicApp::bot).run(args));
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
