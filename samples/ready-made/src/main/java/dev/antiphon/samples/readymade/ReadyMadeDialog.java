package dev.antiphon.samples.readymade;

import dev.antiphon.flow.Dialog;
import dev.antiphon.server.reload.DialogSource;

/** The ready-made dialogs; {@code demo --reload} makes the one of the bot anew when a flow or a file changes. */
final class ReadyMadeDialog implements DialogSource<BackEnds> {
    private static final String PHONE_REGION = "US";

    @Override
    public Dialog dialog(BackEnds with) {
        return switch (with.flow()) {
            case "appointments" -> Dialog.of(AppointmentFlow.of(with.appointments(), with.language()));
            case "restaurants" -> Dialog.of(RestaurantFlow.of(with.restaurants()));
            case "callback" -> Dialog.of(CallbackFlow.of(with.callbacks(), PHONE_REGION));
            case "address" -> Dialog.of(AddressFlow.of(with.customers()));
            case "helpline" -> Dialog.of(HelplineFlow.of());
            case "desk" -> RestaurantDesk.of(with.restaurants(), with.callbacks(), PHONE_REGION);
            default ->
                throw new IllegalArgumentException("a flow must be one of the ready-made ones, but was " + with.flow());
        };
    }
}
