package aio.itest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import aio.EventLoops;
import aio.itest.PlainPolicy.Registered;
import aio.policy.AbsentPolicy;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyDirectory;
import aio.policy.PolicyInfo;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.osgi.framework.Bundle;

/** Proves which registered policy becomes process-wide, and that every thread sees it at once. */
@Timeout(60)
@ExtendWith(LeavesNothing.class)
class RankingIT {
    private final PolicyDirectory directory = Framework.directory();

    private String current() {
        return directory.current().map(PolicyInfo::name).orElse("none");
    }

    /** Returns what another thread gets. */
    private static EventLoopPolicy elsewhere() {
        return CompletableFuture.supplyAsync(EventLoops::getEventLoopPolicy).join();
    }

    @Test
    void highestRanking_isCurrent_andTheNextOneFollowsWhenItLeaves() {
        PlainPolicy low = new PlainPolicy();
        PlainPolicy high = new PlainPolicy();
        EventLoopPolicy standard = EventLoops.getEventLoopPolicy();
        try (Registered lowThere = PlainPolicy.register("low", 10, low)) {
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(low);
            try (Registered highThere = PlainPolicy.register("high", 20, high)) {
                assertThat(EventLoops.getEventLoopPolicy()).isSameAs(high);
                assertThat(directory.policies()).extracting(PolicyInfo::name).containsExactly("high", "low", "default");
                assertThat(directory.policies()).extracting(policy -> policy.state().toString())
                        .containsExactly("current", "standby", "standby");
            }
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(low);
        }
        assertThat(EventLoops.getEventLoopPolicy()).isSameAs(standard);
    }

    @Test
    void equalRankings_theOlderServiceIsCurrent() {
        PlainPolicy first = new PlainPolicy();
        PlainPolicy second = new PlainPolicy();
        try (Registered older = PlainPolicy.register("first", 5, first);
                Registered younger = PlainPolicy.register("second", 5, second)) {
            assertThat(older.serviceId()).isLessThan(younger.serviceId());
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(first);
            older.close();
            assertThat(EventLoops.getEventLoopPolicy()).isSameAs(second);
        }
    }

    @Test
    void unrankedPolicy_countsAsZero_andGoesBeforeTheDefaultOne() {
        try (Registered there = PlainPolicy.register("unranked", null, new PlainPolicy())) {
            assertThat(directory.current()).hasValueSatisfying(policy -> {
                assertThat(policy.name()).isEqualTo("unranked");
                assertThat(policy.ranking()).isZero();
            });
        }
    }

    @Test
    void changedRanking_countsWhenSetPropertiesReturns() {
        PlainPolicy first = new PlainPolicy();
        PlainPolicy second = new PlainPolicy();
        try (Registered a = PlainPolicy.register("first", 10, first);
                Registered b = PlainPolicy.register("second", 20, second)) {
            assertThat(elsewhere()).isSameAs(second);
            a.rank(30);
            assertThat(elsewhere()).isSameAs(first);
            a.rank(-5);
            assertThat(elsewhere()).isSameAs(second);
            assertThat(directory.history()).last().satisfies(
                    change -> assertThat(change.cause()).isEqualTo("ranking 30 -> -5"));
        }
    }

    @Test
    void rankingOfWrongType_countsAsZero_andIsExplained() {
        try (Registered ten = PlainPolicy.register("ten", 10, new PlainPolicy());
                Registered text = PlainPolicy.register("text", "200", new PlainPolicy())) {
            assertThat(current()).isEqualTo("ten");
            PolicyInfo wrong = directory.policies().get(1);
            assertThat(wrong.name()).isEqualTo("text");
            assertThat(wrong.ranking()).isZero();
            assertThat(wrong.why()).anySatisfy(reason -> assertThat(reason)
                    .contains("'200'", "String", "expected an Integer", "service.ranking:Integer=200"));
            text.rank(200);
            assertThat(current()).isEqualTo("text");
        }
    }

    @Test
    void everyStep_isSeenByOtherThreadsAtOnce() throws Exception {
        EventLoopPolicy standard = elsewhere();
        try (Installed win = Installed.winselector()) {
            assertThat(elsewhere()).isSameAs(standard);
            for (int round = 0; round < 20; round++) {
                win.start();
                assertThat(elsewhere().getClass().getSimpleName()).isEqualTo("WindowsSelectorEventLoopPolicy");
                win.stop();
                assertThat(elsewhere()).isSameAs(standard);
                PlainPolicy plain = new PlainPolicy();
                try (Registered there = PlainPolicy.register("plain", 1, plain)) {
                    assertThat(elsewhere()).isSameAs(plain);
                }
                assertThat(elsewhere()).isSameAs(standard);
            }
        }
    }

    @Test
    void noPolicyAtAll_isAnErrorThatNamesWhatToStart() throws Exception {
        Bundle standard = Framework.bundle(Framework.DEFAULT);
        standard.stop();
        try {
            assertThat(directory.current()).isEmpty();
            assertThat(directory.policies()).isEmpty();
            assertThatThrownBy(EventLoops::getEventLoopPolicy)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("no event loop policy")
                    .hasMessageContaining("aio.policy.default [" + standard.getBundleId() + "]")
                    .hasMessageContaining("start " + standard.getBundleId());
            assertThatThrownBy(EventLoops::newEventLoop).isInstanceOf(IllegalStateException.class);
            assertThat(directory.absent()).singleElement().extracting(AbsentPolicy::name).isEqualTo("default");
        } finally {
            standard.start();
        }
        assertThat(current()).isEqualTo("default");
    }
}
