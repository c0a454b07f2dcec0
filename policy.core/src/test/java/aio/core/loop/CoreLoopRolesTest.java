package aio.core.loop;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.Descriptors;
import aio.loop.Diagnostics;
import aio.loop.EventLoop;
import aio.loop.Networking;
import aio.loop.Processes;
import aio.loop.Running;
import aio.loop.Scheduling;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** One rule for the roles of a loop: each has an interface of the core that implements it, and the loop itself none. */
class CoreLoopRolesTest {
    private static final List<Class<?>> ROLES = List.of(
            Running.class, Scheduling.class, Networking.class, Descriptors.class, Processes.class, Diagnostics.class);

    @Test
    void everyRole_isThatOfALoop() {
        assertThat(EventLoop.class.getInterfaces()).containsExactlyInAnyOrderElementsOf(ROLES);
    }

    @Test
    void everyRole_isImplementedByOneInterface_andNotByTheLoop() {
        for (Class<?> role : ROLES) {
            List<Class<?>> implementing = Arrays.stream(CoreLoop.class.getInterfaces())
                    .filter(face -> face != EventLoop.class && role.isAssignableFrom(face)).toList();
            assertThat(implementing).as(role.getSimpleName()).hasSize(1);
            assertThat(signatures(implementing.get(0))).as(role.getSimpleName()).containsAll(abstractOnes(role));
        }
        Set<String> ofRoles = ROLES.stream().flatMap(role -> abstractOnes(role).stream()).collect(Collectors.toSet());
        assertThat(signatures(CoreLoop.class)).doesNotContainAnyElementsOf(ofRoles);
    }

    private static Set<String> abstractOnes(Class<?> role) {
        return declared(role).filter(method -> !method.isDefault()).map(CoreLoopRolesTest::signature)
                .collect(Collectors.toSet());
    }

    private static Set<String> signatures(Class<?> type) {
        return declared(type).map(CoreLoopRolesTest::signature).collect(Collectors.toSet());
    }

    private static Stream<Method> declared(Class<?> type) {
        return Arrays.stream(type.getDeclaredMethods()).filter(method -> !method.isBridge() && !method.isSynthetic());
    }

    private static String signature(Method method) {
        return method.getName() + Arrays.toString(method.getParameterTypes());
    }
}
