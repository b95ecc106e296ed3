package dev.antiphon.testkit.emulator;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What goes wrong in one session.
 *
 * @param faults all of them apply
 */
public record FaultScript(List<Fault> faults) {
    private static final FaultScript NONE = new FaultScript(List.of());

    public FaultScript {
        faults = List.copyOf(faults);
    }

    /** Nothing goes wrong. */
    public static FaultScript none() {
        return NONE;
    }

    /** These things go wrong. */
    public static FaultScript of(Fault... faults) {
        return new FaultScript(List.of(faults));
    }

    <F extends Fault> Optional<F> first(Class<F> kind) {
        return first(kind, fault -> true);
    }

    <F extends Fault> Optional<F> first(Class<F> kind, Predicate<F> matches) {
        return faults.stream()
                .filter(kind::isInstance)
                .map(kind::cast)
                .filter(matches)
                .findFirst();
    }
}
