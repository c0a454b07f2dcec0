package aio.core.model;

import java.util.List;
import java.util.logging.Level;
import java.util.logging.Logger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.ShrinkingMode;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;

/**
 * Whatever happens in whatever order: the right policy is current at once, each loop ends on the right driver, its
 * socket with it, and nothing is left open. A failure names its seed and the shortest sequence that was found.
 */
class ModelTest {
    private static final int CALM_EVERY = 8;
    private static final Logger LOG = Logger.getLogger("aio");

    /** The sequences are about refusals: a line for each says nothing. */
    @BeforeContainer
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterContainer
    static void loud() {
        LOG.setLevel(null);
    }

    /** Few that go far. */
    @Property(tries = 400, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void policiesAndLoops_endWhereTheModelSays(@ForAll("sequences") List<Action> actions) throws Exception {
        assertEndsWhereTheModelSays(actions);
    }

    /** Very many from the beginning: most faults need no more than a few actions, in the right order. */
    @Property(tries = 20_000, shrinking = ShrinkingMode.BOUNDED, edgeCases = EdgeCasesMode.NONE)
    void policiesAndLoops_endWhereTheModelSays_afterFewActions(@ForAll("shortSequences") List<Action> actions)
            throws Exception {
        assertEndsWhereTheModelSays(actions);
    }

    private static void assertEndsWhereTheModelSays(List<Action> actions) throws Exception {
        try (World world = new World()) {
            int done = 0;
            for (Action action : actions) {
                world.act(action);
                if (++done % CALM_EVERY == 0) {
                    world.compareWhenCalm();
                }
            }
            world.compareWhenCalm();
        }
    }

    /** The standby is in no hands before: nobody has asked it for its driver, and no probe was made. */
    @Example
    void loopsWhosePolicyLeaves_whileTheCurrentDriverTakesNoChannel_goToAStandbyThatWasNeverProbed() throws Exception {
        try (World world = new World()) {
            world.act(new Action(Action.Kind.ARRIVE, 0, /* works, rank */ 14));
            world.act(new Action(Action.Kind.NEW_LOOP, 0, 0));
            world.act(new Action(Action.Kind.NEW_OWN_LOOP, 0, 0));
            world.act(new Action(Action.Kind.RUN, 0, 0));
            world.act(new Action(Action.Kind.ARRIVE, 1, /* cannot be opened, rank */ 10));
            world.act(new Action(Action.Kind.ARRIVE, 2, /* works, rank */ 7));
            world.act(new Action(Action.Kind.DEPART_UNDER_REFUSING, 0, 0));
            world.compareWhenCalm();
        }
    }

    @Provide
    Arbitrary<List<Action>> sequences() {
        return actions().list().ofMinSize(10).ofMaxSize(100);
    }

    @Provide
    Arbitrary<List<Action>> shortSequences() {
        return actions().list().ofMinSize(2).ofMaxSize(8);
    }

    private static Arbitrary<Action> actions() {
        Arbitrary<Action.Kind> kinds = Arbitraries.frequency(
                Tuple.of(6, Action.Kind.ARRIVE), Tuple.of(4, Action.Kind.DEPART), Tuple.of(2, Action.Kind.DESCRIBE),
                Tuple.of(2, Action.Kind.RANK), Tuple.of(1, Action.Kind.UNRANK), Tuple.of(2, Action.Kind.PIN),
                Tuple.of(2, Action.Kind.UNPIN), Tuple.of(2, Action.Kind.INSTALL), Tuple.of(2, Action.Kind.UNINSTALL),
                Tuple.of(1, Action.Kind.INSTALL_REFUSING), Tuple.of(1, Action.Kind.DEPART_UNDER_REFUSING),
                Tuple.of(1, Action.Kind.SET), Tuple.of(1, Action.Kind.RESET), Tuple.of(3, Action.Kind.NEW_LOOP),
                Tuple.of(2, Action.Kind.NEW_OWN_LOOP), Tuple.of(4, Action.Kind.RUN), Tuple.of(3, Action.Kind.STOP),
                Tuple.of(3, Action.Kind.RUN_ONCE), Tuple.of(2, Action.Kind.CLOSE));
        return Combinators.combine(
                kinds, Arbitraries.integers().between(0, 23), Arbitraries.integers().between(-50, 50)).as(Action::new);
    }
}
