package dev.antiphon.server.cli;

import dev.antiphon.session.Conduct;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import dev.antiphon.session.SessionId;
import dev.antiphon.testkit.emulator.Brain;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A typed call that can be taken back turn by turn. It then stands where it stood: nothing is asked, checked or done again. Who says
 * the same as before gets the same answer as before; other words that lead to the same work get its outcome. Not thread-safe.
 */
final class TriedFlow {
    /** What the caller says to say nothing; no words are blank. */
    private static final String SILENCE = "";

    private final Supplier<Conversation> conversations;
    private final Function<Conversation, TypedCall> calls;
    private final CallWork work;
    private final Deque<Moment> past = new ArrayDeque<>();
    private Moment now;
    private TypedCall call;
    private int rounds = 1;

    /** Between two turns: where the call stands, and what was answered to what the caller said next. */
    private record Moment(
            String line,
            TypedTurn turn,
            Optional<TypedCall> call,
            int done,
            int silences,
            Optional<TypedTurn.Call> lastCall,
            Map<String, Moment> next) {}

    /** A call that has not begun; {@code conversations} makes a new dialog for each time it is gone through. */
    TriedFlow(
            Supplier<Conversation> conversations,
            Conduct conduct,
            Brain brain,
            CallWork work,
            InstantSource clock,
            ZoneId zone) {
        this.conversations = conversations;
        this.work = work;
        this.calls = conversation -> new TypedCall(conversation, conduct, brain, work, clock, zone);
        this.call = calls.apply(conversations.get());
        this.now = new Moment(SILENCE, call.nothingYet(), Optional.empty(), 0, 0, Optional.empty(), new HashMap<>());
    }

    /** The call is connected. */
    TypedTurn begins() {
        now = reached(SILENCE, call.begins(), 0);
        return now.turn();
    }

    /** The caller says this. */
    TypedTurn says(String words) {
        return goesOn(words, 0);
    }

    /** The caller says nothing. */
    TypedTurn isSilent() {
        return goesOn(SILENCE, now.silences() + 1);
    }

    private TypedTurn goesOn(String line, int silences) {
        Optional<Moment> known = Optional.ofNullable(now.next().get(line));
        Moment next = known.orElseGet(
                () -> reached(line, silences > 0 ? call.isSilent(silences) : call.says(line), silences));
        now.next().put(line, next);
        past.push(now);
        if (known.isPresent()) {
            stand(next);
        } else {
            now = next;
        }
        return next.turn();
    }

    /** The caller is gone. */
    TypedTurn hangsUp() {
        now = reached(SILENCE, call.hangsUp(), 0);
        return now.turn();
    }

    /** Takes the last line back; empty when there is none. */
    Optional<String> undo() {
        if (past.isEmpty()) {
            return Optional.empty();
        }
        String undone = now.line();
        Moment before = past.pop();
        rounds++;
        SessionId session = new SessionId("sess_try_" + rounds);
        if (before.call().isPresent()) {
            work.takeBack(before.done(), session);
            stand(before);
        } else {
            work.takeBack(0, session);
            goThroughAgain(before);
        }
        return Optional.of(undone.equals(SILENCE) ? "(silence)" : undone);
    }

    private void stand(Moment moment) {
        call = moment.call().flatMap(this::copy).orElse(call);
        now = moment;
    }

    /** A conversation that cannot be copied is begun anew and told the same lines. */
    private void goThroughAgain(Moment before) {
        List<Moment> all = new ArrayList<>(past.reversed());
        all.add(before);
        call = calls.apply(conversations.get());
        past.clear();
        begins();
        all.stream().skip(1).forEach(line -> goesOn(line.line(), line.silences()));
    }

    private Moment reached(String line, TypedTurn turn, int silences) {
        Optional<TypedTurn.Call> last =
                turn.calls().stream().reduce((first, second) -> second).or(now::lastCall);
        return new Moment(line, turn, copy(call), work.doneSoFar(), silences, last, new HashMap<>());
    }

    /** No two have work with the same idempotency key, which would be the same work to a back end. */
    private Optional<TypedCall> copy(TypedCall original) {
        return original.branch(UUID.randomUUID().toString());
    }

    /** Where the dialog stands. */
    Conversation.View view() {
        return call.view();
    }

    /** The tool call that was made last. */
    Optional<TypedTurn.Call> lastCall() {
        return now.lastCall();
    }

    /** Whether the call is over. */
    boolean ended() {
        return outcome().isPresent();
    }

    /** How the call ended. */
    Optional<Outcome> outcome() {
        return now.turn().outcome();
    }
}
