package dev.antiphon.server.operator;

import java.util.List;
import java.util.Map;

/** What became of calls, flow by flow; most finished calls first. */
public record FlowsView(List<Flow> flows) {

    /**
     * One flow.
     *
     * @param flow its name
     * @param versions those that calls had
     * @param live calls under way
     * @param outcomes of the finished calls
     * @param completed of the finished calls, whose flow reached its goal
     * @param tiers the same by the tier on which calls began
     * @param steps where finished calls came by, in the order of the flow
     * @param slots what was asked
     * @param handoverReasons why calls were handed over, how often
     * @param returned what callers did afterwards
     * @param examples the latest calls that did not complete
     */
    public record Flow(
            String flow,
            List<String> versions,
            long live,
            NowView.Outcomes outcomes,
            Rate completed,
            List<OfTier> tiers,
            List<Step> steps,
            List<Slot> slots,
            Map<String, Long> handoverReasons,
            Returned returned,
            List<CallLine> examples) {}

    /** Finished calls that began on one tier; {@code moved} of them ended on another. */
    public record OfTier(String tier, Rate completed, long moved) {}

    /**
     * One step of the dialog.
     *
     * @param step its id
     * @param reached finished calls that came there
     * @param endedHere of these, the ones that stood there when they ended, but for completed ones
     */
    public record Step(String step, long reached, long endedHere) {}

    /**
     * One slot, in finished calls.
     *
     * @param slot its name
     * @param filled calls in which it had a value at the end
     * @param leftOpen calls that had asked for it, or had a value once, and ended without
     * @param noMatch turns that were not understood while it was asked
     * @param repeated questions that were asked again
     * @param corrected values that the caller corrected
     */
    public record Slot(String slot, long filled, long leftOpen, long noMatch, long repeated, long corrected) {}

    /**
     * The funnel of callers. Only those count whom the front end names ({@code ?caller=}).
     *
     * @param started callers who began a call of this flow
     * @param completed of these, the ones with a completed call
     * @param returned of these, the ones who began another call of the bot within 7 days after they had completed
     * @param unnamedCalls finished calls of callers nobody named: they are in none of the three
     */
    public record Returned(long started, long completed, long returned, long unnamedCalls) {}
}
