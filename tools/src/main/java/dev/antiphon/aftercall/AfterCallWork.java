package dev.antiphon.aftercall;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** What is to be done after calls, and where each stands. Not thread-safe; confined to the dispatcher, and outlives its restarts. */
final class AfterCallWork {
    private final Map<String, AfterCallTask> tasks = new LinkedHashMap<>();
    private final int maxRunning;
    private final Map<String, Job> jobs = new LinkedHashMap<>();
    private final Deque<String> ready = new ArrayDeque<>();
    private final Map<String, Letter> revived = new LinkedHashMap<>();
    private final Set<String> onceDead = new HashSet<>();
    private int running;
    private int openCalls;

    /** Where a letter stands. */
    enum Phase {
        /** It is being kept for the first time. */
        KEEPING,
        /** It waits for a place. */
        READY,
        /** It is being delivered. */
        RUNNING,
        /** It waits for its next attempt. */
        PAUSED
    }

    /**
     * A letter under way.
     *
     * @param courier while it is delivered
     */
    record Job(AfterCallTask task, Letter letter, Phase phase, Optional<Courier> courier) {}

    AfterCallWork(List<AfterCallTask> declared, int maxRunning) {
        declared.forEach(task -> tasks.put(task.name(), task));
        this.maxRunning = maxRunning;
    }

    void callBegan() {
        openCalls++;
    }

    void callOver() {
        openCalls--;
    }

    List<AfterCallTask> tasks() {
        return List.copyOf(tasks.values());
    }

    Optional<AfterCallTask> task(String name) {
        return Optional.ofNullable(tasks.get(name));
    }

    /** Another letter; false when it is under way already. */
    boolean add(AfterCallTask task, Letter letter) {
        return jobs.putIfAbsent(letter.key(), new Job(task, letter, Phase.KEEPING, Optional.empty())) == null;
    }

    Optional<Job> job(String key) {
        return Optional.ofNullable(jobs.get(key));
    }

    /** It may be delivered. */
    void ready(String key) {
        job(key).filter(job -> job.phase() == Phase.KEEPING || job.phase() == Phase.PAUSED)
                .ifPresent(job -> {
                    jobs.put(key, new Job(job.task(), job.letter(), Phase.READY, Optional.empty()));
                    ready.add(key);
                });
    }

    /** Those for which there is a place now, the first first. */
    List<Job> next() {
        List<Job> next = new ArrayList<>();
        while (running + next.size() < maxRunning && !ready.isEmpty()) {
            job(ready.remove()).ifPresent(next::add);
        }
        return next;
    }

    void runs(String key, Courier courier) {
        job(key).ifPresent(job -> {
            jobs.put(key, new Job(job.task(), job.letter(), Phase.RUNNING, Optional.of(courier)));
            running++;
        });
    }

    /** The attempt is over, and its place free; what it was. */
    Optional<Job> ended(String key) {
        Optional<Job> job = job(key).filter(each -> each.phase() == Phase.RUNNING);
        job.ifPresent(each -> {
            jobs.put(key, new Job(each.task(), each.letter(), Phase.KEEPING, Optional.empty()));
            running--;
        });
        return job;
    }

    /** It is tried again later. */
    void pauses(Letter letter) {
        job(letter.key())
                .ifPresent(job -> jobs.put(letter.key(), new Job(job.task(), letter, Phase.PAUSED, Optional.empty())));
    }

    /** It is to be delivered; one whose last attempt has not reported yet, after that. */
    void takeUp(AfterCallTask task, Letter letter, boolean wasDead) {
        if (add(task, letter)) {
            if (wasDead) {
                onceDead.add(letter.key());
            }
            ready(letter.key());
        } else {
            revived.put(letter.key(), letter);
        }
    }

    /** Nothing more is to be done about it. */
    void remove(String key) {
        onceDead.remove(key);
        Optional<AfterCallTask> task = Optional.ofNullable(jobs.remove(key)).map(Job::task);
        Optional<Letter> next = Optional.ofNullable(revived.remove(key));
        task.ifPresent(of -> next.ifPresent(letter -> takeUp(of, letter, true)));
    }

    /** Whether it was a dead letter before it was taken up: then it has been counted as one. */
    boolean wasDead(String key) {
        return onceDead.contains(key);
    }

    List<Job> running() {
        return in(Phase.RUNNING);
    }

    List<Job> paused() {
        return in(Phase.PAUSED);
    }

    private List<Job> in(Phase phase) {
        return jobs.values().stream().filter(job -> job.phase() == phase).toList();
    }

    int runningNow() {
        return running;
    }

    int size() {
        return jobs.size();
    }

    /** Whether no call will end, and nothing is being kept or delivered. */
    boolean isIdle() {
        return openCalls <= 0 && running == 0 && in(Phase.KEEPING).isEmpty();
    }
}
