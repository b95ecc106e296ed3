package dev.antiphon.testkit.brain;

/** What sort of value a property of a tool's schema takes. */
enum PropertyKind {
    CHOICE,
    DATE,
    TIME,
    DATE_TIME,
    PHONE,
    EMAIL,
    DURATION,
    MONEY,
    /** Digits that are no number, such as a PIN. */
    DIGITS,
    /** Letters and digits of a fixed form. */
    IDENTIFIER,
    POSTAL_ADDRESS,
    PERSON_NAME,
    WHOLE_NUMBER,
    NUMBER,
    FLAG,
    /** A token that the caller does not speak: nonces, request ids. */
    TOKEN,
    TEXT;

    /** Whether the same words may be a value of either. */
    boolean isLike(PropertyKind other) {
        return this == other || isCode() && other.isCode();
    }

    private boolean isCode() {
        return this == DIGITS || this == IDENTIFIER;
    }
}
