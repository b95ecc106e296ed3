package dev.antiphon.server.operator;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What operators did: the latest {@value #MAX_ENTRIES} entries in memory, and each one a line of the log at INFO. Thread-safe.
 */
final class AuditList {
    static final int MAX_ENTRIES = 500;
    private static final Logger LOG = LoggerFactory.getLogger(AuditList.class);

    /**
     * One thing.
     *
     * @param at when
     * @param login which login, a short name that changes with each login
     * @param action what was ordered, or {@code login}, {@code logout}, {@code wrong-password}
     * @param subject what it is about; may be empty
     * @param reason the operator's words; may be empty
     * @param done whether it was done
     * @param result one sentence
     */
    record Entry(Instant at, String login, String action, String subject, String reason, boolean done, String result) {}

    private final Deque<Entry> entries = new ArrayDeque<>();

    synchronized void add(Entry entry) {
        entries.addLast(entry);
        if (entries.size() > MAX_ENTRIES) {
            entries.removeFirst();
        }
        LOG.info(
                "operator {}: {} {} ({}): {}",
                entry.login(),
                entry.action(),
                plain(entry.subject()),
                plain(entry.reason()),
                plain(entry.result()));
    }

    /** No line of the log may look like two. */
    private static String plain(String text) {
        return text.replaceAll("\\p{Cntrl}", " ");
    }

    /** Latest first. */
    synchronized List<Entry> latestFirst() {
        List<Entry> list = new ArrayList<>(entries);
        Collections.reverse(list);
        return list;
    }
}
