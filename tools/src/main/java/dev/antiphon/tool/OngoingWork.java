package dev.antiphon.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must outlive a restart of the dispatcher, because the threads do: runs under way, the places they hold, what stands before
 * each tool, and what succeeded. Not thread-safe; used by one dispatcher incarnation after the other.
 */
final class OngoingWork {
    private final ToolPoolSettings settings;
    private final Map<Long, Run> runs = new HashMap<>();
    private final Map<Long, List<Settlements.Settlement>> late = new HashMap<>();
    private final Map<String, ToolGate> gates = new LinkedHashMap<>();
    private final Bulkhead effectPlaces;
    private final ResultLog log = new ResultLog();
    private final Orders orders = new Orders();
    private long lastNumber;
    private long lateResults;

    /** What may begin now that a run is gone. */
    record Freed(Optional<Run> hasPlace, Optional<Run> isFirstInLine) {}

    OngoingWork(ToolCatalogue catalogue, ToolPoolSettings settings) {
        this.settings = settings;
        effectPlaces = new Bulkhead(settings.maxEffects(), settings.maxQueuedEffects());
        catalogue.all().forEach(this::gateOf);
    }

    long nextNumber() {
        return ++lastNumber;
    }

    /** What stands before a tool; the first time it is called it is made. */
    ToolGate gateOf(OfferedTool<?, ?> tool) {
        return gates.computeIfAbsent(tool.name(), name -> new ToolGate(name, tool.policy(), settings.clock()));
    }

    Optional<ToolGate> gate(String tool) {
        return Optional.ofNullable(gates.get(tool));
    }

    Bulkhead effectPlaces() {
        return effectPlaces;
    }

    ResultLog log() {
        return log;
    }

    Optional<Run> run(long generation) {
        return Optional.ofNullable(runs.get(generation));
    }

    void put(Run run) {
        runs.put(run.generation(), run);
    }

    /** Takes it into the books; whether it may ask for a place, or must wait for others in its line. */
    boolean enter(Run run) {
        put(run);
        run.log().ifPresent(key -> log.began(key, run.generation()));
        return run.line().map(line -> orders.enter(line, run.generation())).orElse(true);
    }

    /** Asks for a place. */
    Bulkhead.Admission admit(Run run) {
        return run.place().admit(run.generation());
    }

    /** It ended with this outcome. */
    Freed ended(Run run, Attempt attempt) {
        run.log().ifPresent(key -> log.ended(key, attempt.outcome()));
        run.call().ifPresent(call -> {
            call.permit().settle(attempt.broken());
            call.gate().keep(call.arguments(), attempt.outcome());
        });
        return free(run);
    }

    /** Somebody's time is over, who still wants to know what becomes of it. */
    void tellLater(Run run, Settlements.Settlement settlement) {
        late.computeIfAbsent(run.generation(), generation -> new ArrayList<>()).add(settlement);
    }

    /** Those whose time was over before the run ended; they are forgotten here. */
    List<Settlements.Settlement> takeLate(Run run) {
        return Optional.ofNullable(late.remove(run.generation())).orElse(List.of());
    }

    /** It will not be tried (again). */
    Freed dropped(Run run) {
        run.log().ifPresent(log::dropped);
        run.call().ifPresent(call -> call.permit().release());
        run.place().withdraw(run.generation());
        return free(run);
    }

    private Freed free(Run run) {
        runs.remove(run.generation());
        return new Freed(
                run.place().release(run.generation()).flatMap(this::run),
                run.line().flatMap(line -> orders.leave(line, run.generation())).flatMap(this::run));
    }

    /** The dispatcher lost its callers: forgets what no thread works on, interrupts what may be. */
    void orphaned() {
        List<Run> idle = new ArrayList<>();
        for (Run run : runs.values()) {
            if (run.worker().isEmpty()) {
                idle.add(run);
            } else if (run.interruptible()) {
                run.worker().ifPresent(Worker::interrupt);
            }
        }
        idle.forEach(run -> run.place().withdraw(run.generation()));
        idle.forEach(this::dropped);
    }

    void countLate(Run run) {
        lateResults++;
        run.call().ifPresent(call -> call.gate().counts.count(ToolCounts.Kind.LATE));
    }

    void countLate() {
        lateResults++;
    }

    ToolLoad load() {
        Map<String, ToolLoad.OfTool> tools = new LinkedHashMap<>();
        gates.forEach((name, gate) -> tools.put(name, gate.load()));
        return new ToolLoad(tools, new ToolLoad.Places(effectPlaces.running(), effectPlaces.waiting()), lateResults);
    }
}
