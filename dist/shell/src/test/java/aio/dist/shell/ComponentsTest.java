package aio.dist.shell;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What is told of a component that fails. */
class ComponentsTest {

    @Test
    void cause_isTheFirstThatDoesNotOnlyWrap() {
        assertThat(Components.cause("""
                java.lang.reflect.InvocationTargetException
                \tat java.base/X.y(X.java:1)
                Caused by: java.util.concurrent.CompletionException: java.net.BindException: cannot listen
                \tat a.B.c(B.java:1)
                Caused by: java.net.BindException: cannot listen on 127.0.0.1:8080: in use
                \t... 37 more
                Caused by: java.net.BindException: in use
                """)).isEqualTo("BindException: cannot listen on 127.0.0.1:8080: in use");
        assertThat(Components.cause("java.lang.IllegalStateException\n\tat a.B.c(B.java:1)"))
                .isEqualTo("IllegalStateException");
        assertThat(Components.cause("strange")).isEqualTo("strange");
        assertThat(Components.cause("")).isEqualTo("no reason is known");
    }
}
