package dev.antiphon.samples.clinic;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.server.Bot;
import dev.antiphon.server.reload.LiveDialog;
import dev.antiphon.session.Conversation;
import dev.antiphon.tool.ToolDispatcher;
import dev.antiphon.tool.ToolPoolSettings;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;

/**
 * The clinic's bot. Immutable.
 *
 * @param calendars the bookings that a new call uses
 * @param clock tells what today is
 * @param zone the clinic's
 * @param random names the dialogs; thread-safe
 * @param tools how bookings run
 */
public record ClinicBot(
        Supplier<Calendar> calendars,
        InstantSource clock,
        ZoneId zone,
        RandomGenerator random,
        ToolPoolSettings tools) {

    /** As a server runs it, without {@link ClinicTools}. */
    public Bot bot() {
        return Bot.reloadable(
                        "clinic",
                        "Books visits at the clinic and answers questions about it.",
                        LiveDialog.of(ClinicDialog.class, calendars),
                        this::conversation)
                .withTools(system -> ToolDispatcher.start(system, List.of(), tools));
    }

    private Conversation conversation(Dialog dialog) {
        String instance = new UUID(random.nextLong(), random.nextLong()).toString();
        return FlowConversation.start(dialog, clock, zone, instance);
    }

    static Faq faq() {
        return Faq.fromResource(ClinicBot.class, "faq.md");
    }
}
