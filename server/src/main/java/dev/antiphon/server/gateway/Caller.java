package dev.antiphon.server.gateway;

import java.util.Optional;

/**
 * Who calls, as the front end says that connected the call: {@code ?caller=ID} at the end of the socket's address. Nobody has proved
 * it but by the key that the front end needs.
 *
 * @param id a telephone number, a customer's number or the like; empty when nothing is known
 * @param telephoneCall the provider's id of the telephone call, for example {@code rtc_…}, by which it can be sent elsewhere:
 *     {@code telephone_call=ID} in the address
 */
public record Caller(Optional<String> id, Optional<String> telephoneCall) {
    /** Nothing is known. */
    public static final Caller UNKNOWN = new Caller(Optional.empty(), Optional.empty());

    /** Longer names are none. */
    public static final int MOST_CHARS = 200;

    /** What is wrong with such a name, if anything is. */
    static Optional<String> problem(String parameter, String id) {
        boolean plain = id.chars().noneMatch(Character::isISOControl);
        return id.length() <= MOST_CHARS && plain
                ? Optional.empty()
                : Optional.of(parameter + " must have at most " + MOST_CHARS
                        + " characters and no control characters, but has " + id.length()
                        + (plain ? "" : ", some of them control characters") + ".");
    }

    /** With the provider's id of the telephone call; without when it is blank. */
    public Caller calling(String telephone) {
        return new Caller(id, Optional.of(telephone.strip()).filter(call -> !call.isEmpty()));
    }

    /** The caller of this name; unknown when it is blank. */
    public static Caller named(String id) {
        return id.isBlank() ? UNKNOWN : new Caller(Optional.of(id.strip()), Optional.empty());
    }
}
