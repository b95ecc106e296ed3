package dev.antiphon.telemetry;

/** Every name of a meter, a tag, a span and its attributes, and nothing else; the one place to change when a convention changes. */
public final class Names {
    /** Timer of a whole call; {@link #FLOW}, {@link #TIER}, {@link #OUTCOME}. */
    public static final String SESSION_DURATION = "voice.session.duration";

    /** Timer from the answering of a call to the agent's first audio; {@link #FLOW}, {@link #TIER}. */
    public static final String SESSION_FIRST_AUDIO = "voice.session.first.audio";

    /** Gauge of calls under way; {@link #FLOW}, {@link #TIER}. */
    public static final String SESSION_ACTIVE = "voice.session.active";

    /** Gauge of calls under way; {@link #FLOW}, {@link #VERSION}. */
    public static final String FLOW_ACTIVE = "voice.flow.active";

    /** Timer from the caller's last voice to the first agent audio; {@link #FLOW}, {@link #TIER}, {@link #TOOL} yes or no. */
    public static final String TURN_LATENCY = "voice.turn.latency";

    /** Timer of one part of it; the parts of a turn add up to its latency; {@link #PART}, {@link #TIER}. */
    public static final String TURN_LATENCY_PART = "voice.turn.latency.part";

    /** Counter of interruptions; {@link #FLOW}, {@link #KIND}. */
    public static final String BARGEIN = "voice.turn.bargein";

    /** Timer from the caller's voice to the agent's silence; {@link #FLOW}, {@link #KIND}. */
    public static final String BARGEIN_STOP = "voice.turn.bargein.stop";

    /** Counter of caller turns that led to nothing; {@link #FLOW}, {@link #SLOT}. */
    public static final String NOMATCH = "voice.turn.nomatch";

    /** Counter of unanswered prompts; {@link #FLOW}, {@link #SLOT}. */
    public static final String NOINPUT = "voice.turn.noinput";

    /** Counter of people asked to take a call over; {@link #TARGET}, {@link #RESULT}. */
    public static final String HANDOVER = "voice.handover";

    /** Timer of tools and effects; {@link #TOOL}, {@link #RESULT}. */
    public static final String TOOL_DURATION = "voice.tool.duration";

    /** Gauge of threads that work on a tool, those of calls that timed out included; {@link #TOOL}. */
    public static final String TOOL_RUNNING = "voice.tool.running";

    /** Gauge of calls of a tool that wait for a place; {@link #TOOL}. */
    public static final String TOOL_WAITING = "voice.tool.waiting";

    /** Gauge of a tool's circuit breaker: 0 closed, 1 half-open, 2 open; {@link #TOOL}, only tools that have one. */
    public static final String TOOL_BREAKER = "voice.tool.breaker";

    /** Counter of results from the cache; {@link #TOOL}. */
    public static final String TOOL_CACHED = "voice.tool.cached";

    /** Counter of calls that got the result of one like them that was running; {@link #TOOL}. */
    public static final String TOOL_JOINED = "voice.tool.joined";

    /** Counter of calls that got the result of an earlier one like them; {@link #TOOL}. */
    public static final String TOOL_REPLAYED = "voice.tool.replayed";

    /** Counter of further attempts; {@link #TOOL}. */
    public static final String TOOL_RETRIED = "voice.tool.retried";

    /** Counter of results for which nobody waited any more; {@link #TOOL}. */
    public static final String TOOL_LATE = "voice.tool.late";

    /** Gauge of side effects at work, those of all flows; no tags. */
    public static final String EFFECT_RUNNING = "voice.effect.running";

    /** Gauge of side effects that wait for a place; no tags. */
    public static final String EFFECT_WAITING = "voice.effect.waiting";

    /** Counter of tasks after calls that were done; {@link #TASK}. */
    public static final String AFTER_CALL_DONE = "voice.aftercall.done";

    /** Counter of further attempts at them; {@link #TASK}. */
    public static final String AFTER_CALL_RETRIED = "voice.aftercall.retried";

    /** Counter of those that became dead letters; {@link #TASK}. */
    public static final String AFTER_CALL_DEAD = "voice.aftercall.dead";

    /** Gauge of attempts that run; no tags. */
    public static final String AFTER_CALL_RUNNING = "voice.aftercall.running";

    /** Gauge of tasks after calls that are not done, pauses included; no tags. */
    public static final String AFTER_CALL_WAITING = "voice.aftercall.waiting";

    /** Gauge of dead letters that are kept; no tags. */
    public static final String AFTER_CALL_LETTERS = "voice.aftercall.letters";

    /** Counter of tokens; {@link #TIER}, {@link #DIRECTION}, {@link #MODALITY}, {@link #CACHED}. */
    public static final String MODEL_TOKENS = "voice.model.tokens";

    /** Counter of millionths of a US dollar; {@link #TIER}, {@link #KIND} {@code model} or {@code transcription}. */
    public static final String COST = "voice.cost";

    /** Gauge of millionths of a US dollar that were spent of a cap; {@link #SCOPE} day or experiment, {@link #EXPERIMENT}. */
    public static final String SPEND = "voice.spend";

    /** Gauge of the cap in millionths of a US dollar; {@link #SCOPE}, {@link #EXPERIMENT}. */
    public static final String SPEND_CAP = "voice.spend.cap";

    /** Counter of caps that came near or were reached; {@link #SCOPE} call, day or experiment, {@link #LEVEL}. */
    public static final String SPEND_CAP_MET = "voice.spend.cap.met";

    /** Tag: what a cap is of. */
    public static final String SCOPE = "scope";

    /** Tag: {@code near} (80 %) or {@code reached}. */
    public static final String LEVEL = "level";

    /** Counter of usages that are in no cost since the service did not tell them; {@link #TIER}, {@link #KIND}. */
    public static final String USAGE_UNKNOWN = "voice.usage.unknown";

    /** Counter of decisions about running calls; {@link #FLOW}, {@link #TIER}, {@link #DECISION}. */
    public static final String TIER_DECISIONS = "voice.tier.decisions";

    /** Counter of decisions about the new calls of a flow; {@link #FLOW}, {@link #TIER}, {@link #DECISION}. */
    public static final String ROUTER_DECISIONS = "voice.tier.router.decisions";

    /** Counter of changes (a call begins, a call with all that belongs to it, a decision) that the store of calls has taken. */
    public static final String STORE_WRITTEN = "voice.store.written";

    /** Counter of changes that it has not, and never will. */
    public static final String STORE_LOST = "voice.store.lost";

    /** Gauge of changes that wait for it. */
    public static final String STORE_QUEUED = "voice.store.queued";

    /** Gauge: 1 when it takes them, 0 when it is away. */
    public static final String STORE_UP = "voice.store.up";

    /** Gauge, 0 closed, 1 half-open, 2 open: where new calls of a flow begin; {@link #FLOW}, {@link #TIER}. */
    public static final String TIER_STATE = "voice.tier.state";

    /** Gauge of the evidence that calls complete less often than they should; {@link #FLOW}, {@link #TIER}. */
    public static final String TIER_EVIDENCE = "voice.tier.evidence";

    /**
     * Gauge of the guard against causes that are not the model: finished calls of a flow for which nothing moves up any more, 0 when it
     * is not active; {@link #FLOW}, {@link #TIER}.
     */
    public static final String TIER_GUARD = "voice.tier.guard";

    /**
     * Gauge, 0 to 1: how probable the units of a running experiment's arms are as they were to be shared, however often one looks; NaN
     * while it does not run; {@link #EXPERIMENT}.
     */
    public static final String EXPERIMENT_SAMPLE_RATIO = "voice.experiment.sample.ratio";

    /**
     * Counter of experiments that the server ended or paused by itself; {@link #EXPERIMENT}, {@link #REASON} {@code sample_ratio},
     * {@code guardrail} or {@code spend_cap}.
     */
    public static final String EXPERIMENT_STOPS = "voice.experiment.stops";

    /**
     * Counter of calls that would have entered an experiment on tiers and stayed out, since they could not get the tier of their arm;
     * {@link #EXPERIMENT}, {@link #REASON} {@code day_cap}, {@code forced_tier}, {@code router_silent}.
     */
    public static final String EXPERIMENT_STAYED_OUT = "voice.experiment.stayed.out";

    /** Counter of calls that entered an experiment; {@link #EXPERIMENT}, {@link #VARIANT}. */
    public static final String EXPERIMENT_EXPOSURES = "voice.experiment.exposures";

    /** Gauge of units (callers) of an arm with a finished call, since the experiment began; {@link #EXPERIMENT}, {@link #VARIANT}. */
    public static final String EXPERIMENT_UNITS = "voice.experiment.units";

    /** Tag: the key of an experiment. */
    public static final String EXPERIMENT = "experiment";

    /** Tag: the key of an arm of an experiment. */
    public static final String VARIANT = "variant";

    /** Counter of connections renewed before the service's time limit; {@link #TIER}. */
    public static final String CONNECTION_RENEWALS = "voice.connection.renewals";

    /** Counter of calls that went on with their tier at another provider; {@link #TIER}, {@link #FROM}, {@link #TO}. */
    public static final String CONNECTION_FAILOVERS = "voice.connection.failovers";

    /** Counter of lost or refused model connections; {@link #TIER}. */
    public static final String CONNECTION_RECONNECTS = "voice.connection.reconnects";

    /** Counter of calls that were answered; no tags. */
    public static final String ADMISSION_ADMITTED = "voice.admission.admitted";

    /** Counter of calls that were not answered; {@link #REASON}. */
    public static final String ADMISSION_REFUSED = "voice.admission.refused";

    /** Gauge of calls that wait; no tags. */
    public static final String ADMISSION_WAITING = "voice.admission.waiting";

    /** Timer of waits that have ended; {@link #RESULT} {@code admitted}, {@code too_long} or {@code left}. */
    public static final String ADMISSION_WAIT = "voice.admission.wait";

    /** Gauge of the budget in use; {@link #BUDGET}. */
    public static final String ADMISSION_USED = "voice.admission.used";

    /** Gauge of the budget, where it has a limit; {@link #BUDGET}. */
    public static final String ADMISSION_LIMIT = "voice.admission.limit";

    /** Gauge, 1 when nothing speaks against an endpoint, else 0; {@link #PROVIDER}, {@link #MODEL}, {@link #ADDRESS}. */
    public static final String ENDPOINT_HEALTHY = "voice.endpoint.healthy";

    /** Gauge of seconds for which an endpoint is not used; {@link #PROVIDER}, {@link #MODEL}, {@link #ADDRESS}. */
    public static final String ENDPOINT_COOL_DOWN = "voice.endpoint.cooldown";

    /** Span of a whole call; {@link #CONVERSATION}, {@link #SPAN_FLOW}, {@link #SPAN_TIER}, {@link #SPAN_OUTCOME}. */
    public static final String SESSION_SPAN = "voice.session";

    /**
     * Span of a tool or effect, followed by its name, as the GenAI conventions of OpenTelemetry (in development) have it; its value of
     * {@link #OPERATION}, too.
     */
    public static final String EXECUTE_TOOL = "execute_tool";

    /** Attribute: what is done. */
    public static final String OPERATION = "gen_ai.operation.name";

    /** Attribute: the session's id. */
    public static final String CONVERSATION = "gen_ai.conversation.id";

    /** Attribute: the tool's name, unless the model made it up. */
    public static final String TOOL_NAME = "gen_ai.tool.name";

    /** Attribute: the id of the call of a tool. */
    public static final String TOOL_CALL = "gen_ai.tool.call.id";

    /** Attribute: {@code function} for tools that the model calls, {@code effect} for what code decided on. */
    public static final String TOOL_TYPE = "gen_ai.tool.type";

    /** Attribute: what became of it, when it is no success. */
    public static final String ERROR_TYPE = "error.type";

    /** Attribute: the flow's name. */
    public static final String SPAN_FLOW = "voice.flow";

    /** Attribute: the version of the flow, where there are versions. */
    public static final String SPAN_VERSION = "voice.flow.version";

    /** Attribute: the tier that the call began with and, at its end, ended with. */
    public static final String SPAN_TIER = "voice.tier";

    /** Attribute: one of four, see {@link dev.antiphon.session.Outcome#name()}. */
    public static final String SPAN_OUTCOME = "voice.outcome";

    /** Tag: the flow's name. */
    public static final String FLOW = "flow";

    /** Tag: the version of the flow. */
    public static final String VERSION = "version";

    /** Tag: the tier's name. */
    public static final String TIER = "tier";

    /** Tag: the provider before. */
    public static final String FROM = "from";

    /** Tag: the provider now. */
    public static final String TO = "to";

    /** Tag: one of four, see {@link dev.antiphon.session.Outcome#name()}. */
    public static final String OUTCOME = "outcome";

    /** Tag: a part of a turn's latency. */
    public static final String PART = "part";

    /** Tag: the tool's name, or for turns whether a tool ran: {@code yes} or {@code no}. */
    public static final String TOOL = "tool";

    /** Tag: the name of a task after calls. */
    public static final String TASK = "task";

    /** Tag: see {@link dev.antiphon.session.ToolOutcome#name()}. */
    public static final String RESULT = "result";

    /** Tag: who was asked to take a call over, as dialogs name them. */
    public static final String TARGET = "target";

    /** Tag: a slot of the flow, or {@link #NONE}. */
    public static final String SLOT = "slot";

    /** Tag: which sort of the thing counted. */
    public static final String KIND = "kind";

    /** Tag: {@code input} or {@code output}. */
    public static final String DIRECTION = "direction";

    /** Tag: {@code audio}, {@code text} or {@code image}. */
    public static final String MODALITY = "modality";

    /** Tag: {@code true} for input tokens charged at the cached price. */
    public static final String CACHED = "cached";

    /** Tag: {@code move} or {@code stay}; of the router, see {@link dev.antiphon.tier.RouterDecision.Kind}, in lower case. */
    public static final String DECISION = "decision";

    /** Tag: see {@link dev.antiphon.admission.Verdict.Cause}. */
    public static final String REASON = "reason";

    /** Tag: {@code sessions}, or {@code requests} or {@code tokens} a minute. */
    public static final String BUDGET = "budget";

    /** Tag: the provider of an endpoint of the ladder. */
    public static final String PROVIDER = "provider";

    /** Tag: the model of an endpoint of the ladder. */
    public static final String MODEL = "model";

    /** Tag: host and port of an endpoint of the ladder. */
    public static final String ADDRESS = "address";

    /** Tag value where there is nothing to name. */
    public static final String NONE = "none";

    /** Tag value of all names past the bound of a tag. */
    public static final String OTHER = "other";

    private Names() {}
}
