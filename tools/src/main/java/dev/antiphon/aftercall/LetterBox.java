package dev.antiphon.aftercall;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/**
 * Where tasks are kept until they are done: {@link LetterFolder}, {@link LetterShelf}, or one of your own. Thread-safe; may block. For
 * one process at a time.
 */
public interface LetterBox extends AutoCloseable {

    /**
     * Keeps a letter in place of the one with its key.
     *
     * @throws IOException when it cannot be kept
     */
    void keep(Letter letter) throws IOException;

    /**
     * It is done; a key that is not known means nothing.
     *
     * @throws IOException when it may come back
     */
    void remove(String key) throws IOException;

    /** The letter with this key. */
    Optional<Letter> find(String key);

    /** All of them, the oldest first. */
    List<Letter> all();

    /** Whether they outlive the process. */
    boolean isLasting();

    /** Lets another process have them. */
    @Override
    default void close() {}
}
