package dev.antiphon.session;

import dev.antiphon.handover.Handover;
import dev.antiphon.handover.HandoverDetail;
import dev.antiphon.handover.HandoverPacket;
import dev.antiphon.handover.HandoverResult;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.jspecify.annotations.Nullable;

/**
 * Asks the desk of one call whether a person takes it over, and keeps the time; the answer returns to the session as a command.
 * Confined to one session actor.
 */
final class HandoverRun {
    /** A dialog that names one target after the other does not hold its caller for ever. */
    private static final int MOST_REQUESTS = 3;

    private static final Duration STILL_WAITING_EVERY = Duration.ofSeconds(8);

    private final CallSetup call;
    private final CallRecord record;
    private final TimerScheduler<VoiceSession.Command> timers;
    private final ActorRef<VoiceSession.Command> session;
    private Optional<Asked> asked = Optional.empty();
    private int requests;

    /** A request that has no answer yet. */
    record Asked(String key, Outcome.HandedOver to, long startedNanos) {}

    HandoverRun(
            CallSetup call,
            CallRecord record,
            TimerScheduler<VoiceSession.Command> timers,
            ActorRef<VoiceSession.Command> session) {
        this.call = call;
        this.record = record;
        this.timers = timers;
        this.session = session;
    }

    /** Whether a person is being asked; the call does not end before the answer. */
    boolean isAsking() {
        return asked.isPresent();
    }

    /** Who is being asked. */
    Optional<String> target() {
        return asked.map(open -> open.to().target());
    }

    /** Whether there is somebody to ask. */
    boolean takes(Outcome.HandedOver to) {
        return call.handover().desk().takes(to.target());
    }

    /** Whether no further request is made in this call. */
    boolean isExhausted() {
        return requests >= MOST_REQUESTS;
    }

    /** Asks; {@link VoiceSession.HandoverAnswered} follows, or {@link VoiceSession.HandoverOverdue}. */
    void ask(Outcome.HandedOver to, String tier, Supplier<List<HandoverPacket.Said>> lastTurns) {
        requests++;
        Asked open =
                new Asked(call.id().value() + ":" + requests, to, call.clock().nanoTime());
        asked = Optional.of(open);
        record.handoverAsked(to);
        Duration deadline = call.handover().deadline();
        timers.startSingleTimer(
                VoiceSession.HandoverOverdue.class, new VoiceSession.HandoverOverdue(open.key()), deadline);
        timers.startTimerWithFixedDelay(
                VoiceSession.HandoverSlow.class, new VoiceSession.HandoverSlow(), STILL_WAITING_EVERY);
        answer(() -> packet(open, tier, deadline, lastTurns))
                .whenComplete((result, problem) ->
                        session.tell(new VoiceSession.HandoverAnswered(open.key(), told(result, problem))));
    }

    private CompletionStage<HandoverResult> answer(Supplier<HandoverPacket> packet) {
        try {
            return call.handover().desk().ask(packet.get());
        } catch (RuntimeException | LinkageError e) {
            return CompletableFuture.completedFuture(failed(e));
        }
    }

    private static HandoverResult told(@Nullable HandoverResult result, @Nullable Throwable problem) {
        if (problem != null) {
            Throwable cause = problem.getCause();
            return failed(problem instanceof CompletionException && cause != null ? cause : problem);
        }
        return result != null ? result : new HandoverResult.Failed("the desk gave no result");
    }

    /** A message may hold anything, so that only the kind of the failure is told. */
    private static HandoverResult failed(Throwable problem) {
        return new HandoverResult.Failed(
                "the desk failed: " + problem.getClass().getSimpleName());
    }

    private HandoverPacket packet(
            Asked open, String tier, Duration deadline, Supplier<List<HandoverPacket.Said>> lastTurns) {
        Handover handover = call.handover();
        Set<HandoverDetail> details = handover.desk().details(open.to().target());
        Conversation conversation = call.conversation();
        Instant now = call.clock().instant();
        return new HandoverPacket(
                open.key(),
                call.id().value(),
                handover.caller(),
                handover.telephoneCall(),
                conversation.name(),
                conversation.version(),
                open.to().target(),
                open.to().reason(),
                details.contains(HandoverDetail.SENSITIVE)
                        ? conversation.notes()
                        : conversation.notes().masked(),
                details.contains(HandoverDetail.TRANSCRIPT) ? lastTurns.get() : List.of(),
                tier,
                now,
                now.plus(deadline));
    }

    /** What was asked, if this is its first answer; nobody is asked any more then. */
    Optional<Asked> settled(String key, HandoverResult result) {
        Optional<Asked> open = asked.filter(each -> each.key().equals(key));
        open.ifPresent(each -> close(each, result));
        return open;
    }

    /** What was asked, if it still has no answer; none is waited for any more. */
    Optional<Asked> overdue(String key, HandoverResult result) {
        Optional<Asked> open = asked.filter(each -> each.key().equals(key));
        open.ifPresent(each -> withdraw(result));
        return open;
    }

    /** No answer is waited for any more. */
    void withdraw(HandoverResult result) {
        asked.ifPresent(open -> {
            close(open, result);
            call.handover().desk().withdraw(open.key());
        });
    }

    private void close(Asked open, HandoverResult result) {
        asked = Optional.empty();
        timers.cancel(VoiceSession.HandoverOverdue.class);
        timers.cancel(VoiceSession.HandoverSlow.class);
        record.handoverSettled(
                open.to().target(), result, Duration.ofNanos(call.clock().nanoTime() - open.startedNanos()));
    }
}
