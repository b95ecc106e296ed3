package dev.antiphon.model;

import java.util.List;

/** A provider cannot be used because of missing or unusable settings; the message lists them all. */
public final class IncompleteAccount extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncompleteAccount(String provider, List<String> problems) {
        super("Provider " + provider + " cannot be used: " + String.join("; ", problems) + ".");
    }
}
