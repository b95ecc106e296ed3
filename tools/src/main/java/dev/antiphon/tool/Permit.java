package dev.antiphon.tool;

/** That one call may begin, which the tool's circuit breaker wants to know the end of; once. Not thread-safe; confined to the dispatcher. */
final class Permit {
    private final ToolGate gate;
    private boolean used;

    Permit(ToolGate gate) {
        this.gate = gate;
    }

    /** The call has ended, or it is too late for it; {@code broken}: in a way that says that the tool does not work. */
    void settle(boolean broken) {
        if (!used) {
            used = true;
            gate.settled(broken);
        }
    }

    /** The call did not begin. */
    void release() {
        if (!used) {
            used = true;
            gate.released();
        }
    }
}
