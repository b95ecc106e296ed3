package dev.antiphon.server.reload;

import static org.assertj.core.api.Assertions.assertThat;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.Flow;
import dev.antiphon.flow.faq.Faq;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Changes are told by the test. */
class ReloadLoopTest {
    @TempDir
    private Path root;

    private final List<Reload> news = new ArrayList<>();

    /** Runs the loop until there are no more changes. */
    private void run(FileChanges changes) {
        new ReloadLoop(live(), List.of(root), changes, news::add).run();
        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void manyChangesThatFollowEachOtherAreOneReload() {
        Told changes = new Told();
        changes.bursts.addAll(List.of(3, 0));

        run(changes);

        assertThat(news).containsExactly(new Reload.Incomplete("ReloadLoopTest.Questions"), new Reload.Unchanged());
        assertThat(changes.limits).hasSize(5).containsOnly(ReloadLoop.QUIET);
    }

    @Test
    void withoutChangesNothingIsLoaded() {
        run(new Told());
        assertThat(news).isEmpty();
    }

    private static LiveDialog<String> live() {
        return LiveDialog.of(Questions.class, () -> "the back end");
    }

    static final class Questions implements DialogSource<String> {
        @Override
        public Dialog dialog(String backEnd) {
            return Dialog.of(Flow.faq("questions", Faq.parse("# Who?\nWe.")));
        }
    }

    /** Bursts of changes: each has a first one and so many that follow. */
    private static final class Told implements FileChanges {
        private final Deque<Integer> bursts = new ArrayDeque<>();
        private final List<Duration> limits = new ArrayList<>();
        private int left;

        @Override
        public void await() throws InterruptedException {
            if (bursts.isEmpty()) {
                throw new InterruptedException("no more changes");
            }
            left = bursts.remove();
        }

        @Override
        public boolean within(Duration limit) {
            limits.add(limit);
            left--;
            return left >= 0;
        }
    }
}
