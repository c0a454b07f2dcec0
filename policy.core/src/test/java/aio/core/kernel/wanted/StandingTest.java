package aio.core.kernel.wanted;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.kernel.SleepingDriver;
import aio.core.kernel.wanted.Standing.Move;
import aio.core.kernel.wanted.Standing.Phase;
import aio.core.kernel.wanted.Standing.Step;
import aio.spi.IoDriverFactory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Where a loop goes next, for every state and everything that can be wanted with three drivers. */
class StandingTest {
    private static final IoDriverFactory A = new SleepingDriver("a");
    private static final IoDriverFactory B = new SleepingDriver("b");
    private static final IoDriverFactory C = new SleepingDriver("c");
    private static final List<@Nullable IoDriverFactory> DRIVERS = Arrays.asList(null, A, B, C);

    private record Case(Standing standing, Wanted.ForLoop wanted, boolean follows) {
        Move next() {
            return standing.next(wanted, follows);
        }

        boolean isUsable(@Nullable IoDriverFactory driver) {
            boolean hasFailed = standing.since() == wanted.since() && standing.failed().contains(driver);
            return driver != null && !wanted.departed().contains(driver) && !hasFailed;
        }

        boolean isSettled() {
            return standing.phase() == Phase.SETTLED || standing.phase() == Phase.PARKED;
        }
    }

    private static List<DriverSet> sets() {
        List<DriverSet> sets = new ArrayList<>();
        for (int bits = 0; bits < 8; bits++) {
            List<IoDriverFactory> chosen = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                if ((bits >> i & 1) == 1) {
                    chosen.add(DRIVERS.get(i + 1));
                }
            }
            sets.add(DriverSet.EMPTY.changed(List.of(), chosen));
        }
        return sets;
    }

    private static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Phase phase : Phase.values()) {
            for (IoDriverFactory driver : DRIVERS) {
                for (DriverSet failed : sets()) {
                    for (long since : new long[] {1, 2}) {
                        addWanted(cases, new Standing(phase, driver, failed, since));
                    }
                }
            }
        }
        return cases;
    }

    private static void addWanted(List<Case> cases, Standing standing) {
        List<List<IoDriverFactory>> standbys = List.of(List.of(), List.of(A), List.of(B, C), List.of(C, A, B));
        for (IoDriverFactory preferred : DRIVERS) {
            for (List<IoDriverFactory> standby : standbys) {
                for (DriverSet departed : sets()) {
                    Wanted.ForLoop wanted = new Wanted.ForLoop(7, false, 2, preferred, standby, departed);
                    cases.add(new Case(standing, wanted, true));
                    cases.add(new Case(standing, wanted, false));
                }
            }
        }
    }

    @Test
    void aLoopNeverGoesToADriverThatHasLeftOrFailed() {
        assertThat(all()).filteredOn(each -> each.next().step() == Step.BEGIN && each.next().driver() != null)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.isUsable(each.next().driver())).isTrue());
    }

    @Test
    void aLoopNeverStaysOnADriverThatHasLeftOrFailed() {
        assertThat(all())
                .filteredOn(each -> each.isSettled() && each.next().stays() && each.standing().driver() != null)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.isUsable(each.standing().driver())).isTrue());
    }

    @Test
    void aLoopIsParkedOnlyIfThereIsNothingElse() {
        assertThat(all()).filteredOn(each -> each.next().step() == Step.BEGIN && each.next().driver() == null)
                .isNotEmpty()
                .allSatisfy(each -> {
                    assertThat(each.isUsable(each.wanted().preferred())).isFalse();
                    assertThat(each.isUsable(each.standing().driver())).isFalse();
                    assertThat(each.wanted().standby()).noneMatch(each::isUsable);
                });
    }

    @Test
    void aLoopThatFollows_endsOnThePreferredDriver_ifThatIsUsable() {
        assertThat(all()).filteredOn(each -> each.follows() && each.isUsable(each.wanted().preferred())
                        && (each.isSettled() || each.standing().phase() == Phase.BROKEN))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.standing().destination(each.wanted(), true))
                        .isSameAs(each.wanted().preferred()));
    }

    @Test
    void aLoopThatDoesNotFollow_staysWhereItCan() {
        assertThat(all()).filteredOn(each -> !each.follows() && each.isSettled()
                        && each.isUsable(each.standing().driver()))
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.next().stays()).isTrue());
    }

    @Test
    void whatIsUnderWayIsFinishedFirst_andAClosedLoopDoesNothing() {
        assertThat(all()).allSatisfy(each -> {
            Phase phase = each.standing().phase();
            boolean carries = phase == Phase.MOVING || phase == Phase.RETURNING;
            assertThat(each.next().step() == Step.CARRY).isEqualTo(carries);
            assertThat(phase != Phase.CLOSED || each.next().stays()).isTrue();
        });
    }

    @Test
    void aBrokenDriverIsNeverKept() {
        assertThat(all()).filteredOn(each -> each.standing().phase() == Phase.BROKEN)
                .isNotEmpty()
                .allSatisfy(each -> assertThat(each.next().step()).isEqualTo(Step.BEGIN));
    }

    /** Steps with drivers that never fail come to an end: no two states send a loop back and forth. */
    @Test
    void aLoopIsThereAfterOneExchange() {
        assertThat(all()).filteredOn(each -> each.next().step() == Step.BEGIN).allSatisfy(each -> {
            IoDriverFactory to = each.next().driver();
            Standing there = each.standing().with(Phase.MOVING, to).settled();
            assertThat(there.next(each.wanted(), each.follows()).stays()).isTrue();
        });
    }
}
