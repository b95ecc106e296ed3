package dev.antiphon.tool;

import dev.antiphon.session.ToolConduct;
import dev.antiphon.session.Wording;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How one tool runs. Immutable.
 *
 * <pre>{@code ToolPolicy.of(p -> p.readOnly().timeout(Duration.ofSeconds(3)).retries(2).breaker(Breaker.DEFAULT))}</pre>
 *
 * @param access whether it changes anything; default {@link Access#CHANGES}
 * @param timeout from the request to the outcome, waiting in the queue and further attempts included; default 10 s
 * @param maxConcurrent how many calls of this tool run at once on this node, at least 1; default 16
 * @param maxQueued how many more may wait, 0 or more; a call beyond is rejected; default 64
 * @param maxResultChars longer results are cut, with a marker, at least 100; default 8,000 characters of JSON
 * @param retries further attempts after a {@link TransientFailure}, with growing pauses; default 0
 * @param rate how many calls may begin in a time on this node; default: any number
 * @param breaker when it is taken for out of order; default: never
 * @param cache how long results may be told again to anybody; default: not at all; only for tools that change nothing
 * @param duplicates what becomes of a call like one that a session has made already; default {@link Duplicates#JOIN} for tools that
 *     change nothing, {@link Duplicates#REPLAY} for others
 * @param order tools of one session with the same word run one after the other; default: all at once
 * @param computes whether its code uses a processor for long instead of waiting, and so runs on platform threads of its own, at most
 *     {@code maxConcurrent}: on virtual threads, a few such calls would keep all other tools and effects from running; default: no
 * @param conduct what the caller hears meanwhile; default {@link ToolConduct#DEFAULT}, where a tool that changes nothing is cancelled
 *     when the caller takes another turn
 */
public record ToolPolicy(
        Access access,
        Duration timeout,
        int maxConcurrent,
        int maxQueued,
        int maxResultChars,
        int retries,
        Optional<Rate> rate,
        Optional<Breaker> breaker,
        Optional<Caching> cache,
        Duplicates duplicates,
        Optional<String> order,
        boolean computes,
        ToolConduct conduct) {
    private static final ToolPolicy DEFAULTS = of(policy -> {});

    public ToolPolicy {
        positive("tool timeout", timeout);
        atLeast("maxConcurrent", 1, maxConcurrent);
        atLeast("maxQueued", 0, maxQueued);
        atLeast("maxResultChars", 100, maxResultChars);
        atLeast("retries", 0, retries);
        conduct.detachAfter().filter(after -> after.compareTo(timeout) >= 0).ifPresent(after -> {
            throw new IllegalArgumentException(
                    "a tool's timeout must be longer than detachAfter, but they were " + timeout + " and " + after);
        });
        inTime("filler", conduct.filler(), timeout);
        inTime("progress", conduct.progress(), timeout);
        if (access == Access.CHANGES && conduct.cancellable()) {
            throw new IllegalArgumentException("a tool that may change something must not be cancellable");
        }
        if (access == Access.CHANGES && cache.isPresent()) {
            throw new IllegalArgumentException(
                    "only a tool that changes nothing may have a cache; declare it readOnly()");
        }
    }

    /** Whether a tool changes anything. */
    public enum Access {
        /** It only looks: it may be cancelled at any time, and its results may be told again. */
        READS,
        /** It may change something: once begun it is never interrupted, whoever still waits for it. */
        CHANGES
    }

    /** What becomes of a call with the same arguments as an earlier one of the same session. */
    public enum Duplicates {
        /** It runs like any other. */
        RUN,
        /** While the earlier one runs, both get its result. */
        JOIN,
        /** While the earlier one runs, it is rejected. */
        REJECT,
        /** As {@link #JOIN}; and when the earlier one has succeeded, its result is told again and nothing runs, for two hours. */
        REPLAY
    }

    /**
     * How many calls may begin in any time of some length; a call beyond is rejected with the time to wait, and does not count. One that
     * waits for a place counts from when it was made. Of more than 1,000 calls, those that begin within a thousandth of the time count
     * as long as the last of them: never more begin, and one may have to wait that thousandth longer.
     *
     * @param calls at least 1; all of them may begin at once
     * @param per how long a call counts
     */
    public record Rate(int calls, Duration per) {
        public Rate {
            atLeast("calls of a rate", 1, calls);
            positive("the time of a rate", per);
        }
    }

    /**
     * A circuit breaker: a tool that mostly fails is not called for a while, then tried with a few calls. Failures are unexpected
     * exceptions, {@link TransientFailure}s and timeouts; a {@link ToolFailure} is an answer.
     *
     * @param failurePercent from so many failures in a hundred, 1 to 100
     * @param ofLast of the last so many calls, at least 1
     * @param atLeast after at least so many calls, 1 to {@code ofLast}
     * @param openFor it is left alone for so long
     * @param probes so many calls may then try it, at least 1
     */
    public record Breaker(int failurePercent, int ofLast, int atLeast, Duration openFor, int probes) {
        /** Half of the last twenty calls, after at least ten; 30 s; two probes. */
        public static final Breaker DEFAULT = new Breaker(50, 20, 10, Duration.ofSeconds(30), 2);

        public Breaker {
            between("failurePercent", 1, 100, failurePercent);
            ToolPolicy.atLeast("ofLast", 1, ofLast);
            between("atLeast", 1, ofLast, atLeast);
            positive("openFor", openFor);
            ToolPolicy.atLeast("probes", 1, probes);
        }
    }

    /**
     * How results are told again, to any session, by the arguments.
     *
     * @param entries at most so many results, at least 1
     * @param fresh so long without asking the tool
     * @param stale so long after that, while the tool is asked in the background; zero: never
     */
    public record Caching(int entries, Duration fresh, Duration stale) {
        public Caching {
            atLeast("entries of a cache", 1, entries);
            positive("the fresh time of a cache", fresh);
            if (stale.isNegative()) {
                throw new IllegalArgumentException("the stale time of a cache must not be negative, but was " + stale);
            }
        }
    }

    /** The defaults, changed. */
    public static ToolPolicy of(Consumer<Builder> changes) {
        Builder builder = new Builder();
        changes.accept(builder);
        return builder.build();
    }

    /** The defaults. */
    public static ToolPolicy defaults() {
        return DEFAULTS;
    }

    /** A copy, changed. */
    public ToolPolicy with(Consumer<Builder> changes) {
        Builder builder = new Builder(this);
        changes.accept(builder);
        return builder.build();
    }

    boolean changes() {
        return access == Access.CHANGES;
    }

    /** Words of a tool's own are meant to be heard; the dialog's, which have the same times for all tools, need not come up. */
    private static void inTime(String what, Optional<ToolConduct.Wait> wait, Duration timeout) {
        wait.filter(words -> words.words().isPresent())
                .map(ToolConduct.Wait::after)
                .filter(after -> after.compareTo(timeout) >= 0)
                .ifPresent(after -> {
                    throw new IllegalArgumentException("a tool's " + what + " must come before its timeout, or nobody"
                            + " hears it, but they were " + after + " and " + timeout);
                });
    }

    private static void atLeast(String name, int least, int value) {
        if (value < least) {
            throw new IllegalArgumentException(name + " must be " + least + " or more, but was " + value);
        }
    }

    private static void between(String name, int least, int most, int value) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " must be " + least + " to " + most + ", but was " + value);
        }
    }

    private static void positive(String name, Duration value) {
        if (value.isNegative() || value.isZero()) {
            throw new IllegalArgumentException(name + " must be positive, but was " + value);
        }
    }

    /** Shapes a policy. Not thread-safe. */
    public static final class Builder {
        private Access access = Access.CHANGES;
        private Duration timeout = Duration.ofSeconds(10);
        private int maxConcurrent = 16;
        private int maxQueued = 64;
        private int maxResultChars = 8_000;
        private int retries;
        private Optional<Rate> rate = Optional.empty();
        private Optional<Breaker> breaker = Optional.empty();
        private Optional<Caching> cache = Optional.empty();
        private Optional<Duplicates> duplicates = Optional.empty();
        private Optional<String> order = Optional.empty();
        private boolean computes;
        private Optional<ToolConduct.Wait> filler = ToolConduct.DEFAULT.filler();
        private Optional<ToolConduct.Wait> progress = ToolConduct.DEFAULT.progress();
        private Optional<Duration> detachAfter = Optional.empty();
        private Optional<Wording> exit = Optional.empty();
        private boolean survivesBargeIn;

        private Builder() {}

        private Builder(ToolPolicy from) {
            access = from.access;
            timeout = from.timeout;
            maxConcurrent = from.maxConcurrent;
            maxQueued = from.maxQueued;
            maxResultChars = from.maxResultChars;
            retries = from.retries;
            rate = from.rate;
            breaker = from.breaker;
            cache = from.cache;
            duplicates = Optional.of(from.duplicates).filter(each -> each != usual(from.access));
            order = from.order;
            computes = from.computes;
            filler = from.conduct.filler();
            progress = from.conduct.progress();
            detachAfter = from.conduct.detachAfter();
            exit = from.conduct.exit();
            survivesBargeIn = from.access == Access.READS && !from.conduct.cancellable();
        }

        private static Duplicates usual(Access access) {
            return access == Access.READS ? Duplicates.JOIN : Duplicates.REPLAY;
        }

        /** It only looks, see {@link Access#READS}. */
        public Builder readOnly() {
            access = Access.READS;
            return this;
        }

        /** It may change something, see {@link Access#CHANGES}; the default. Nothing of it is cached. */
        public Builder changes() {
            access = Access.CHANGES;
            cache = Optional.empty();
            survivesBargeIn = false;
            return this;
        }

        /** See {@link ToolPolicy#timeout}. */
        public Builder timeout(Duration limit) {
            timeout = limit;
            return this;
        }

        /** See {@link ToolPolicy#maxConcurrent} and {@link ToolPolicy#maxQueued}. */
        public Builder bulkhead(int concurrent, int queued) {
            maxConcurrent = concurrent;
            maxQueued = queued;
            return this;
        }

        /** See {@link ToolPolicy#maxResultChars}. */
        public Builder maxResultChars(int chars) {
            maxResultChars = chars;
            return this;
        }

        /** See {@link ToolPolicy#retries}. */
        public Builder retries(int count) {
            retries = count;
            return this;
        }

        /** See {@link Rate}. */
        public Builder rate(int calls, Duration per) {
            rate = Optional.of(new Rate(calls, per));
            return this;
        }

        /** See {@link Breaker}. */
        public Builder breaker(Breaker when) {
            breaker = Optional.of(when);
            return this;
        }

        /** See {@link Caching}; nothing is told after its time. */
        public Builder cache(int entries, Duration fresh) {
            return cache(entries, fresh, Duration.ZERO);
        }

        /** See {@link Caching}. */
        public Builder cache(int entries, Duration fresh, Duration stale) {
            cache = Optional.of(new Caching(entries, fresh, stale));
            return this;
        }

        /** See {@link Duplicates}. */
        public Builder duplicates(Duplicates what) {
            duplicates = Optional.of(what);
            return this;
        }

        /** See {@link ToolPolicy#order}. */
        public Builder inOrder(String word) {
            order = Optional.of(word);
            return this;
        }

        /** See {@link ToolPolicy#computes}. */
        public Builder computes() {
            computes = true;
            return this;
        }

        /** What the caller hears once when the result is not there after this, before the timeout; default: the dialog's words after 900 ms. */
        public Builder filler(Duration after, String words) {
            return filler(after, Wording.of(words));
        }

        /** As {@link #filler(Duration, String)}, in several languages. */
        public Builder filler(Duration after, Wording words) {
            filler = Optional.of(new ToolConduct.Wait(after, Optional.of(words)));
            return this;
        }

        /** What the caller hears once when the result is still not there, before the timeout; default: the dialog's words after 5 s. */
        public Builder progress(Duration after, String words) {
            return progress(after, Wording.of(words));
        }

        /** As {@link #progress(Duration, String)}, in several languages. */
        public Builder progress(Duration after, Wording words) {
            progress = Optional.of(new ToolConduct.Wait(after, Optional.of(words)));
            return this;
        }

        /** The caller hears nothing while it runs. */
        public Builder silent() {
            filler = Optional.empty();
            progress = Optional.empty();
            return this;
        }

        /** What the model is given to say when the time is over, or when it goes on without the result; default: the dialog's words. */
        public Builder exit(Wording words) {
            exit = Optional.of(words);
            return this;
        }

        /**
         * The model goes on without the result after this; it is told at the next turn boundary when it has come. The timeout
         * must be longer.
         */
        public Builder detachAfter(Duration patience) {
            detachAfter = Optional.of(patience);
            return this;
        }

        /** A look-up that goes on when the caller takes another turn. */
        public Builder survivesBargeIn() {
            survivesBargeIn = true;
            return this;
        }

        private ToolPolicy build() {
            return new ToolPolicy(
                    access,
                    timeout,
                    maxConcurrent,
                    maxQueued,
                    maxResultChars,
                    retries,
                    rate,
                    breaker,
                    cache,
                    duplicates.orElse(usual(access)),
                    order,
                    computes,
                    new ToolConduct(access == Access.READS && !survivesBargeIn, filler, progress, detachAfter, exit));
        }
    }
}
