package dev.antiphon.samples.clinic;

import dev.antiphon.flow.Flow;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.server.Bot;
import dev.antiphon.server.cli.AntiphonCommand;
import dev.antiphon.server.cli.Storage;
import dev.antiphon.session.Conversation;
import dev.antiphon.tool.ToolDispatcher;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** The clinic's bot and its command line. */
public final class ClinicApp {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ZoneId ZONE = ZoneId.systemDefault();

    private ClinicApp() {}

    /** Runs {@code antiphon} for the clinic. */
    public static void main(String[] args) {
        System.exit(new AntiphonCommand("clinic", ClinicApp::bot).run(args));
    }

    /**
     * The bot.
     *
     * @throws Database.DatabaseUnavailable when the database cannot be used
     */
    public static Bot bot(Storage storage) {
        Faq faq = faq();
        Supplier<Flow<Booking>> flows = flows(storage, faq);
        Flow<Booking> shown = flows.get();
        return Bot.of("clinic", "Books visits at the clinic and answers questions about it.", () -> start(flows.get()))
                .withTools(system -> ToolDispatcher.start(system, List.of()))
                .withDiagram(shown.svg(), shown.mermaid());
    }

    private static Supplier<Flow<Booking>> flows(Storage storage, Faq faq) {
        return switch (storage) {
            case Storage.InFile kept -> {
                Flow<Booking> flow = ClinicFlow.booking(calendar(Database.inFile(kept.file())), faq);
                yield () -> flow;
            }
            case Storage.PerCall ignored -> () -> ClinicFlow.booking(calendar(Database.inMemory()), faq);
        };
    }

    private static Calendar calendar(Database database) {
        return new Calendar(database, CLOCK, ZONE, new SecureRandom());
    }

    private static Conversation start(Flow<Booking> flow) {
        return FlowConversation.start(flow, CLOCK, ZONE, UUID.randomUUID().toString());
    }

    static Faq faq() {
        try (InputStream in = ClinicApp.class.getResourceAsStream("faq.md")) {
            if (in == null) {
                throw new IllegalStateException("faq.md is missing in this build");
            }
            return Faq.parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
