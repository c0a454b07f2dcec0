package aio.dist;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Operators see connections, and can close one. */
@Timeout(180)
class ConnectionsIT {
    private static final Pattern ROW = Pattern.compile("(?m)^ +(\\d+)  127\\.0\\.0\\.1:\\d+ +127\\.0\\.0\\.1:\\d+ +"
            + "[\\d.]+ [KM]?i?B +[\\d.]+ [KM]?i?B +\\d+ B +\\d+\\.\\d s +open +aio\\.example\\.echo\\.EchoProtocol +"
            + "aio\\.example\\.echo \\[\\d+]$");

    @Test
    void aConnection_isShown_andClosed_andTheOthersStay() throws Exception {
        try (RunningContainer container = new RunningContainer();
                EchoClient client = EchoClient.connect(container.echoPort(), container)) {
            client.awaitProgress();
            Matcher row = ROW.matcher(container.ask("loop:connections shared"));
            assertThat(row.find()).isTrue();
            try (EchoClient other = EchoClient.connect(container.echoPort(), container)) {
                other.awaitProgress();
                assertThat(container.ask("loop:connections shared --close " + row.group(1)))
                        .containsPattern("loop: connection " + row.group(1) + " \\(127.* is closed$");
                assertThat(client.awaitEnd()).isNull();
                other.awaitProgress();
                assertThat(other.stop()).isNull();
            }
            assertThat(container.ask("loop:connections shared --close " + row.group(1)))
                    .contains("error: no connection " + row.group(1) + " on loop 'shared': it may have ended");
        }
    }
}
