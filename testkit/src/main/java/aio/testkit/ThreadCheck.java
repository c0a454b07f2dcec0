package aio.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import aio.EventLoops;
import aio.link.RunningLoop;
import aio.loop.EventLoop;
import java.lang.reflect.Method;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.InvocationInterceptor;
import org.junit.jupiter.api.extension.ReflectiveInvocationContext;

/** Leaves the thread of a test without a current loop, and checks that no loop is left running on it. */
final class ThreadCheck implements InvocationInterceptor {

    @Override
    public void interceptTestMethod(
            Invocation<Void> invocation, ReflectiveInvocationContext<Method> method, ExtensionContext context)
            throws Throwable {
        EventLoop left;
        try {
            invocation.proceed();
        } finally {
            left = RunningLoop.get();
            RunningLoop.set(null);
            EventLoops.setEventLoopPolicy(null);
            EventLoops.setEventLoop(null);
        }
        assertThat(left).as("the loop that is left running on the thread of the test").isNull();
    }
}
