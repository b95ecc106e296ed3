package dev.antiphon.server.reload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.antiphon.flow.Dialog;
import dev.antiphon.flow.FlowConversation;
import dev.antiphon.flow.FlowDiff;
import dev.antiphon.flow.test.FlowTest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Map;
import java.util.function.Supplier;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Classes are compiled, loaded, compiled anew and loaded anew. */
class LiveDialogTest {
    @TempDir
    private Path root;

    private BuiltFolder code;

    @BeforeEach
    void aDeskThatTakesNames() {
        code = new BuiltFolder(root)
                .file("faq.md", "# When are you open?\nFrom nine to five.\n")
                .source("Book", """
                        public class Book {
                            public String enter(Entry entry) { return "E" + entry.name().length(); }
                        }
                        """)
                .source("Entry", "public record Entry(String name) {}")
                .source("Words", """
                        final class Words {
                            static final String QUESTION = new String("May I have your name?");
                        }
                        """)
                .source("Desk", """
                        final class Desk implements DialogSource<Book> {
                            private final Faq faq = Faq.fromResource(Desk.class, "faq.md");
                            public Dialog dialog(Book book) {
                                var name = personName("name").ask(Words.QUESTION).check((n, s) -> n.equals("Ned Poe") ? reject("Not that one.") : ok());
                                return Dialog.of(Flow.named("desk", Entry.class, f -> f.goal("Take a name").collect(name)
                                    .confirm(e -> say("{}. Shall I enter it?", e.name())).effect("enter", book::enter)
                                    .done((e, r) -> say("Entered as {}.", r)).faq(faq)));
                            }
                        }
                        """)
                .build();
    }

    @Test
    void newCallsHaveTheNewDialogAndCallsInFlightKeepTheirs() throws Exception {
        LiveDialog<?> live = live();
        FlowConversation inFlight = call(live);
        FlowTest earlier = FlowTest.of(inFlight).caller().fills(Map.of("name", "Ana"));
        code.edit("Words", "May I have your name?", "Who is speaking?").build();

        Reload.Taken taken = taken(live.reload(code.now()));

        assertThat(FlowDiff.between(taken.before(), taken.after()).changes())
                .singleElement()
                .satisfies(change -> assertThat(change.sentence()).contains("Who is speaking?"));
        assertThat(live.shown()).isSameAs(taken.after());
        assertThat(inFlight.version()).isEqualTo(taken.before().version());
        assertThat(call(live).version()).isEqualTo(taken.after().version());
        assertThat(taken.stayed()).isEmpty();
        earlier.expectSay("Ana. Shall I enter it?")
                .asks("when are you open")
                .expectSay("From nine to five.")
                .confirmsYes()
                .expectSay("Entered as E3.");
        FlowTest.of(call(live)).caller().expectSay("Who is speaking?");
    }

    @Test
    void theBackEndStaysTheSameAndGetsTheValuesOfTheNewDialog() throws Exception {
        LiveDialog<?> live = live();
        code.edit("Words", "May I have your name?", "Who is speaking?").build();
        live.reload(code.now());

        FlowTest.of(live.dialog().flows().getFirst(), InstantSource.system())
                .caller()
                .fills(Map.of("name", "Ana"))
                .confirmsYes()
                .expectSay("Entered as E3.");
    }

    @Test
    void filesAreReadAnewToo() throws Exception {
        LiveDialog<?> live = live();
        code.file("faq.md", "# When are you open?\nFrom ten to six.\n");

        Reload.Taken taken = taken(live.reload(code.now()));

        assertThat(taken.after().version()).isNotEqualTo(taken.before().version());
        FlowTest.of(live.dialog().flows().getFirst(), InstantSource.system())
                .caller()
                .asks("when are you open")
                .expectSay("From ten to six.");
    }

    @Test
    void anFaqOfYamlIsReadAnewToo() throws Exception {
        code.file("faq.yaml", "- question: When are you open?\n  answer: From nine to five.\n")
                .edit("Desk", "faq.md", "faq.yaml")
                .build();
        LiveDialog<?> live = live();
        code.file("faq.yaml", "- question: When are you open?\n  answer: From ten to six.\n");

        taken(live.reload(code.now()));

        FlowTest.of(live.dialog().flows().getFirst(), InstantSource.system())
                .caller()
                .asks("when are you open")
                .expectSay("From ten to six.");
    }

    @Test
    void whatIsNotDifferentIsNotLoadedAgain() throws Exception {
        LiveDialog<?> live = live();
        taken(live.reload(code.now()));
        Dialog before = live.shown();

        assertThat(live.reload(code.now())).isEqualTo(new Reload.Unchanged());
        assertThat(live.shown()).isSameAs(before);
    }

    @Test
    void codeAloneIsNewWithTheSameVersion() throws Exception {
        LiveDialog<?> live = live();
        code.edit("Desk", "Not that one.", "Somebody, please.").build();

        Reload.Taken taken = taken(live.reload(code.now()));

        assertThat(taken.after().version()).isEqualTo(taken.before().version());
        FlowTest.of(live.dialog().flows().getFirst(), InstantSource.system())
                .caller()
                .fills(Map.of("name", "Ned Poe"))
                .expectSay("Somebody, please.");
    }

    @Test
    void aFlowThatLintRefusesKeepsTheOldOneAndTheNextChangeCounts() throws Exception {
        LiveDialog<?> live = live();
        Dialog old = live.shown();
        code.edit("Desk", ".confirm(e -> say(\"{}. Shall I enter it?\", e.name()))", "")
                .build();

        assertRefused(live.reload(code.now()), old, "confirm");
        assertThat(live.shown()).isSameAs(old);

        code.edit("Desk", ".collect(name)", ".collect(name).confirm(e -> say(\"Is {} right?\", e.name()))")
                .build();
        assertThat(taken(live.reload(code.now())).before()).isSameAs(old);
    }

    @Test
    void aConstructorThatThrowsKeepsTheOldDialog() throws Exception {
        LiveDialog<?> live = live();
        Dialog old = live.shown();
        code.edit(
                        "Desk",
                        "private final Faq faq",
                        "Desk() { throw new IllegalStateException(\"no more ink\"); }\nprivate final Faq faq")
                .build();

        assertRefused(live.reload(code.now()), old, "no more ink");
    }

    @Test
    void aClassThatDoesNotLoadKeepsTheOldDialog() throws Exception {
        LiveDialog<?> live = live();
        Dialog old = live.shown();
        byte[] whole = Files.readAllBytes(code.classes().resolve("desk/Words.class"));
        Files.write(code.classes().resolve("desk/Words.class"), Arrays.copyOf(whole, whole.length / 2));

        assertRefused(live.reload(code.now()), old, "a class file must be whole, but one is cut off");
    }

    @Test
    void aSourceThatIsNotThereIsWaitedFor() throws Exception {
        LiveDialog<?> live = live();
        Files.delete(code.classes().resolve("desk/Desk.class"));
        assertThat(live.reload(code.now())).isEqualTo(new Reload.Incomplete("Desk"));
        assertThat(live.reload(code.now())).isEqualTo(new Reload.Unchanged());
    }

    @Test
    void aClassThatWasThereIsWaitedForInsteadOfTheOneOfTheStart() throws Exception {
        LiveDialog<?> live = live();
        taken(live.reload(code.now()));
        Files.delete(code.classes().resolve("desk/Words.class"));
        assertThat(live.reload(code.now())).isEqualTo(new Reload.Incomplete("Words"));

        code.edit("Words", "May I have your name?", "Who is speaking?").build();
        FlowTest.of(taken(live.reload(code.now())).after(), InstantSource.system())
                .caller()
                .expectSay("Who is speaking?");
    }

    @Test
    void whatTheBackEndUsesStaysAndIsNamed() throws Exception {
        LiveDialog<?> live = live();
        code.edit("Book", "\"E\"", "\"N\"").build();

        assertThat(taken(live.reload(code.now())).stayed()).containsExactly("Book");
        FlowTest.of(live.dialog().flows().getFirst(), InstantSource.system())
                .caller()
                .fills(Map.of("name", "Ana"))
                .confirmsYes()
                .expectSay("Entered as E3.");
    }

    @Test
    void whatStaysAndIsNotPublicIsRefusedWithItsName() throws Exception {
        code.edit("Book", "public String enter", "String enter").build();
        LiveDialog<?> live = live();
        code.edit("Entry", "public record", "record");

        assertRefused(live.reload(code.now()), live.shown(), "Book.enter is not public, but Desk uses it");
    }

    @Test
    void aSourceThatTheBackEndUsesCannotBeReloaded() throws Exception {
        code.edit("Book", "public String enter", "final Object desk = new Desk();\npublic String enter")
                .build();
        LiveDialog<?> live = live();

        assertRefused(live.reload(code.now()), live.shown(), "Desk must not be used by the back end Book");
    }

    @Test
    void aSourceWithoutAFittingConstructorIsRefusedAtTheStart() throws Exception {
        code.edit("Desk", "private final Faq faq", "Desk(int ignored) {}\nprivate final Faq faq")
                .build();
        assertThatThrownBy(this::live)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("a source must have a constructor without arguments");
    }

    @SuppressWarnings("unchecked")
    private LiveDialog<?> live() throws ReflectiveOperationException {
        ClassLoader program = code.program();
        Object book = program.loadClass("desk.Book").getConstructor().newInstance();
        Supplier<Object> backEnds = () -> book;
        return LiveDialog.of((Class<? extends DialogSource<Object>>) program.loadClass("desk.Desk"), backEnds);
    }

    private static FlowConversation call(LiveDialog<?> live) {
        return FlowConversation.start(live.dialog(), InstantSource.system(), ZoneOffset.UTC, "call");
    }

    private static Reload.Taken taken(Reload reload) {
        assertThat(reload).isInstanceOf(Reload.Taken.class);
        return (Reload.Taken) reload;
    }

    private static void assertRefused(Reload reload, Dialog stays, String reason) {
        assertThat(reload).isInstanceOfSatisfying(Reload.Refused.class, refused -> {
            assertThat(refused.stays()).isSameAs(stays);
            assertThat(refused.reason()).contains(reason);
        });
    }
}
