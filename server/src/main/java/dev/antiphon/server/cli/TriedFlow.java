package dev.antiphon.server.cli;

import dev.antiphon.session.Conduct;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionId;
import dev.antiphon.testkit.emulator.Brain;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** A typed call that can be taken back turn by turn: it is then gone through again from its beginning. Not thread-safe. */
final class TriedFlow {
    /** What the caller says to say nothing; no words are blank. */
    private static final String SILENCE = "";

    private final Supplier<Conversation> conversations;
    private final Conduct conduct;
    private final Brain brain;
    private final InstantSource clock;
    private final ZoneId zone;
    private final List<String> lines = new ArrayList<>();
    private CallWork work;
    private TypedCall call;
    private int rounds = 1;
    private int silences;
    private Optional<TypedTurn.Call> lastCall = Optional.empty();
    private Optional<Outcome> outcome = Optional.empty();

    /** A call that has not begun; {@code conversations} makes a new dialog for each time it is gone through. */
    TriedFlow(
            Supplier<Conversation> conversations,
            Conduct conduct,
            Brain brain,
            CallWork work,
            InstantSource clock,
            ZoneId zone) {
        this.conversations = conversations;
        this.conduct = conduct;
        this.brain = brain;
        this.work = work;
        this.clock = clock;
        this.zone = zone;
        this.call = new TypedCall(conversations.get(), conduct, brain, work, clock, zone);
    }

    /** The call is connected. */
    TypedTurn begins() {
        return seen(call.begins());
    }

    /** The caller says this. */
    TypedTurn says(String words) {
        lines.add(words);
        silences = 0;
        return seen(call.says(words));
    }

    /** The caller says nothing. */
    TypedTurn isSilent() {
        lines.add(SILENCE);
        silences++;
        return seen(call.isSilent(silences));
    }

    /** The caller is gone. */
    TypedTurn hangsUp() {
        return seen(call.hangsUp());
    }

    /** Takes the last line back; empty when there is none. */
    Optional<String> undo() {
        if (lines.isEmpty()) {
            return Optional.empty();
        }
        String undone = lines.removeLast();
        List<String> again = List.copyOf(lines);
        rounds++;
        work = work.again(new SessionId("sess_try_" + rounds));
        call = new TypedCall(conversations.get(), conduct, brain, work, clock, zone);
        lines.clear();
        silences = 0;
        lastCall = Optional.empty();
        begins();
        for (String line : again) {
            if (line.equals(SILENCE)) {
                isSilent();
            } else {
                says(line);
            }
        }
        return Optional.of(undone.equals(SILENCE) ? "(silence)" : undone);
    }

    /** Where the dialog stands. */
    Conversation.View view() {
        return call.view();
    }

    /** The tool call that was made last. */
    Optional<TypedTurn.Call> lastCall() {
        return lastCall;
    }

    /** Whether the call is over. */
    boolean ended() {
        return outcome.isPresent();
    }

    /** How the call ended. */
    Optional<Outcome> outcome() {
        return outcome;
    }

    private TypedTurn seen(TypedTurn turn) {
        turn.calls().stream().reduce((first, last) -> last).ifPresent(last -> lastCall = Optional.of(last));
        outcome = turn.outcome();
        return turn;
    }
}
