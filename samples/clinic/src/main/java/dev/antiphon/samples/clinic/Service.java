package dev.antiphon.samples.clinic;

import dev.antiphon.flow.slot.Choosable;
import java.util.List;

/** What can be booked. Each service has a room of its own. */
public enum Service implements Choosable {
    CHECKUP("a check-up", "check-up", "checkup", "routine visit", "examination", "exam", "physical"),
    CLEANING("a cleaning", "cleaning", "teeth cleaning", "dental cleaning", "hygienist"),
    VACCINATION("a vaccination", "vaccination", "vaccine", "shot", "flu shot", "jab", "immunization");

    private final String spoken;
    private final List<String> synonyms;

    Service(String spoken, String... synonyms) {
        this.spoken = spoken;
        this.synonyms = List.of(synonyms);
    }

    @Override
    public String spoken() {
        return spoken;
    }

    @Override
    public List<String> synonyms() {
        return synonyms;
    }
}
