package dev.antiphon.tool;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What must outlive a restart of the dispatcher, because the threads do: runs under way, the places they hold, and which
 * effects succeeded. Not thread-safe; used by one dispatcher incarnation after the other.
 */
final class OngoingWork {
    private final Map<Long, Run> runs = new HashMap<>();
    private final Map<Long, List<Settlements.Settlement>> late = new HashMap<>();
    private final Map<String, Bulkhead> toolPlaces = new LinkedHashMap<>();
    private final Bulkhead effectPlaces;
    private final EffectLedger ledger = new EffectLedger();
    private long lastNumber;
    private long lateResults;

    OngoingWork(ToolCatalogue catalogue, ToolPoolSettings settings) {
        effectPlaces = new Bulkhead(settings.maxEffects(), settings.maxQueuedEffects());
        catalogue
                .all()
                .forEach(tool -> toolPlaces.put(
                        tool.name(),
                        new Bulkhead(
                                tool.policy().maxConcurrent(), tool.policy().maxQueued())));
    }

    long nextNumber() {
        return ++lastNumber;
    }

    Bulkhead placesOf(OfferedTool<?, ?> tool) {
        return toolPlaces.computeIfAbsent(
                tool.name(),
                name -> new Bulkhead(
                        tool.policy().maxConcurrent(), tool.policy().maxQueued()));
    }

    Bulkhead effectPlaces() {
        return effectPlaces;
    }

    EffectLedger ledger() {
        return ledger;
    }

    Optional<Run> run(long generation) {
        return Optional.ofNullable(runs.get(generation));
    }

    void put(Run run) {
        runs.put(run.generation(), run);
    }

    /** Takes it into the books and asks for a place. A refused run is not kept. */
    Bulkhead.Admission admit(Run run) {
        Bulkhead.Admission admission = run.place().admit(run.generation());
        if (admission != Bulkhead.Admission.FULL) {
            runs.put(run.generation(), run);
            run.effect().ifPresent(key -> ledger.began(key, run.generation()));
        }
        return admission;
    }

    /** It ended with this outcome; the run that now has its place. */
    Optional<Run> ended(Run run, Attempt attempt) {
        run.effect().ifPresent(key -> ledger.ended(key, attempt.outcome()));
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

    /** It will not be tried (again); the run that now has its place. */
    Optional<Run> dropped(Run run) {
        run.effect().ifPresent(ledger::dropped);
        run.place().withdraw(run.generation());
        return free(run);
    }

    private Optional<Run> free(Run run) {
        runs.remove(run.generation());
        return run.place().release(run.generation()).flatMap(this::run);
    }

    /** The dispatcher lost its callers: forgets what no thread works on, interrupts what may be. */
    void orphaned() {
        List<Run> idle = new ArrayList<>();
        for (Run run : runs.values()) {
            if (run.worker().isEmpty()) {
                idle.add(run);
            } else if (run.isInterruptible()) {
                run.worker().ifPresent(Worker::interrupt);
            }
        }
        idle.forEach(run -> run.place().withdraw(run.generation()));
        idle.forEach(this::dropped);
    }

    void countLate() {
        lateResults++;
    }

    ToolLoad load() {
        Map<String, ToolLoad.Places> tools = new LinkedHashMap<>();
        toolPlaces.forEach((name, bulkhead) -> tools.put(name, places(bulkhead)));
        return new ToolLoad(tools, places(effectPlaces), lateResults);
    }

    private static ToolLoad.Places places(Bulkhead bulkhead) {
        return new ToolLoad.Places(bulkhead.running(), bulkhead.waiting());
    }
}
