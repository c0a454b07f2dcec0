package aio.core.registry;

import static org.assertj.core.api.Assertions.assertThat;

import aio.core.registry.Fixture.FakePolicy;
import aio.core.registry.Fixture.Service;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(120)
class RaceTest {
    private static final int THREADS = 8;

    @RepeatedTest(20)
    void servicesThatComeAndGoAtOnce_endOnTheBest() throws Exception {
        Fixture f = new Fixture();
        f.registry.configure(new Settings(false, 0, 100));
        FakePolicy best = new FakePolicy("best");
        List<Service> all = java.util.Collections.synchronizedList(new ArrayList<>());
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<?>> done = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                int seed = t;
                done.add(threads.submit(() -> {
                    Random random = new Random(seed);
                    for (int i = 0; i < 50; i++) {
                        FakePolicy policy = new FakePolicy("p");
                        Service service = f.make("p" + seed, random.nextInt(100), () -> policy);
                        all.add(service);
                        service.register();
                        service.ranking(random.nextInt(100));
                        service.unregister();
                        assertThat(f.published.get()).isNotSameAs(policy);
                    }
                }));
                if (t == THREADS / 2) {
                    f.service("best", 1000, best);
                }
            }
            for (Future<?> future : done) {
                future.get();
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(f.published.get()).isSameAs(best);
        assertThat(f.directory.policies()).hasSize(1);
        assertThat(all).allSatisfy(service -> assertThat(service.ungets.get()).isEqualTo(service.gets.get()));
        assertThat(f.followers.calls).anySatisfy(call -> assertThat(call).startsWith("want best"));
    }

    @Test
    void c006_firstLookUpsAtOnce_getTheSamePolicy() throws Exception {
        Fixture f = new Fixture();
        f.registry.discovered(Candidate.ofClassPath(0, Description.of("p", 0), new PolicyProvider() {
            private FakePolicy made = new FakePolicy("p");

            @Override
            public synchronized FakePolicy get() {
                made = new FakePolicy("p");
                return made;
            }
        }, "p"));
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            List<Future<Object>> answers = new ArrayList<>();
            for (int t = 0; t < THREADS; t++) {
                answers.add(threads.submit(() -> f.registry.getEventLoopPolicy()));
            }
            for (Future<Object> answer : answers) {
                assertThat(answer.get()).isSameAs(f.registry.getEventLoopPolicy());
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(f.directory.history()).hasSize(1);
    }
}
