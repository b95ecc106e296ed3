package dev.antiphon.samples.clinic;

import dev.antiphon.session.Conversation;
import dev.antiphon.session.Outcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.IntSupplier;

/** One call of a {@link WatchedClinic}: the clinic's own conversation, its outcome and its bookings. */
public final class WatchedCall implements Conversation {
    private static final int OUTCOME_SECONDS = 10;

    private final Conversation flow;
    private final IntSupplier bookings;
    private final WatchedClinic.Trouble trouble;
    private final CompletableFuture<Outcome> outcome = new CompletableFuture<>();
    private volatile String caller = "";

    WatchedCall(Conversation flow, IntSupplier bookings, WatchedClinic.Trouble trouble) {
        this.flow = flow;
        this.bookings = bookings;
        this.trouble = trouble;
    }

    /** How the flow ended; waits for that at most {@value #OUTCOME_SECONDS} s. */
    public Outcome outcome() {
        return outcome.orTimeout(OUTCOME_SECONDS, TimeUnit.SECONDS).join();
    }

    /** The visits in this call's calendar. */
    public int bookings() {
        return bookings.getAsInt();
    }

    /** The name that the caller has told, empty before. */
    public String caller() {
        return caller;
    }

    @Override
    public String name() {
        return flow.name();
    }

    @Override
    public Opening opening() {
        return flow.opening();
    }

    @Override
    public String sayAgain() {
        return flow.sayAgain();
    }

    @Override
    public List<Directive> on(Event event) {
        trouble.before(caller, event);
        List<Directive> directives = flow.on(event).stream().map(this::watched).toList();
        caller = flow.view().slots().getOrDefault("name", "");
        return directives;
    }

    private Directive watched(Directive directive) {
        if (directive instanceof Directive.End end) {
            outcome.complete(end.outcome());
        }
        if (directive instanceof Directive.Run run) {
            return trouble.disturb(caller, run);
        }
        return directive;
    }

    @Override
    public Optional<String> seed() {
        return flow.seed();
    }

    @Override
    public View view() {
        return flow.view();
    }
}
