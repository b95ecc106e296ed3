package dev.antiphon.flow.slot;

import org.apache.commons.validator.routines.IBANValidator;
import org.apache.commons.validator.routines.checkdigit.CheckDigit;
import org.apache.commons.validator.routines.checkdigit.EAN13CheckDigit;
import org.apache.commons.validator.routines.checkdigit.ISBNCheckDigit;
import org.apache.commons.validator.routines.checkdigit.LuhnCheckDigit;

/**
 * Whether the characters of an identifier fit together. Pure and quick; never given more than 60
 * letters and digits, all in upper case.
 */
@FunctionalInterface
public interface IdentifierCheck {

    /** No check. */
    IdentifierCheck NONE = text -> true;

    /** The last digit by the formula of Luhn (ISO/IEC 7812-1, annex B): payment cards, IMEI. */
    IdentifierCheck LUHN = of(LuhnCheckDigit.LUHN_CHECK_DIGIT);

    /** The last digit modulo 10 with weights 1 and 3: ISBN-13, EAN-13. */
    IdentifierCheck EAN_13 = of(EAN13CheckDigit.EAN13_CHECK_DIGIT);

    /** ISBN-10 modulo 11 or ISBN-13 modulo 10. */
    IdentifierCheck ISBN = of(ISBNCheckDigit.ISBN_CHECK_DIGIT);

    /** ISO 7064 modulo 97-10 with the two check digits at the end: LEI, creditor references without prefix. */
    IdentifierCheck MOD_97_10 = text -> remainder(text) == 1;

    /** ISO 13616: ISO 7064 modulo 97-10 with country and check digits in front, and the length of the country. */
    IdentifierCheck IBAN = IBANValidator.getInstance()::isValid;

    /** Whether they fit. */
    boolean holds(String text);

    private static IdentifierCheck of(CheckDigit digit) {
        return digit::isValid;
    }

    private static int remainder(String text) {
        int remainder = 0;
        for (int i = 0; i < text.length(); i++) {
            int value = Character.digit(text.charAt(i), Character.MAX_RADIX);
            remainder = value < 0 ? 0 : (remainder * (value < 10 ? 10 : 100) + value) % 97;
        }
        return remainder;
    }
}
