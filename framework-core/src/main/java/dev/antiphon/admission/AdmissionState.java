package dev.antiphon.admission;

import java.util.Optional;

/**
 * How much of the budget is in use now.
 *
 * @param settings the budget and the queue
 * @param calls that are answered and not over
 * @param waiting calls that wait
 * @param requestsPerMinute that the calls in progress make, estimated from calls that have ended
 * @param tokensPerMinute that they use, estimated in the same way
 * @param usedUp what the service has reported as used up, as long as that holds
 * @param full for people: why the next call would not be answered at once; empty when it would
 * @param day what today's calls have cost; empty without a cap of a day
 */
public record AdmissionState(
        AdmissionSettings settings,
        int calls,
        int waiting,
        double requestsPerMinute,
        double tokensPerMinute,
        Optional<ServiceLimit> usedUp,
        Optional<String> full,
        Optional<DaySpend> day) {}
