package dev.antiphon.samples.clinic;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.server.reload.DialogSource;

/** The clinic's dialog; {@code demo --reload} makes it anew when the flow or the FAQ changes. The calendar stays. */
final class ClinicDialog implements DialogSource<Calendar> {
    private final Faq faq = ClinicBot.faq();

    @Override
    public Dialog dialog(Calendar calendar) {
        return Dialog.of(ClinicFlow.booking(calendar, faq));
    }
}
