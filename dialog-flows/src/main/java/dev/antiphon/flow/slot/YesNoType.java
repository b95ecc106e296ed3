package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.Locale;
import java.util.Set;
import tools.jackson.databind.node.ObjectNode;

/** Yes or no as a value of the result; not the answer to a confirmation. */
public record YesNoType() implements SlotType<Boolean> {
    private static final Set<String> YES = Set.of("yes", "true", "yeah", "yep", "y", "sure", "correct", "i do", "i am");
    private static final Set<String> NO = Set.of("no", "false", "nope", "nah", "n", "not", "i don't", "i'm not");

    @Override
    public Class<Boolean> valueType() {
        return Boolean.class;
    }

    @Override
    public Reading<Boolean> read(String said, ZonedDateTime now) {
        String words = said.strip().toLowerCase(Locale.ROOT);
        if (YES.contains(words) || NO.contains(words)) {
            return new Reading.Understood<>(YES.contains(words));
        }
        return new Reading.Unclear<>("I need a yes or a no.", true);
    }

    @Override
    public String normal(Boolean value) {
        return value.toString();
    }

    @Override
    public String spoken(Boolean value) {
        return value ? "yes" : "no";
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "boolean");
    }

    @Override
    public String shortQuestion(String label) {
        return "So, yes or no?";
    }

    @Override
    public String hint() {
        return "Please answer yes or no.";
    }
}
