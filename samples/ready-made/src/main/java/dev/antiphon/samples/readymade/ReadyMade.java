package dev.antiphon.samples.readymade;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.say.Language;
import dev.antiphon.server.Bot;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The ready-made flows, as bots whose back ends are in memory. */
public enum ReadyMade {
    /** Appointments: booked, moved, cancelled. */
    APPOINTMENTS("Books, moves and cancels appointments.") {
        @Override
        public Set<String> languages() {
            return Language.tags();
        }
    },
    /** Restaurants: found, asked about, a table reserved. */
    RESTAURANTS("Finds restaurants and reserves tables."),
    /** A callback. */
    CALLBACK("Takes down requests for a callback."),
    /** A change of address. */
    ADDRESS("Changes addresses of customers."),
    /** Questions and approved answers. */
    HELPLINE("Answers questions."),
    /** Restaurants and callbacks in one call. */
    DESK("Finds restaurants, reserves tables, and takes down requests for a callback.");

    private final String description;

    ReadyMade(String description) {
        this.description = description;
    }

    /** The tags of the languages that it speaks: {@code en}. */
    public Set<String> languages() {
        return Set.of(Language.ENGLISH.locale().toLanguageTag());
    }

    /** The flow of this name, in small letters; empty when there is none. */
    public static Optional<ReadyMade> named(String name) {
        return Stream.of(values()).filter(each -> each.shortName().equals(name)).findFirst();
    }

    /** The names of all flows, for {@link #named}. */
    public static List<String> names() {
        return Stream.of(values()).map(ReadyMade::shortName).toList();
    }

    /** What it does, in one sentence. */
    public String description() {
        return description;
    }

    /** Its name in small letters. */
    public String shortName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The bot in English.
     *
     * @param storage whether calls share one back end ({@link Storage.InFile}; no file is written) or have their own
     * @param clock tells what today is
     * @param random names the dialogs; thread-safe
     * @param tools how the work of the flows runs
     */
    public Bot bot(Storage storage, InstantSource clock, ZoneId zone, RandomGenerator random, ToolPoolSettings tools) {
        return bot(Language.ENGLISH, storage, clock, zone, random, tools);
    }

    /**
     * The bot in one of its {@link #languages()}.
     *
     * @param storage whether calls share one back end ({@link Storage.InFile}; no file is written) or have their own
     * @param clock tells what today is
     * @param random names the dialogs; thread-safe
     * @param tools how the work of the flows runs
     */
    public Bot bot(
            Language language,
            Storage storage,
            InstantSource clock,
            ZoneId zone,
            RandomGenerator random,
            ToolPoolSettings tools) {
        BackEnds shared = BackEnds.inMemory(shortName(), language);
        Supplier<BackEnds> backEnds = switch (storage) {
            case Storage.InFile ignored -> () -> shared;
            case Storage.PerCall ignored -> () -> BackEnds.inMemory(shortName(), language);
        };
        return Bot.reloadable(
                        shortName(),
                        description,
                        LiveDialog.of(ReadyMadeDialog.class, backEnds),
                        dialog -> FlowConversation.start(
                                dialog, clock, zone, new UUID(random.nextLong(), random.nextLong()).toString()))
                .withTools(system -> ToolDispatcher.start(system, List.of(), tools));
    }
}
