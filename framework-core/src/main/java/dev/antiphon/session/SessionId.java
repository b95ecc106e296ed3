package dev.antiphon.session;

/** The id of one session; starts with {@code sess_}. Safe in logs, never derived from the caller. */
public record SessionId(String value) {
    public SessionId {
        if (value.isBlank()) {
            throw new IllegalArgumentException("session id must not be blank");
        }
    }

    @Override
    public String toString() {
        return value;
    }
}
