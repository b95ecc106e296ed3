package dev.antiphon.flow.slot;

import java.time.ZonedDateTime;
import java.util.List;
import java.util.Locale;
import tools.jackson.databind.node.ObjectNode;

/**
 * A whole number, given in digits or, up to twenty, in words.
 *
 * @param min the least allowed, included
 * @param max the most allowed, included
 */
public record NumberType(int min, int max) implements SlotType<Integer> {
    private static final List<String> WORDS = List.of(
            "zero",
            "one",
            "two",
            "three",
            "four",
            "five",
            "six",
            "seven",
            "eight",
            "nine",
            "ten",
            "eleven",
            "twelve",
            "thirteen",
            "fourteen",
            "fifteen",
            "sixteen",
            "seventeen",
            "eighteen",
            "nineteen",
            "twenty");

    public NumberType {
        if (min > max) {
            throw new IllegalArgumentException("min must not exceed max, but was " + min + " > " + max);
        }
    }

    @Override
    public Class<Integer> valueType() {
        return Integer.class;
    }

    @Override
    public Reading<Integer> read(String said, ZonedDateTime now) {
        String words = said.strip().toLowerCase(Locale.ROOT);
        if (!words.matches("-?\\d{1,9}(\\.0+)?") && !WORDS.contains(words)) {
            return new Reading.Unclear<>("I couldn't make out the number.", true);
        }
        int value = WORDS.contains(words) ? WORDS.indexOf(words) : Integer.parseInt(words.replaceFirst("\\.0+$", ""));
        return value < min || value > max
                ? new Reading.Unclear<>("It must be between " + min + " and " + max + ".", false)
                : new Reading.Understood<>(value);
    }

    @Override
    public String normal(Integer value) {
        return value.toString();
    }

    @Override
    public String spoken(Integer value) {
        return value.toString();
    }

    @Override
    public void describe(ObjectNode property) {
        property.put("type", "integer").put("minimum", min).put("maximum", max);
    }

    @Override
    public String shortQuestion(String label) {
        return "So, how many?";
    }

    @Override
    public String hint() {
        return "Please say a number between " + min + " and " + max + ".";
    }
}
