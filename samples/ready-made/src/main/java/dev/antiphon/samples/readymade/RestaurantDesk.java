package dev.antiphon.samples.readymade;

import dev.antiphon.flow.Dialog;

/** Two flows in one call: restaurants, and a callback for what they cannot do. */
public final class RestaurantDesk {
    private RestaurantDesk() {}

    /** The dialog over this guide and this list. */
    public static Dialog of(Restaurants guide, CallbackList list, String phoneRegion) {
        return Dialog.of(
                        "desk",
                        "Find a restaurant, reserve a table, or take down a callback",
                        RestaurantFlow.of(guide),
                        CallbackFlow.of(list, phoneRegion))
                .greet("Hello, this is the restaurant desk.");
    }
}
