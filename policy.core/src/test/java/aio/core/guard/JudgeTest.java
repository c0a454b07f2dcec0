package aio.core.guard;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.statistics.Histogram;
import aio.loop.Distribution;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is wrong with loops that are tried, by numbers alone. */
class JudgeTest {
    private static final Distribution NONE = times(0, 0, 0, 0);
    private final Judge judge = new Judge(new Limits(Duration.ofMillis(50), 0.01));

    /** So many times of one length, and of another. */
    private static Distribution times(int count, long millis, int otherCount, long otherMillis) {
        Histogram histogram = new Histogram();
        for (int i = 0; i < count; i++) {
            histogram.record(millis * 1_000_000);
        }
        for (int i = 0; i < otherCount; i++) {
            histogram.record(otherMillis * 1_000_000);
        }
        return histogram.snapshot();
    }

    private static Reading delay(String loop, Distribution delay) {
        return new Reading(loop, delay, NONE, Duration.ZERO, 0, 0);
    }

    private static Reading beats(String loop, Distribution beats) {
        return new Reading(loop, NONE, beats, Duration.ZERO, 0, 0);
    }

    private static Reading busy(String loop, long millis) {
        return new Reading(loop, NONE, NONE, Duration.ofMillis(millis), 0, 0);
    }

    private static Reading errors(long failed, long ended) {
        return new Reading("a", NONE, NONE, Duration.ZERO, failed, ended);
    }

    @Test
    void lagOfMoreThanOneInAHundred_isAFault_andSaysWhatWasExpected() {
        Reading good = delay("b", times(500, 1, 0, 0));
        assertThat(judge.fault(List.of(delay("a", times(400, 1, 5, 200))), List.of(good)))
                .startsWith("loop 'a' took more than 50.0 ms between two looks for I/O 5 times of 405, p99 ")
                .endsWith("(the others: 1.0 ms): expected 1 time of 100 at most");
        assertThat(judge.fault(List.of(delay("a", times(1000, 1, 9, 200))), List.of(good))).isNull();
        assertThat(judge.fault(List.of(beats("a", times(20, 1, 3, 60))), List.of(good)))
                .contains("until it ran a callback of another thread 3 times of 23");
    }

    @Test
    void twoPausesOfTheMachine_areNoFault_threeAre() {
        assertThat(judge.fault(List.of(delay("a", times(2, 1, 2, 500))), List.of())).isNull();
        assertThat(judge.fault(List.of(delay("a", times(2, 1, 3, 500))), List.of())).isNotNull();
    }

    @Test
    void timesThatCannotBeToldFromTheLimit_areForTheDriver() {
        assertThat(judge.fault(List.of(delay("a", times(10, 50, 0, 0))), List.of())).isNull();
        assertThat(judge.fault(List.of(delay("a", times(10, 65, 0, 0))), List.of())).isNotNull();
    }

    @Test
    void lagThatTheOthersHaveToo_isNotOfTheDriver() {
        Reading late = delay("a", times(100, 1, 10, 200));
        assertThat(judge.fault(List.of(late), List.of(delay("b", times(100, 1, 6, 70))))).isNull();
        assertThat(judge.fault(List.of(late), List.of(delay("b", times(100, 1, 2, 70))))).isNotNull();
        assertThat(judge.fault(List.of(late), List.of(delay("b", times(100, 1, 4, 70))))).isNotNull();
    }

    @Test
    void workThatDoesNotEnd_isSeenAtTheSecondLook() {
        assertThat(judge.fault(List.of(busy("a", 600)), List.of(busy("b", 0)))).isNull();
        assertThat(judge.fault(List.of(busy("a", 700)), List.of(busy("b", 0))))
                .isEqualTo("loop 'a' is held up for 700.0 ms: expected 50.0 ms at most");
    }

    @Test
    void workThatEnded_orHoldsUpTheOthersToo_isNoFault() {
        judge.fault(List.of(busy("a", 600)), List.of());
        judge.fault(List.of(busy("a", 0)), List.of());
        assertThat(judge.fault(List.of(busy("a", 600)), List.of())).isNull();
        assertThat(judge.fault(List.of(busy("a", 700)), List.of(busy("b", 700)))).isNull();
        assertThat(judge.fault(List.of(busy("a", 540)), List.of())).as("not longer than a stall").isNull();
    }

    @Test
    void errors_areComparedWithThoseOfTheOthers() {
        assertThat(judge.fault(List.of(errors(3, 97)), List.of(errors(0, 100))))
                .isEqualTo("3 of 100 connections failed, 3.0 % (the others: 0 of 100): expected 1.0 % at most");
        assertThat(judge.fault(List.of(errors(3, 97)), List.of(errors(2, 98)))).isNull();
        assertThat(judge.fault(List.of(errors(4, 96)), List.of(errors(2, 98)))).isNotNull();
        assertThat(judge.fault(List.of(errors(2, 0)), List.of())).as("fewer than three").isNull();
        assertThat(judge.fault(List.of(errors(2, 10), errors(1, 10)), List.of())).as("of all loops together")
                .contains("3 of 23");
    }

    @Test
    void anyLimit_isTaken() {
        Reading worst = new Reading("a", times(9, 100_000, 0, 0), NONE, Duration.ofDays(30), 9, 0);
        Judge patient = new Judge(new Limits(ChronoUnit.FOREVER.getDuration(), 1));
        patient.fault(List.of(worst), List.of());
        assertThat(patient.fault(List.of(worst), List.of())).isNull();
        assertThat(new Judge(new Limits(Duration.ofSeconds(Long.MIN_VALUE), 1))
                .fault(List.of(delay("a", times(3, 1, 0, 0))), List.of())).isNotNull();
    }

    @Test
    void readings_areOfTheTimeSinceAnEarlierOne() {
        Histogram histogram = new Histogram();
        histogram.record(200_000_000);
        Reading before = new Reading("a", histogram.snapshot(), NONE, Duration.ZERO, 5, 7);
        histogram.record(1_000_000);
        Reading since = new Reading("a", histogram.snapshot(), NONE, Duration.ofMillis(3), 6, 17).since(before);
        assertThat(since.delay().count()).isEqualTo(1);
        assertThat(List.of(since.failed(), since.ended())).isEqualTo(List.of(1L, 10L));
        assertThat(since.underWay()).isEqualTo(Duration.ofMillis(3));
        assertThat(since.over().underWay()).isZero();
        assertThat(since.withErrorsOf(before).failed()).isEqualTo(5);
        assertThat(Judge.summary(List.of(since), List.of(before)))
                .isEqualTo("lag p99 1.0 ms (the others: 200.0 ms), failed 1 of 11 connections (the others: 5 of 12)");
    }
}
