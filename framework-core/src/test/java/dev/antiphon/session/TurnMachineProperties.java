package dev.antiphon.session;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The guarantees of a session under random callers, models, tools and timers that keep to the protocol. */
class TurnMachineProperties {

    @Property(tries = 400)
    void theGuaranteesHold(@ForAll long seed, @ForAll boolean considered) {
        RandomSession.run(seed, considered);
    }
}
