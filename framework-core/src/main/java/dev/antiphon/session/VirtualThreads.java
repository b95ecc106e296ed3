package dev.antiphon.session;

import com.typesafe.config.Config;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;

/**
 * The executor of {@code antiphon.virtual-thread-dispatcher}: a virtual thread for each batch of messages. Pekko's own one looks
 * into the JDK for the scheduler below, which the JDK refuses without an option at start.
 */
public final class VirtualThreads extends ExecutorServiceConfigurator {

    /** Made by Pekko, by its name in the configuration. */
    public VirtualThreads(Config config, DispatcherPrerequisites prerequisites) {
        super(config, prerequisites);
    }

    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String dispatcher, ThreadFactory ignored) {
        return () -> Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name(dispatcher + "-", 0).factory());
    }
}
