package dev.antiphon.samples.clinic;

import dev.antiphon.tool.Tool;
import java.util.Map;

/** What the clinic charges those without insurance, in dollars. Pure. */
final class PriceList {
    private static final Map<Service, Integer> DOLLARS =
            Map.of(Service.CHECKUP, 90, Service.CLEANING, 75, Service.VACCINATION, 40);

    private PriceList() {}

    /** What a caller asks the price of. */
    record Asked(Service service) {}

    static String priceOf(Asked asked) {
        return "Without insurance " + asked.service().spoken() + " is " + DOLLARS.get(asked.service()) + " dollars.";
    }

    /** The price list for the model: a tool in Java. */
    static Tool<Asked, String> tool() {
        return Tool.of(
                        "price_of_service",
                        "Tells the price of a check-up, a cleaning or a vaccination.",
                        Asked.class,
                        PriceList::priceOf)
                .readOnly();
    }
}
