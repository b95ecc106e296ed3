package dev.antiphon.connection;

import dev.antiphon.realtime.ClientEvent;

/** The short way to a ready model connection: encodes and queues without an actor hop. Thread-safe. */
public interface ModelLink {

    /**
     * Sends one event.
     *
     * @return false when the event was dropped: the link is closed, or its queue is full and the event is audio (which
     *     may take seven eighths of the queue, so that other events still fit). A full
     *     queue with any other event ends the connection as {@code Lost}.
     */
    boolean send(ClientEvent event);

    /** How many audio events this link has dropped because its queue was full. */
    default long droppedAudio() {
        return 0;
    }
}
