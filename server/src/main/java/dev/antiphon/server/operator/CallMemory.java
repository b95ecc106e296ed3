package dev.antiphon.server.operator;

import dev.antiphon.session.SessionEvent;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * The figures of live calls and of the latest {@value #MAX_ENDED} ended ones, in memory. At most {@value #MAX_LIVE} live calls
 * are followed; those beyond are not shown. Callers are known by a hash whose key is forgotten when the process ends. Holds no word
 * of a call. Thread-safe; never blocks for long.
 */
public final class CallMemory implements SessionObserver {
    static final int MAX_ENDED = 2_000;
    static final int MAX_LIVE = 10_000;

    private final Instant since;
    private final Map<SessionId, CallTally> live = new LinkedHashMap<>();
    private final Map<SessionId, String> callers = new LinkedHashMap<>();
    private final Deque<CallFigures> ended = new ArrayDeque<>();
    private final SecretKeySpec key;

    /** Nothing yet; figures count from now. */
    public CallMemory(InstantSource clock) {
        this.since = clock.instant();
        byte[] random = new byte[32];
        new SecureRandom().nextBytes(random);
        this.key = new SecretKeySpec(random, "HmacSHA256");
    }

    /** Since when it remembers. */
    Instant since() {
        return since;
    }

    /** The front end has named who makes the call; to be said before its first fact. */
    synchronized void named(SessionId call, String caller) {
        if (callers.size() < MAX_LIVE) {
            callers.put(call, hash(caller));
        }
    }

    /** The call does not begin after all. */
    synchronized void withdrawn(SessionId call) {
        callers.remove(call);
    }

    @Override
    public void on(SessionEvent event) {
        tally(event).ifPresent(call -> call.on(event));
        if (event instanceof SessionEvent.SessionEnded) {
            end(event.session());
        }
    }

    private synchronized Optional<CallTally> tally(SessionEvent event) {
        Optional<CallTally> known = Optional.ofNullable(live.get(event.session()));
        if (known.isPresent() || live.size() >= MAX_LIVE) {
            return known;
        }
        CallTally begun = new CallTally(
                event.session().value(), event.at(), Optional.ofNullable(callers.remove(event.session())));
        live.put(event.session(), begun);
        return Optional.of(begun);
    }

    private synchronized void end(SessionId session) {
        CallTally call = live.remove(session);
        if (call != null) {
            ended.addLast(call.figures());
            if (ended.size() > MAX_ENDED) {
                ended.removeFirst();
            }
        }
    }

    /** Every call that is remembered, in the order of their end, live ones last. */
    List<CallFigures> calls() {
        List<CallFigures> all;
        Collection<CallTally> open;
        synchronized (this) {
            all = new ArrayList<>(ended);
            open = new ArrayList<>(live.values());
        }
        open.forEach(call -> all.add(call.figures()));
        return all;
    }

    private String hash(String caller) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            byte[] digest = mac.doFinal(caller.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest, 0, 12);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has HmacSHA256", e);
        }
    }
}
