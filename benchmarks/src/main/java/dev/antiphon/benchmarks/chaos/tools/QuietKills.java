package dev.antiphon.benchmarks.chaos.tools;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.turbo.TurboFilter;
import ch.qos.logback.core.spi.FilterReply;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import org.slf4j.Marker;

/** Keeps what the storm breaks on purpose out of the log; any other error is logged as ever. */
final class QuietKills extends TurboFilter implements AutoCloseable {
    private QuietKills() {}

    /** From now on, until it is closed. */
    static QuietKills begin() {
        QuietKills quiet = new QuietKills();
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            loggers.addTurboFilter(quiet);
        }
        return quiet;
    }

    @Override
    public FilterReply decide(
            @Nullable Marker marker,
            Logger logger,
            Level level,
            @Nullable String format,
            Object @Nullable [] params,
            @Nullable Throwable thrown) {
        Stream<Object> told =
                Stream.concat(Stream.of(params == null ? new Object[0] : params), Stream.ofNullable(thrown));
        return told.filter(Throwable.class::isInstance)
                        .map(Throwable.class::cast)
                        .anyMatch(QuietKills::isDeliberate)
                ? FilterReply.DENY
                : FilterReply.NEUTRAL;
    }

    private static boolean isDeliberate(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause)
                .anyMatch(cause -> cause instanceof WatchedDialog.Killed
                        || cause instanceof SteppedThreads.Died
                        || cause instanceof BrokenPool);
    }

    @Override
    public void close() {
        if (LoggerFactory.getILoggerFactory() instanceof LoggerContext loggers) {
            loggers.getTurboFilterList().remove(this);
        }
    }
}
