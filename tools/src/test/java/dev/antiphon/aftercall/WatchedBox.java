package dev.antiphon.aftercall;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A box that tells what is done to it. */
final class WatchedBox implements LetterBox {
    private final LetterBox box;
    private final BlockingQueue<Letter> kept = new LinkedBlockingQueue<>();
    private final BlockingQueue<String> removed = new LinkedBlockingQueue<>();

    WatchedBox(LetterBox box) {
        this.box = box;
    }

    /** The next letter that was kept. */
    Letter kept() throws InterruptedException {
        return next(kept);
    }

    /** The next letter that was kept as dead. */
    Letter dead() throws InterruptedException {
        while (true) {
            Letter letter = kept();
            if (letter.state() == Letter.State.DEAD) {
                return letter;
            }
        }
    }

    /** The next key that was removed. */
    String removed() throws InterruptedException {
        return next(removed);
    }

    private static <T> T next(BlockingQueue<T> queue) throws InterruptedException {
        T next = queue.poll(20, TimeUnit.SECONDS);
        if (next == null) {
            throw new AssertionError("nothing happened to the box");
        }
        return next;
    }

    @Override
    public void keep(Letter letter) throws IOException {
        box.keep(letter);
        kept.add(letter);
    }

    @Override
    public void remove(String key) throws IOException {
        box.remove(key);
        removed.add(key);
    }

    @Override
    public Optional<Letter> find(String key) {
        return box.find(key);
    }

    @Override
    public List<Letter> all() {
        return box.all();
    }

    @Override
    public boolean isLasting() {
        return box.isLasting();
    }

    @Override
    public void close() {
        box.close();
    }
}
