package dev.antiphon.samples.clinic;

import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.faq.Faq;
import dev.antiphon.server.Bot;
import dev.antiphon.session.Conversation;
import dev.antiphon.tool.ToolDispatcher;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.time.ZoneId;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * The clinic's bot for tests: each call has an empty calendar of its own, which can be looked into afterwards, and may be given
 * trouble. Thread-safe.
 */
public final class WatchedClinic implements AutoCloseable {
    private static final InstantSource CLOCK = InstantSource.system();
    private static final ZoneId ZONE = ZoneId.systemDefault();

    private final Faq faq = ClinicBot.faq();
    private final Queue<Database> databases = new ConcurrentLinkedQueue<>();
    private final Queue<WatchedCall> calls = new ConcurrentLinkedQueue<>();
    private final Trouble trouble;

    private WatchedClinic(Trouble trouble) {
        this.trouble = trouble;
    }

    /** Nothing goes wrong. */
    public static WatchedClinic open() {
        return new WatchedClinic(new Trouble() {});
    }

    /** This goes wrong. */
    public static WatchedClinic with(Trouble trouble) {
        return new WatchedClinic(trouble);
    }

    /** The bot. */
    public Bot bot() {
        return Bot.of("clinic", "Books visits at the clinic.", this::answer)
                .withTools(system -> ToolDispatcher.start(system, List.of()));
    }

    /** The calls so far, in the order in which they began. */
    public List<WatchedCall> calls() {
        return List.copyOf(calls);
    }

    /** The only call so far. */
    public WatchedCall call() {
        if (calls.size() != 1) {
            throw new AssertionError("expected one call, but there were " + calls.size());
        }
        return calls.element();
    }

    private Conversation answer() {
        Database database = Database.inMemory();
        databases.add(database);
        Calendar calendar = new Calendar(database, CLOCK, ZONE, new SecureRandom());
        WatchedCall call = new WatchedCall(
                FlowConversation.start(
                        ClinicFlow.booking(calendar, faq),
                        CLOCK,
                        ZONE,
                        UUID.randomUUID().toString()),
                calendar::size,
                trouble);
        calls.add(call);
        return call;
    }

    @Override
    public void close() {
        databases.forEach(Database::close);
    }

    /** What goes wrong in a call. {@code caller} is the name that the caller has told, empty before. Must be thread-safe. */
    public interface Trouble {

        /** Called on the session's actor before an event is taken; may throw. */
        default void before(String caller, Conversation.Event event) {}

        /** Changes an effect before it runs. */
        default Conversation.Directive.Run disturb(String caller, Conversation.Directive.Run run) {
            return run;
        }
    }
}
