package dev.antiphon.flow;

import dev.antiphon.flow.DialogMachine.Addressed;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** Several wishes of one turn: each has a number of its own, and values of its own. Pure. */
final class TurnWishes {
    private TurnWishes() {}

    /** The acts with the numbers of those that are wanted besides others; the same wish twice without values is one. */
    static List<Addressed> numbered(DialogState state, List<Addressed> acts) {
        List<Addressed> numbered = new ArrayList<>();
        Set<String> begun = new HashSet<>();
        Optional<Addressed> last = Optional.empty();
        for (Addressed given : acts) {
            boolean wanted = given.act() instanceof DialogueAct.Start;
            Addressed next = given;
            if (wanted && given.number() == Addressed.ANOTHER) {
                boolean again = last.filter(wish ->
                                wish.flow().equals(given.flow()) && wish.act().equals(given.act()))
                        .isPresent();
                int number =
                        again ? last.map(Addressed::number).orElse(0) : Instances.another(state, given.flow(), begun);
                next = new Addressed(given.flow(), number, given.act());
                last = Optional.of(next);
            } else if (!(given.act() instanceof DialogueAct.Affirm)) {
                last = Optional.empty();
            }
            if (wanted) {
                begun.add(
                        next.number() > 0
                                ? Instances.of(next.flow(), next.number())
                                : Instances.present(state, next.flow()));
            }
            numbered.add(next);
        }
        return List.copyOf(numbered);
    }

    /**
     * What is begun in the turn that the values at this place belong to.
     *
     * @param takes whether a flow has all of these values
     */
    static Optional<Addressed> begunWith(List<Addressed> all, int place, Predicate<String> takes) {
        String named = all.get(place).flow();
        List<Integer> starts = places(all, DialogueAct.Start.class).stream()
                .filter(each -> named.isEmpty() || named.equals(all.get(each).flow()))
                .filter(each -> takes.test(all.get(each).flow()))
                .toList();
        if (starts.isEmpty()) {
            return Optional.empty();
        }
        List<Integer> values = places(all, DialogueAct.Inform.class);
        boolean oneFlow =
                starts.stream().map(each -> all.get(each).flow()).distinct().count() == 1;
        boolean valuesBetween = values.stream().anyMatch(each -> starts.getFirst() < each && each < starts.getLast());
        boolean inOrder =
                oneFlow && values.size() == starts.size() && (!valuesBetween || values.getFirst() < starts.getFirst());
        int start = inOrder
                ? starts.get(values.indexOf(place))
                : starts.stream()
                        .filter(each -> each < place)
                        .reduce((first, last) -> last)
                        .orElse(starts.getLast());
        return Optional.of(all.get(start));
    }

    private static List<Integer> places(List<Addressed> all, Class<? extends DialogueAct> kind) {
        return IntStream.range(0, all.size())
                .filter(each -> kind.isInstance(all.get(each).act()))
                .boxed()
                .toList();
    }
}
