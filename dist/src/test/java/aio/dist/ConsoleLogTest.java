package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** What the log may do to a terminal. */
class ConsoleLogTest {

    @Test
    void whatSteersATerminal_isEscaped_andNoLineIsForged() {
        assertThat(ConsoleLog.visible("seen ü 你 \u001b[2J\u0007\u009b31m\u202eback\tend"))
                .isEqualTo("seen ü 你 \\u001b[2J\\u0007\\u009b31m\\u202eback\tend");
        assertThat(ConsoleLog.visible("one\r\ng! two\nwarning: three\n"))
                .isEqualTo("one\n    g! two\n    warning: three");
    }
}
