package dev.antiphon.server.simulate;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/** Makes a {@link SimulatedCall} of a session's facts. For one thread, as in virtual time. */
final class CallNotes implements SessionObserver {
    private final Consumer<SimulatedCall> over;
    private final Map<SessionId, Notes> open = new HashMap<>();

    private static final class Notes {
        private final SessionEvent.SessionStarted started;
        private final List<Duration> plain = new ArrayList<>();
        private final List<Duration> withTools = new ArrayList<>();
        private int moves;

        private Notes(SessionEvent.SessionStarted started) {
            this.started = started;
        }
    }

    CallNotes(Consumer<SimulatedCall> over) {
        this.over = over;
    }

    @Override
    public void on(SessionEvent event) {
        if (event instanceof SessionEvent.SessionStarted started) {
            open.put(started.session(), new Notes(started));
            return;
        }
        Notes notes = open.get(event.session());
        if (notes == null) {
            return;
        }
        if (event instanceof SessionEvent.TierChanged) {
            notes.moves++;
        } else if (event instanceof SessionEvent.TurnAnswered answered) {
            (answered.timeline().tool() ? notes.withTools : notes.plain)
                    .add(answered.timeline().total());
        } else if (event instanceof SessionEvent.SessionEnded ended) {
            open.remove(event.session());
            over.accept(call(notes, ended));
        }
    }

    private static SimulatedCall call(Notes notes, SessionEvent.SessionEnded ended) {
        return new SimulatedCall(
                notes.started.at(),
                ended.flow(),
                notes.started.tier(),
                ended.tier(),
                notes.moves,
                ended.outcome().name(),
                ended.turns(),
                ended.duration(),
                notes.plain,
                notes.withTools,
                ended.cost().total());
    }
}
