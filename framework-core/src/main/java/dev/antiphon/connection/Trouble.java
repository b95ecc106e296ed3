package dev.antiphon.connection;

/** Why an endpoint is not of use. */
public enum Trouble {
    /** Too many sessions or requests for now. */
    RATE_LIMITED("it has had too many requests", false),
    /** No quota or credit. */
    NO_QUOTA("the account has no quota left", true),
    /** Key missing or wrong. */
    BAD_KEY("it does not accept the key", true),
    /** The model is not there. */
    UNKNOWN_MODEL("it does not know the model", true),
    /** It refused for another reason. */
    REFUSED("it refuses connections", false),
    /** Name not found, connection refused, TLS failure. */
    UNREACHABLE("it cannot be reached", false),
    /** No session began. */
    SILENT("it does not begin sessions", false),
    /** The model answers nothing, or with failures only. */
    NO_ANSWERS("its model does not answer", false),
    /** Lines in use broke. */
    BROKEN_LINES("its lines break", false);

    private final String text;
    private final boolean lasting;

    Trouble(String text, boolean lasting) {
        this.text = text;
        this.lasting = lasting;
    }

    /** What a connection that was not made tells. */
    public static Trouble of(ConnectFailure failure) {
        return switch (failure) {
            case ConnectFailure.BadCredentials ignored -> BAD_KEY;
            case ConnectFailure.UnknownModel ignored -> UNKNOWN_MODEL;
            case ConnectFailure.QuotaExceeded ignored -> NO_QUOTA;
            case ConnectFailure.RateLimited ignored -> RATE_LIMITED;
            case ConnectFailure.Refused ignored -> REFUSED;
            case ConnectFailure.Unreachable ignored -> UNREACHABLE;
            case ConnectFailure.Silent ignored -> SILENT;
        };
    }

    /** For people: what is wrong. */
    public String text() {
        return text;
    }

    /** Whether it does not pass in seconds, so that there is no use in trying again. */
    public boolean isLasting() {
        return lasting;
    }
}
