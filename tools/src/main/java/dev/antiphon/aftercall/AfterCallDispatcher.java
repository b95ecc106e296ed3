package dev.antiphon.aftercall;

import dev.antiphon.time.TimeLimit;
import java.io.IOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.PostStop;
import org.apache.pekko.actor.typed.Signal;
import org.apache.pekko.actor.typed.SupervisorStrategy;
import org.apache.pekko.actor.typed.javadsl.AbstractMatchingBehavior;
import org.apache.pekko.actor.typed.javadsl.ActorContext;
import org.apache.pekko.actor.typed.javadsl.Behaviors;
import org.apache.pekko.actor.typed.javadsl.TimerScheduler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the tasks of calls that are over, each attempt on a virtual thread, so many at once and so many waiting. The actor only decides;
 * tasks, their conditions and the box run elsewhere. Supervised: when it breaks, what was under way goes on.
 */
final class AfterCallDispatcher extends AbstractMatchingBehavior<AfterCallDispatcher.Command> {
    private static final Logger LOG = LoggerFactory.getLogger(AfterCallDispatcher.class);

    /** What it can be told. */
    sealed interface Command {}

    /** A call has begun, whose end will be told. */
    record CallBegan() implements Command {}

    /** A call is over. */
    record CallOver(EndedCall call) implements Command {}

    /** Letters that are in the box, and are to be delivered; {@code wasDead}: which were dead ones until now. */
    record TakeUp(List<Letter> letters, boolean wasDead) implements Command {
        TakeUp {
            letters = List.copyOf(letters);
        }
    }

    /** Begins nothing more, waits so long for what runs, and stops. */
    record Drain(Duration within, ActorRef<Done> replyTo) implements Command {}

    private record Kept(String key, Keeping keeping) implements Command {}

    private record Ended(String key, Courier.Result result) implements Command {}

    private record TryAgain(String key) implements Command {}

    private record Overdue(String key, int attempt) implements Command {}

    private record DrainOver() implements Command {}

    /** What came of keeping a letter for the first time. */
    private enum Keeping {
        KEPT,
        NOT_WANTED,
        DEAD
    }

    private final TimerScheduler<Command> timers;
    private final AfterCallWork work;
    private final AfterCallSettings settings;
    private final LetterBox box;
    private final AfterCallCounts counts;
    private final InstantSource clock;
    private Optional<ActorRef<Done>> drained = Optional.empty();

    static Behavior<Command> create(
            List<AfterCallTask> tasks,
            AfterCallSettings settings,
            LetterBox box,
            AfterCallCounts counts,
            InstantSource clock) {
        return Behaviors.setup(outer -> {
            AfterCallWork work = new AfterCallWork(tasks, settings.maxRunning());
            Behavior<Command> incarnation = Behaviors.setup(context -> Behaviors.withTimers(
                    timers -> new AfterCallDispatcher(context, timers, work, settings, box, counts, clock)));
            return Behaviors.supervise(incarnation).onFailure(Throwable.class, SupervisorStrategy.restart());
        });
    }

    private AfterCallDispatcher(
            ActorContext<Command> context,
            TimerScheduler<Command> timers,
            AfterCallWork work,
            AfterCallSettings settings,
            LetterBox box,
            AfterCallCounts counts,
            InstantSource clock) {
        super(context);
        this.timers = timers;
        this.work = work;
        this.settings = settings;
        this.box = box;
        this.counts = counts;
        this.clock = clock;
        work.paused().forEach(job -> pause(job.letter()));
        work.running().forEach(this::watch);
        context.getSelf().tell(new TakeUp(List.of(), false));
    }

    @Override
    public Behavior<Command> onMessage(Command command) {
        switch (command) {
            case CallBegan ignored -> work.callBegan();
            case CallOver over -> onCallOver(over.call());
            case TakeUp taken -> taken.letters().forEach(letter -> onTakenUp(letter, taken.wasDead()));
            case Kept kept -> onKept(kept);
            case Ended ended -> onEnded(ended);
            case TryAgain again -> work.ready(again.key());
            case Overdue overdue -> onOverdue(overdue);
            case Drain drain -> onDrain(drain);
            case DrainOver ignored -> {}
        }
        if (drained.isEmpty()) {
            work.next().forEach(this::launch);
        }
        counts.at(work.runningNow(), work.size() - work.runningNow());
        boolean over = drained.isPresent() && (work.isIdle() || command instanceof DrainOver);
        return over ? stopped() : this;
    }

    @Override
    public Behavior<Command> onSignal(Signal signal) {
        if (signal instanceof PostStop && drained.isEmpty()) {
            leave();
        }
        return this;
    }

    private void leave() {
        work.running().forEach(job -> job.courier().ifPresent(Courier::stop));
        if (work.size() > 0 && !box.isLasting()) {
            LOG.warn("tasks after calls that are lost, since they were not done and kept in memory: {}", work.size());
        }
    }

    private void onCallOver(EndedCall call) {
        work.callOver();
        work.tasks().forEach(task -> begin(task, call));
    }

    private void begin(AfterCallTask task, EndedCall call) {
        Letter letter = Letter.of(task, call);
        boolean full = work.size() >= settings.maxWaiting();
        if (work.add(task, letter)) {
            keep(task, full ? letter.dead("too many tasks waited", clock.instant()) : letter);
        }
    }

    private void keep(AfterCallTask task, Letter letter) {
        ActorRef<Command> self = getContext().getSelf();
        Thread.ofVirtual()
                .name("after-call-keep")
                .start(() -> self.tell(new Kept(letter.key(), keep(task, letter, box, counts))));
    }

    private static Keeping keep(AfterCallTask task, Letter letter, LetterBox box, AfterCallCounts counts) {
        Letter kept = letter;
        try {
            if (!task.isFor(letter.call())) {
                return Keeping.NOT_WANTED;
            }
        } catch (RuntimeException | LinkageError | StackOverflowError e) {
            LOG.error("after call {}: its condition failed", letter.key(), e);
            kept = letter.dead("the condition failed: " + e.getClass().getSimpleName(), letter.since());
        }
        if (kept.state() == Letter.State.DEAD) {
            counts.of(task).dead.increment();
            counts.deadLetters(1);
            LOG.warn("after call {}: {}; it is a dead letter now", kept.key(), kept.error());
        }
        try {
            box.keep(kept);
        } catch (IOException | RuntimeException e) {
            LOG.error(
                    "after call {}: it cannot be kept, and is lost when this process ends before it is done",
                    letter.key(),
                    e);
        }
        return kept.state() == Letter.State.DEAD ? Keeping.DEAD : Keeping.KEPT;
    }

    private void onKept(Kept kept) {
        switch (kept.keeping()) {
            case KEPT -> work.ready(kept.key());
            case NOT_WANTED, DEAD -> work.remove(kept.key());
        }
    }

    /** One whose task is not declared any more stays in the box. */
    private void onTakenUp(Letter letter, boolean wasDead) {
        work.task(letter.task())
                .ifPresentOrElse(
                        task -> work.takeUp(task, letter, wasDead),
                        () -> LOG.warn(
                                "after call {}: there is no such task any more; it stays where it is", letter.key()));
    }

    private void launch(AfterCallWork.Job job) {
        ActorRef<Command> self = getContext().getSelf();
        String key = job.letter().key();
        Courier courier = new Courier(job.task(), job.letter(), box, settings.attempts(), clock);
        work.runs(key, courier);
        watch(job);
        courier.start(result -> self.tell(new Ended(key, result)));
    }

    private void watch(AfterCallWork.Job job) {
        Letter letter = job.letter();
        timers.startSingleTimer(letter.key(), new Overdue(letter.key(), letter.attempts()), settings.timeout());
    }

    /** Its place stays taken until its thread ends. */
    private void onOverdue(Overdue overdue) {
        work.job(overdue.key())
                .filter(job -> job.letter().attempts() == overdue.attempt())
                .flatMap(AfterCallWork.Job::courier)
                .ifPresent(
                        courier -> courier.interrupt("it was not done within " + TimeLimit.text(settings.timeout())));
    }

    private void onEnded(Ended ended) {
        timers.cancel(ended.key());
        Optional<AfterCallWork.Job> job = work.ended(ended.key());
        switch (ended.result()) {
            case Courier.Result.Delivered ignored -> {
                job.ifPresent(each -> counts.of(each.task()).done.increment());
                work.remove(ended.key());
            }
            case Courier.Result.Stopped ignored -> {}
            case Courier.Result.Failed failed -> job.ifPresent(each -> onFailed(each, failed.letter()));
        }
    }

    private void onFailed(AfterCallWork.Job job, Letter letter) {
        if (letter.state() == Letter.State.DEAD) {
            if (!work.wasDead(letter.key())) {
                counts.of(job.task()).dead.increment();
            }
            counts.deadLetters(1);
            work.remove(letter.key());
        } else {
            counts.of(job.task()).retried.increment();
            work.pauses(letter);
            pause(letter);
        }
    }

    private void pause(Letter letter) {
        timers.startSingleTimer(
                letter.key(),
                new TryAgain(letter.key()),
                settings.pause()
                        .before(Math.max(1, letter.attempts()), letter.key().hashCode()));
    }

    private void onDrain(Drain drain) {
        drained = Optional.of(drain.replyTo());
        timers.startSingleTimer(DrainOver.class, new DrainOver(), drain.within());
    }

    private Behavior<Command> stopped() {
        leave();
        drained.ifPresent(replyTo -> replyTo.tell(Done.getInstance()));
        return Behaviors.stopped();
    }
}
