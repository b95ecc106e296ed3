package dev.antiphon.server.cli;

import dev.antiphon.model.ModelEndpoint;
import dev.antiphon.model.TierLadder;
import java.util.List;
import java.util.stream.Collectors;

/** What answers the calls of a started bot. */
sealed interface ModelChoice {

    /** For people: what answers, and whether its figures mean anything. */
    String description();

    /** For people: what speaks against these models today, one line for each. */
    List<String> warnings();

    /**
     * The built-in emulator.
     *
     * @param misunderstandings whether its models misunderstand some turns on purpose, the small one more than the large one;
     *     without, a script's outcome is the same on every run
     */
    record Emulated(boolean misunderstandings) implements ModelChoice {
        @Override
        public String description() {
            return "the built-in emulator, no network; its voices, latencies and costs are simulated";
        }

        @Override
        public List<String> warnings() {
            return List.of();
        }
    }

    /**
     * A provider's models.
     *
     * @param ladder the model on which calls start, and the one to which struggling calls move
     * @param warnings for people: what speaks against these models today, one line for each
     */
    record Service(TierLadder ladder, List<String> warnings) implements ModelChoice {
        public Service {
            warnings = List.copyOf(warnings);
        }

        @Override
        public String description() {
            ModelEndpoint first = ladder.lowest().endpoint();
            ModelEndpoint last = ladder.tiers().getLast().endpoint();
            String elsewhere = ladder.lowest().others().stream()
                    .map(place -> place.endpoint().provider())
                    .collect(Collectors.joining(", "));
            return first.provider() + ", " + first.model() + ", struggling calls move to " + last.model()
                    + (elsewhere.isEmpty() ? "" : "; while it is sick, " + elsewhere)
                    + "; this is the real service and costs money";
        }
    }
}
