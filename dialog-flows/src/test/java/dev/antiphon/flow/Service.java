package dev.antiphon.flow;

import dev.antiphon.flow.slot.Choosable;
import java.util.List;

enum Service implements Choosable {
    CHECKUP("checkup", "check-up, routine visit"),
    CLEANING("cleaning", "teeth cleaning, hygienist"),
    WHITENING("whitening", "bleaching");

    private final String spoken;
    private final String synonyms;

    Service(String spoken, String synonyms) {
        this.spoken = spoken;
        this.synonyms = synonyms;
    }

    @Override
    public String spoken() {
        return spoken;
    }

    @Override
    public List<String> synonyms() {
        return List.of(synonyms.split(", ", -1));
    }
}
