package dev.antiphon.aftercall;

import dev.antiphon.session.SessionObserver;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;

/**
 * The tasks of a node that are done when its calls are over. Thread-safe. A call hands its packet over and knows nothing more of it:
 * neither its end nor another call waits for a task.
 *
 * <p>A task is kept in the box before it is tried, and until it is done: what a process leaves is taken up by the next one that has the
 * same box. After the last attempt it is a dead letter there, which {@link #retry} brings back.
 */
public final class AfterCalls {
    private final ActorRef<AfterCallDispatcher.Command> dispatcher;
    private final ActorSystem<?> system;
    private final Set<String> tasks;
    private final boolean keepsWords;
    private final LetterBox box;
    private final AfterCallCounts counts;

    private AfterCalls(
            ActorRef<AfterCallDispatcher.Command> dispatcher,
            ActorSystem<?> system,
            List<AfterCallTask> tasks,
            LetterBox box,
            AfterCallCounts counts) {
        this.dispatcher = dispatcher;
        this.system = system;
        this.tasks = tasks.stream().map(AfterCallTask::name).collect(Collectors.toUnmodifiableSet());
        this.keepsWords = tasks.stream().anyMatch(AfterCallTask::wantsTranscript);
        this.box = box;
        this.counts = counts;
    }

    /** What came of trying a dead letter again. */
    public enum Retry {
        /** It is tried again. */
        STARTED,
        /** There is no dead letter with this key: it was delivered, or is being tried. */
        NOT_DEAD,
        /** Its task is not declared here. */
        NO_SUCH_TASK
    }

    /**
     * Starts them, and takes up what the box still has. Blocks while it reads the box.
     *
     * @param box for this one alone; closed by {@link #stop}
     * @param clock of the times that letters hold
     * @throws IllegalArgumentException when two tasks have the same name
     */
    public static AfterCalls start(
            ActorSystem<?> system,
            List<AfterCallTask> tasks,
            AfterCallSettings settings,
            LetterBox box,
            InstantSource clock) {
        Set<String> names = new HashSet<>();
        tasks.forEach(task -> {
            if (!names.add(task.name())) {
                throw new IllegalArgumentException("two tasks after calls are named '" + task.name() + "'");
            }
        });
        AfterCallCounts counts = new AfterCallCounts(tasks);
        Map<Letter.State, List<Letter>> left = box.all().stream().collect(Collectors.groupingBy(Letter::state));
        counts.deadLetters(
                Optional.ofNullable(left.get(Letter.State.DEAD)).map(List::size).orElse(0));
        ActorRef<AfterCallDispatcher.Command> dispatcher = system.systemActorOf(
                AfterCallDispatcher.create(List.copyOf(tasks), settings, box, counts, clock),
                "after-calls-" + UUID.randomUUID(),
                Props.empty());
        Optional.ofNullable(left.get(Letter.State.PENDING))
                .ifPresent(pending -> dispatcher.tell(new AfterCallDispatcher.TakeUp(pending, false)));
        return new AfterCalls(dispatcher, system, tasks, box, counts);
    }

    /**
     * An observer for one call, which notes what the packet needs and hands it over at the end. It keeps no words unless a task wants
     * them.
     *
     * @param caller who calls, as the front end says
     * @param telephoneCall the provider's id of the telephone call, as the front end says
     * @param models the model of a tier, by the tier's name
     */
    public SessionObserver observer(
            Optional<String> caller, Optional<String> telephoneCall, UnaryOperator<String> models) {
        return new CallNotebook(
                caller,
                telephoneCall,
                models,
                keepsWords,
                () -> dispatcher.tell(new AfterCallDispatcher.CallBegan()),
                call -> dispatcher.tell(new AfterCallDispatcher.CallOver(call)));
    }

    /** The letters that are kept, dead and pending ones, the oldest first. Blocks. */
    public List<Letter> letters() {
        return box.all();
    }

    /** The letter with this key. Blocks. */
    public Optional<Letter> letter(String key) {
        return box.find(key);
    }

    /** Tries a dead letter again, with as many attempts as a new one. Blocks. */
    public synchronized Retry retry(String key) {
        Optional<Letter> dead = box.find(key).filter(letter -> letter.state() == Letter.State.DEAD);
        if (dead.isEmpty()) {
            return Retry.NOT_DEAD;
        }
        if (!tasks.contains(dead.get().task())) {
            return Retry.NO_SUCH_TASK;
        }
        Letter revived = dead.get().revived();
        try {
            box.keep(revived);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        counts.deadLetters(-1);
        dispatcher.tell(new AfterCallDispatcher.TakeUp(List.of(revived), true));
        return Retry.STARTED;
    }

    /** What they are doing. */
    public AfterCallLoad load() {
        return counts.read();
    }

    /** Whether what is not done outlives this process. */
    public boolean isLasting() {
        return box.isLasting();
    }

    /**
     * Begins nothing more, and waits for calls that have begun to end and for what runs; what is not done then stays in the box. Completes
     * in any case, a little after that time at the latest; calls that end later have no tasks.
     */
    public CompletionStage<Done> stop(Duration within) {
        return AskPattern.<AfterCallDispatcher.Command, Done>ask(
                        dispatcher,
                        replyTo -> new AfterCallDispatcher.Drain(within, replyTo),
                        within.plusSeconds(1),
                        system.scheduler())
                .exceptionally(gone -> Done.getInstance())
                .thenApply(done -> {
                    box.close();
                    return done;
                });
    }
}
