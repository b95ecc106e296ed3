package dev.antiphon.flow.dsl;

import dev.antiphon.flow.slot.DigitsType;
import dev.antiphon.flow.slot.IdentifierCheck;
import dev.antiphon.flow.slot.IdentifierType;
import dev.antiphon.flow.slot.Slot;
import java.util.List;

/** Slots of the flow language for digits, codes and numbers with a check digit; part of {@link FlowDsl}. */
abstract sealed class CodeDsl permits SlotDsl {
    CodeDsl() {}

    /** A reference, customer number or postal code of so many letters and digits. */
    public static Slot<String> code(String name, int length) {
        return code(name, length, length);
    }

    /** A reference, customer number or postal code of letters and digits: an {@link #identifier} of any such form. */
    public static Slot<String> code(String name, int minLength, int maxLength) {
        if (minLength < 1 || minLength > maxLength) {
            throw new IllegalArgumentException(
                    "a code needs 1 <= minLength <= maxLength, but was " + minLength + " and " + maxLength);
        }
        return identifier(name, "[A-Z0-9]{" + minLength + "," + maxLength + "}", IdentifierCheck.NONE);
    }

    /**
     * This many digits, spoken or as keys; leading zeros are kept.
     *
     * <pre>{@code digits("pin", 4).ask("What is your PIN?").sensitive()}</pre>
     */
    public static Slot<String> digits(String name, int count) {
        return digits(name, count, count);
    }

    /**
     * From {@code min} to {@code max} digits, read back in groups.
     *
     * <pre>{@code digits("customer", 6, 10, 3, 3).ask("What is your customer number?")}</pre>
     *
     * @param groups sizes of the groups, the last for the rest; none: threes or fours
     */
    public static Slot<String> digits(String name, int min, int max, Integer... groups) {
        return Slot.of(name, new DigitsType(min, max, List.of(groups)));
    }

    /**
     * Letters and digits of a fixed form.
     *
     * <pre>{@code identifier("order", "[A-Z]{2}\\d{6}", NONE).ask("What is your order number?").spellBackIfUnsure()}</pre>
     *
     * @param pattern a regular expression for the whole value in upper case, without spaces and dashes
     * @param check for example {@link IdentifierCheck#LUHN} or a function of your own; what fails is refused
     * @param groups sizes of the groups in which it is read back, the last for the rest; none: threes or fours
     */
    public static Slot<String> identifier(String name, String pattern, IdentifierCheck check, Integer... groups) {
        return Slot.of(name, new IdentifierType(name.replace('_', ' '), pattern, check, List.of(groups)));
    }

    /**
     * An IBAN with the length of its country and right check digits, read back in fours.
     *
     * <pre>{@code iban("account").ask("To which IBAN shall we send it?").sensitive()}</pre>
     */
    public static Slot<String> iban(String name) {
        return Slot.of(
                        name,
                        new IdentifierType("IBAN", "[A-Z]{2}\\d{2}[A-Z0-9]{11,30}", IdentifierCheck.IBAN, List.of(4)))
                .called("IBAN");
    }

    /** The number of a payment card, 12 to 19 digits with a right check digit, read back in fours; masked everywhere. */
    public static Slot<String> cardNumber(String name) {
        return Slot.of(name, new IdentifierType("card number", "\\d{12,19}", IdentifierCheck.LUHN, List.of(4)))
                .called("card number")
                .sensitive();
    }

    /**
     * An ISBN of 10 or 13 digits with a right check digit.
     *
     * <pre>{@code isbn("book").ask("What is the number under the bar code?")}</pre>
     */
    public static Slot<String> isbn(String name) {
        return Slot.of(name, new IdentifierType("ISBN", "\\d{9}[\\dX]|97[89]\\d{10}", IdentifierCheck.ISBN, List.of(3)))
                .called("ISBN");
    }
}
