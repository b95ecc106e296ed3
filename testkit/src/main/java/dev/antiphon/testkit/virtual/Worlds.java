package dev.antiphon.testkit.virtual;

import dev.antiphon.testkit.emulator.Timeline;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The timelines of the worlds that are open, for what Pekko makes by name. Thread-safe. */
final class Worlds {
    /** The configuration key that holds a world's name. */
    static final String KEY = "antiphon.virtual-world";

    private static final Map<String, Timeline> OPEN = new ConcurrentHashMap<>();
    private static final AtomicLong NUMBER = new AtomicLong();

    private Worlds() {}

    /** Gives a timeline a name. */
    static String opened(Timeline timeline) {
        String name = "world-" + NUMBER.incrementAndGet();
        OPEN.put(name, timeline);
        return name;
    }

    static void closed(String name) {
        OPEN.remove(name);
    }

    static Timeline timeline(String name) {
        Timeline timeline = OPEN.get(name);
        if (timeline == null) {
            throw new IllegalStateException("There is no open virtual world called " + name
                    + "; an actor system with this scheduler is made by VirtualWorld only");
        }
        return timeline;
    }
}
