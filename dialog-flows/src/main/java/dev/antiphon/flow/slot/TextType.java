package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import tools.jackson.databind.node.ObjectNode;

/**
 * Free text.
 *
 * @param maxLength in characters
 */
public record TextType(int maxLength) implements SlotType<String> {

    @Override
    public Class<String> valueType() {
        return String.class;
    }

    @Override
    public Reading<String> read(String said, ZonedDateTime now) {
        String text = said.strip().replaceAll("\\s+", " ");
        if (text.isEmpty()) {
            return new Reading.Unclear<>("I couldn't make that out.", true);
        }
        return text.length() > maxLength
                ? new Reading.Unclear<>("That is too long for me to take down.", false)
                : new Reading.Understood<>(text);
    }

    @Override
    public String normal(String value) {
        return value;
    }

    @Override
    public String spoken(String value) {
        return value;
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "string").put("maxLength", maxLength);
    }

    @Override
    public String shortQuestion(String label) {
        return "So, the " + label + "?";
    }

    @Override
    public String hint() {
        return "Please say it in a few words.";
    }
}
