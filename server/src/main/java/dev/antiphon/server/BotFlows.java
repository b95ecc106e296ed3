package dev.antiphon.server;

import dev.antiphon.server.gateway.Caller;
import dev.antiphon.session.Conversation;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a bot's calls are about, by the names under which the router and experiments know them. */
final class BotFlows {
    private static final Logger LOG = LoggerFactory.getLogger(BotFlows.class);

    private BotFlows() {}

    /** Begins a call of which nothing is known, and one of each variant. Empty when one cannot be begun: then nobody knows. */
    static Set<String> of(Bot bot) {
        Set<String> names = new TreeSet<>();
        try {
            names.add(bot.conversation().name());
            bot.variants().values().forEach(begins -> {
                Conversation begun = begins.apply(Caller.UNKNOWN);
                names.add(begun.name());
            });
            return names;
        } catch (RuntimeException ofThatCall) {
            LOG.warn(
                    "A call of which nothing is known cannot be begun, so that names of flows are not checked",
                    ofThatCall);
            return Set.of();
        }
    }
}
