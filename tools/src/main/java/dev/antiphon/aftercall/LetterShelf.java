package dev.antiphon.aftercall;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SequencedMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Letters in memory, lost with the process. Of dead ones the latest {@value #MOST_DEAD} are kept; what is dropped is logged. Thread-safe.
 */
public final class LetterShelf implements LetterBox {
    static final int MOST_DEAD = 1_000;

    private static final Logger LOG = LoggerFactory.getLogger(LetterShelf.class);

    private final SequencedMap<String, Letter> pending = new LinkedHashMap<>();
    private final SequencedMap<String, Letter> dead = new LinkedHashMap<>();

    /** An empty one. */
    public LetterShelf() {}

    @Override
    public synchronized void keep(Letter letter) {
        remove(letter.key());
        switch (letter.state()) {
            case PENDING -> pending.put(letter.key(), letter);
            case DEAD -> {
                dead.put(letter.key(), letter);
                if (dead.size() > MOST_DEAD) {
                    LOG.warn(
                            "too many dead letters: {} is dropped",
                            dead.pollFirstEntry().getKey());
                }
            }
        }
    }

    @Override
    public synchronized void remove(String key) {
        pending.remove(key);
        dead.remove(key);
    }

    @Override
    public synchronized Optional<Letter> find(String key) {
        return Optional.ofNullable(pending.get(key)).or(() -> Optional.ofNullable(dead.get(key)));
    }

    @Override
    public synchronized List<Letter> all() {
        List<Letter> all = new ArrayList<>(dead.values());
        all.addAll(pending.values());
        return all;
    }

    @Override
    public boolean isLasting() {
        return false;
    }
}
