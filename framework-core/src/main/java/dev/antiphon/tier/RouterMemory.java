package dev.antiphon.tier;

import java.util.List;

/**
 * Where the router keeps what it knows beyond the life of a process. Both methods may block and may fail with any exception: they are
 * called on a thread of their own, one after the other, and calls never wait for them. While it fails, calls go on with what the router
 * has in memory, one warning says so, and the latest state of each flow is written when it works again.
 */
public interface RouterMemory {

    /**
     * The latest snapshot of every flow. Asked when the router begins, and again 2 s after each failure; nothing is written until it has
     * answered. Flows that have outcomes or an operator's order by then go on with those.
     */
    List<FlowSnapshot> load();

    /** Keeps this one in place of the flow's former one. Changes that come while one is written are written as one. */
    void remember(FlowSnapshot flow);

    /** Forgets everything. */
    static RouterMemory none() {
        return Forgetful.INSTANCE;
    }

    /** Keeps nothing. */
    enum Forgetful implements RouterMemory {
        /** The only one. */
        INSTANCE;

        @Override
        public List<FlowSnapshot> load() {
            return List.of();
        }

        @Override
        public void remember(FlowSnapshot flow) {}
    }
}
