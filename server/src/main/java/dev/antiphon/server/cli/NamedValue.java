package dev.antiphon.server.cli;

/** An option's value of the form {@code NAME=…}. */
record NamedValue(String name, String value) {

    /** Reads it; both sides without blanks around them. */
    static NamedValue of(String option, String text) {
        int equals = text.indexOf('=');
        if (equals < 1 || text.substring(0, equals).isBlank()) {
            throw CliFailure.usage(option + " must be NAME=…, but was '" + text + "'");
        }
        return new NamedValue(
                text.substring(0, equals).strip(), text.substring(equals + 1).strip());
    }
}
