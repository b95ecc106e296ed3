package dev.antiphon.samples.clinic;

import java.util.random.RandomGenerator;

/**
 * The reference of a booking: five random characters and a check character (Luhn modulo 32), which finds every single wrong
 * character and most swaps of neighbours. Without I, O, 0 and 1, which are misheard and misread.
 *
 * @param value six characters
 */
public record ReferenceCode(String value) {
    private static final String ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ";
    private static final int RANDOM_CHARACTERS = 5;

    public ReferenceCode {
        if (!valid(value)) {
            throw new IllegalArgumentException(
                    "a reference code is 6 characters of " + ALPHABET + ", the last one a check, but was " + value);
        }
    }

    /** A new code. */
    static ReferenceCode random(RandomGenerator random) {
        StringBuilder body = new StringBuilder();
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            body.append(ALPHABET.charAt(random.nextInt(ALPHABET.length())));
        }
        return new ReferenceCode(body.append(checkOf(body)).toString());
    }

    /** Whether this is a well-formed code, which says nothing about a booking. */
    static boolean valid(String text) {
        return text.length() == RANDOM_CHARACTERS + 1
                && text.chars().allMatch(c -> ALPHABET.indexOf(c) >= 0)
                && text.charAt(RANDOM_CHARACTERS) == checkOf(text.substring(0, RANDOM_CHARACTERS));
    }

    private static char checkOf(CharSequence body) {
        int size = ALPHABET.length();
        int sum = 0;
        boolean twice = true;
        for (int i = body.length() - 1; i >= 0; i--) {
            int point = ALPHABET.indexOf(body.charAt(i)) * (twice ? 2 : 1);
            sum += point / size + point % size;
            twice = !twice;
        }
        return ALPHABET.charAt((size - sum % size) % size);
    }

    @Override
    public String toString() {
        return value;
    }
}
