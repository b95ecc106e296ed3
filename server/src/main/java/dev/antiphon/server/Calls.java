package dev.antiphon.server;

import dev.antiphon.admission.SpendLedger;
import dev.antiphon.aftercall.AfterCalls;
import dev.antiphon.connection.NettyTransport;
import dev.antiphon.connection.WebSocketTransport;
import dev.antiphon.handover.Handover;
import dev.antiphon.model.Tier;
import dev.antiphon.realtime.FunctionTool;
import dev.antiphon.server.console.CallJournal;
import dev.antiphon.server.console.ShownWords;
import dev.antiphon.server.experiment.EnteredCall;
import dev.antiphon.server.experiment.ExperimentDesk;
import dev.antiphon.server.experiment.StaysOut;
import dev.antiphon.server.gateway.CallFactory;
import dev.antiphon.server.gateway.Caller;
import dev.antiphon.session.CallSetup;
import dev.antiphon.session.CallerChannel;
import dev.antiphon.session.Conversation;
import dev.antiphon.session.SessionId;
import dev.antiphon.session.SessionObserver;
import dev.antiphon.session.SessionSettings;
import dev.antiphon.session.ToolInvoker;
import dev.antiphon.session.VoiceSession;
import dev.antiphon.session.VoiceSessions;
import dev.antiphon.telemetry.RouterNews;
import dev.antiphon.tier.EscalationPolicies;
import dev.antiphon.tier.RouterSettings;
import dev.antiphon.tier.TierRouter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.Props;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes the calls of a server: an experiment or the router says on which tier a call starts, a {@link VoiceSession} runs it, and the journal,
 * the meters, the log and the router hear of it. Thread-safe.
 */
final class Calls implements CallFactory {
    private static final Duration TIER_TIMEOUT = Duration.ofSeconds(5);

    /** Short, since a router that is silent is asked again where the call starts. */
    private static final Duration PINS_TIMEOUT = Duration.ofSeconds(2);

    /** Longer than any caller waits: a session that comes late must still be told that its caller has left. */
    private static final Duration OPEN_TIMEOUT = Duration.ofMinutes(10);

    private static final Logger LOG = LoggerFactory.getLogger(Calls.class);

    private final ServerSettings settings;
    private final Bot bot;
    private final ActorSystem<VoiceSessions.Command> system;
    private final CallJournal journal;
    private final SpendLedger spend;
    private final SessionObserver observer;
    private final ToolInvoker tools;
    private final WebSocketTransport transport;
    private final ActorRef<TierRouter.Command> router;
    private final RouterNews routerNews;
    private final Optional<AfterCalls> afterCalls;
    private final ExperimentDesk experiments;

    /**
     * Calls.
     *
     * @param spend what calls have cost, and may
     * @param ours who hear of every fact before the observers of the settings
     * @param afterCalls what is done when they are over
     * @param experiments what they take part in
     */
    Calls(
            ServerSettings settings,
            Bot bot,
            ActorSystem<VoiceSessions.Command> system,
            CallJournal journal,
            SpendLedger spend,
            List<SessionObserver> ours,
            Optional<AfterCalls> afterCalls,
            ExperimentDesk experiments) {
        this.settings = settings;
        this.bot = bot;
        this.system = system;
        this.journal = journal;
        RouterSettings routing = settings.router().withTime(settings.clock(), settings.clock()::nanoTime);
        this.router = system.systemActorOf(
                TierRouter.create(settings.ladder(), Map.of(), routing), "tier-router", Props.empty());
        this.routerNews = new RouterNews(router);
        this.spend = spend;
        // Ours first: an application's observer that fails must not keep a fact from them.
        List<SessionObserver> observers = new ArrayList<>(List.of(journal, routerNews));
        observers.addAll(ours);
        observers.addAll(settings.experiments().observers());
        observers.addAll(settings.observers());
        this.observer = SessionObserver.all(observers);
        this.tools = bot.tools().apply(system);
        this.afterCalls = afterCalls;
        this.experiments = experiments;
        this.transport = settings.transport().map(t -> t.apply(system)).orElseGet(() -> NettyTransport.create(system));
    }

    /** Says where new calls begin. */
    ActorRef<TierRouter.Command> router() {
        return router;
    }

    @Override
    public void announced(SessionId id) {
        journal.announced(id);
    }

    @Override
    public void withdrawn(SessionId id) {
        journal.withdrawn(id);
    }

    /** On the actor system's own threads: what an ask completes would else go on in the common pool. */
    @Override
    public CompletionStage<ActorRef<VoiceSession.Command>> begin(
            SessionId id, SessionSettings session, CallerChannel caller, Caller who) {
        Conversation usual = bot.conversations().apply(who);
        EnteredCall found = experiments.enter(usual.name(), who.id(), id.value());
        boolean keptLow = spend.forcesLowestTier();
        if (!found.isOnTiers()) {
            return begin(id, about(usual, found, who), keptLow, session, caller, who);
        }
        Taken taken = about(usual, found, who);
        return staysOut(List.of(usual.name(), taken.conversation().name()), keptLow)
                .thenComposeAsync(
                        reason -> begin(
                                id,
                                reason.map(why -> about(usual, experiments.stayOut(found, why), who))
                                        .orElse(taken),
                                keptLow,
                                session,
                                caller,
                                who),
                        system.executionContext());
    }

    /** What a call is about, and what it takes part in. */
    private record Taken(Conversation conversation, EnteredCall entered) {}

    private Taken about(Conversation usual, EnteredCall found, Caller who) {
        Optional<Conversation> variant = variant(found, who);
        boolean given = variant.isPresent() || found.treatment().variant().isEmpty();
        return new Taken(variant.orElse(usual), given ? found : EnteredCall.NONE);
    }

    /** Why a call could not get the tier of an arm, if so. */
    private CompletionStage<Optional<StaysOut>> staysOut(List<String> flows, boolean keptLow) {
        if (keptLow) {
            return CompletableFuture.completedFuture(Optional.of(StaysOut.DAY_CAP));
        }
        return AskPattern.<TierRouter.Command, TierRouter.Pins>ask(
                        router, TierRouter.AskPins::new, PINS_TIMEOUT, system.scheduler())
                .thenApplyAsync(
                        pins -> flows.stream().anyMatch(pins.tiers()::containsKey)
                                ? Optional.of(StaysOut.FORCED_TIER)
                                : Optional.<StaysOut>empty(),
                        system.executionContext())
                .exceptionallyAsync(silent -> Optional.of(StaysOut.ROUTER_SILENT), system.executionContext());
    }

    private CompletionStage<ActorRef<VoiceSession.Command>> begin(
            SessionId id, Taken taken, boolean keptLow, SessionSettings session, CallerChannel caller, Caller who) {
        Conversation conversation = taken.conversation();
        journal.shows(id, shown(conversation));
        return start(id, taken, keptLow)
                .thenComposeAsync(
                        start -> {
                            routerNews.starts(id, start);
                            return open(setup(id, taken, start.tier(), keptLow, session, caller, who));
                        },
                        system.executionContext())
                .whenComplete((opened, problem) -> {
                    if (problem != null) {
                        routerNews.withdrawn(id, conversation.name());
                    }
                });
    }

    /** Empty when there is none, or it cannot be begun. */
    private Optional<Conversation> variant(EnteredCall entered, Caller who) {
        try {
            return entered.treatment()
                    .variant()
                    .flatMap(name -> Optional.ofNullable(bot.variants().get(name)))
                    .map(begins -> begins.apply(who));
        } catch (RuntimeException e) {
            LOG.warn(
                    "a variant of {} cannot be begun, the call takes part in no experiment: {}",
                    bot.name(),
                    e.toString());
            return Optional.empty();
        }
    }

    /**
     * On the lowest tier at the cap of the day, where the call says nothing about what the router would have chosen. Else where an
     * experiment says it, else where the router does; on the lowest tier when it does not answer.
     */
    private CompletionStage<TierRouter.Start> start(SessionId id, Taken taken, boolean keptLow) {
        if (keptLow) {
            return CompletableFuture.completedFuture(
                    new TierRouter.Start(settings.ladder().lowest(), 0));
        }
        Conversation conversation = taken.conversation();
        Optional<Tier> tier = taken.entered().treatment().tier().flatMap(settings.ladder()::named);
        if (tier.isPresent()) {
            return CompletableFuture.completedFuture(new TierRouter.Start(tier.get(), 0));
        }
        return AskPattern.<TierRouter.Command, TierRouter.Start>ask(
                        router,
                        replyTo -> new TierRouter.StartOn(conversation.name(), id.value(), replyTo),
                        TIER_TIMEOUT,
                        system.scheduler())
                .exceptionallyAsync(
                        failure -> {
                            LOG.warn(
                                    "the tier router did not say where a call of {} starts: it starts on {}: {}",
                                    conversation.name(),
                                    settings.ladder().lowest().name(),
                                    failure.toString());
                            return new TierRouter.Start(settings.ladder().lowest(), 0);
                        },
                        system.executionContext());
    }

    private ShownWords shown(Conversation conversation) {
        if (settings.transcripts()) {
            return ShownWords.ALL;
        }
        boolean sensitive = conversation.takesSensitive()
                || tools.offered().stream()
                        .map(FunctionTool::name)
                        .filter(conversation::offers)
                        .anyMatch(tools::takesSensitive);
        return sensitive ? ShownWords.NONE : ShownWords.NO_KEYS;
    }

    private CallSetup setup(
            SessionId id,
            Taken taken,
            Tier start,
            boolean keptLow,
            SessionSettings session,
            CallerChannel caller,
            Caller who) {
        EnteredCall entered = taken.entered();
        return new CallSetup(
                id,
                taken.conversation(),
                settings.ladder(),
                start,
                keptLow ? EscalationPolicies.never() : settings.escalation().withUsual(bot.escalation()),
                entered.applyTo(session),
                caller,
                tools,
                observer(who),
                transport,
                settings.endpoints(),
                settings.clock(),
                new Handover(settings.handover(), settings.handover().deadline(), who.id(), who.telephoneCall()),
                entered.exposures(),
                Optional.of(session).filter(usual -> !usual.equals(entered.applyTo(usual))));
    }

    private SessionObserver observer(Caller who) {
        List<SessionObserver> ofCaller = new ArrayList<>(List.of(observer));
        settings.store().ifPresent(store -> ofCaller.add(store.writer().forCaller(who.id())));
        afterCalls.ifPresent(tasks -> ofCaller.add(tasks.observer(who.id(), who.telephoneCall(), this::modelOf)));
        return ofCaller.size() == 1 ? observer : SessionObserver.all(ofCaller);
    }

    private String modelOf(String tier) {
        return settings.ladder()
                .named(tier)
                .map(each -> each.endpoint().model())
                .orElse("");
    }

    private CompletionStage<ActorRef<VoiceSession.Command>> open(CallSetup call) {
        return AskPattern.<VoiceSessions.Command, VoiceSessions.Opened>askWithStatus(
                        system, replyTo -> new VoiceSessions.Open(call, replyTo), OPEN_TIMEOUT, system.scheduler())
                .thenApplyAsync(VoiceSessions.Opened::session, system.executionContext());
    }
}
