package dev.antiphon.server.cli;

import dev.antiphon.flow.say.Plainly;
import dev.antiphon.session.ToolConduct;
import dev.antiphon.time.TimeLimit;
import dev.antiphon.tool.ToolPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What a tool's policy says beyond its timeout, where it differs from the default. */
final class PolicyText {
    private final Map<String, String> parts = new LinkedHashMap<>();

    private PolicyText() {}

    /** What differs, each by a short name and in words; empty when all is as usual. */
    static Map<String, String> differences(ToolPolicy policy) {
        ToolPolicy usual = ToolPolicy.of(changed -> {
            if (policy.access() == ToolPolicy.Access.READS) {
                changed.readOnly();
            }
        });
        PolicyText text = new PolicyText();
        if (policy.maxConcurrent() != usual.maxConcurrent() || policy.maxQueued() != usual.maxQueued()) {
            text.put("bulkhead", policy.maxConcurrent() + " at once, " + policy.maxQueued() + " may wait");
        }
        if (policy.retries() != usual.retries()) {
            text.put("retries", policy.retries() + (policy.retries() == 1 ? " retry" : " retries"));
        }
        policy.rate()
                .ifPresent(rate -> text.put("rate", Plainly.count(rate.calls(), "call") + " in " + time(rate.per())));
        policy.breaker().ifPresent(breaker -> text.put("breaker", breaker(breaker)));
        policy.cache().ifPresent(cache -> text.put("cache", cache(cache)));
        if (policy.duplicates() != usual.duplicates()) {
            text.put(
                    "duplicates",
                    "the same call again: " + policy.duplicates().name().toLowerCase(Locale.ROOT));
        }
        policy.order().ifPresent(word -> text.put("order", "in order with '" + word + "'"));
        if (policy.computes()) {
            text.put("computes", "computes, on platform threads of its own");
        }
        if (policy.maxResultChars() != usual.maxResultChars()) {
            text.put(
                    "max_result_chars",
                    String.format(Locale.ROOT, "%,d characters of result", policy.maxResultChars()));
        }
        text.conduct(policy.conduct(), usual.conduct());
        return text.parts;
    }

    private void conduct(ToolConduct conduct, ToolConduct usual) {
        if (conduct.cancellable() != usual.cancellable()) {
            put("barge_in", "goes on when the caller takes another turn");
        }
        wait("filler", conduct.filler(), usual.filler());
        wait("progress", conduct.progress(), usual.progress());
        conduct.detachAfter()
                .ifPresent(after -> put("detach_after", "the model goes on without it after " + time(after)));
        if (conduct.exit().isPresent()) {
            put("exit", "words of its own when it takes too long");
        }
    }

    private void wait(String name, Optional<ToolConduct.Wait> wait, Optional<ToolConduct.Wait> usual) {
        if (!wait.equals(usual)) {
            put(name, wait.map(w -> name + " after " + time(w.after())).orElse("no " + name));
        }
    }

    private static String breaker(ToolPolicy.Breaker breaker) {
        return "breaker: " + breaker.failurePercent() + " % of the last " + breaker.ofLast() + " (at least "
                + breaker.atLeast() + ") failed, then " + time(breaker.openFor()) + " of rest";
    }

    private static String cache(ToolPolicy.Caching cache) {
        return "cache: " + cache.entries() + " results for " + time(cache.fresh())
                + (cache.stale().isZero() ? "" : ", stale ones " + time(cache.stale()) + " more");
    }

    /** To tenths of a second: {@code 500 ms}, {@code 3 s}, {@code 1.5 s}, {@code 2 min}. */
    static String time(Duration duration) {
        long millis = duration.toMillis();
        return TimeLimit.text(Duration.ofMillis(millis < 1_000 ? millis : Math.round(millis / 100.0) * 100));
    }

    private void put(String name, String words) {
        parts.put(name, words);
    }
}
