package aio.core.classpath;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import aio.core.loop.Loops;
import aio.core.loop.Origin;
import aio.core.process.ProcessLauncher;
import aio.core.process.SharedReaper;
import aio.core.registry.Followers;
import aio.core.registry.Owners;
import aio.core.registry.Registry;
import aio.loop.EventLoop;
import aio.policy.EventLoopPolicy;
import aio.policy.PolicyInfo;
import aio.policy.PolicySource;
import aio.policy.PolicyState;
import aio.policy.PolicyProperties;
import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PolicyLoaderTest {
    @TempDir
    private Path folder;

    @Test
    void policiesOfTheClassPath_areRanked_theBrokenOneIsRefused() throws IOException {
        Registry registry = discover("no.such.Policy", Plain.class.getName(), Ranked.class.getName(),
                Broken.class.getName());
        assertThat(registry.getEventLoopPolicy()).isInstanceOf(Ranked.class);
        assertThat(registry.directory().policies()).extracting(PolicyInfo::name, PolicyInfo::ranking, PolicyInfo::state,
                        PolicyInfo::source)
                .contains(tuple("broken", 100, PolicyState.REFUSED, PolicySource.CLASS_PATH),
                        tuple("ranked", 5, PolicyState.CURRENT, PolicySource.CLASS_PATH),
                        tuple(Plain.class.getName(), 0, PolicyState.STANDBY, PolicySource.CLASS_PATH));
        assertThat(registry.directory().policies()).anySatisfy(info ->
                assertThat(info.why()).anySatisfy(line -> assertThat(line).contains("no.such.Policy")));
    }

    @Test
    void aPolicyForANewerJava_isRefused_andTheOthersAreThere() throws IOException {
        Path file = folder.resolve("newer/Policy.class");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {(byte) 0xCA, (byte) 0xFE, (byte) 0xBA, (byte) 0xBE, 0, 0, 0, (byte) 200, 0, 1});
        Registry registry = discover("newer.Policy", Ranked.class.getName());
        assertThat(registry.getEventLoopPolicy()).isInstanceOf(Ranked.class);
        assertThat(registry.directory().policies()).anySatisfy(info -> assertThat(info.why().toString())
                .contains("refused", "newer/Policy", "class file version 200", "mend"));
    }

    @Test
    void amongEquals_theFirstIsTaken() throws IOException {
        Registry registry = discover(Second.class.getName(), Plain.class.getName());
        assertThat(registry.getEventLoopPolicy()).isInstanceOf(Second.class);
    }

    @Test
    void withoutPolicies_oneCanBeSet() throws IOException {
        Registry registry = discover();
        Plain mine = new Plain();
        registry.setEventLoopPolicy(mine);
        assertThat(registry.getEventLoopPolicy()).isSameAs(mine);
    }

    private Registry discover(String... providers) throws IOException {
        Path file = folder.resolve("META-INF/services/" + EventLoopPolicy.class.getName());
        Files.createDirectories(file.getParent());
        Files.write(file, List.of(providers));
        Loops loops = new Loops(Origin.NONE, new ProcessLauncher(new SharedReaper()));
        Registry registry = new Registry(Followers.of(loops), Owners.NONE, List::of);
        try (URLClassLoader loader =
                new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            new PolicyLoader(loader).discover(registry::discovered);
        }
        return registry;
    }

    /** Has neither name nor ranking. */
    public static class Plain implements EventLoopPolicy {
        @Override
        public EventLoop getEventLoop() {
            throw new IllegalStateException("not asked");
        }

        @Override
        public void setEventLoop(@Nullable EventLoop loop) {}

        @Override
        public EventLoop newEventLoop() {
            throw new IllegalStateException("not asked");
        }
    }

    /** A second one of the same kind. */
    public static class Second extends Plain {}

    /** Has a name and a ranking. */
    @PolicyProperties(aio_policy_name = "ranked", service_ranking = 5)
    public static class Ranked extends Plain {}

    /** Cannot be made. */
    @PolicyProperties(aio_policy_name = "broken", service_ranking = 100)
    public static class Broken extends Plain {
        public Broken() {
            throw new IllegalStateException("out of order");
        }
    }
}
