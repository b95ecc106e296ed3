package dev.antiphon.session;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** The guarantees of a session under random callers, models, tools and timers that keep to the protocol. */
class TurnMachineProperties {

    @Property(tries = 800)
    void theGuaranteesHold(@ForAll long seed, @ForAll boolean considered, @ForAll Conduct conduct) {
        RandomSession.run(seed, considered, conduct);
    }
}
