package aio.example.echo;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The HTTP responder against a transport that only records what is written. */
@Timeout(60)
class HttpProtocolTest {
    private static final String HOST = "Host: here\r\n\r\n";
    private static final String GET = "GET / HTTP/1.1\r\n" + HOST;

    private final FakeTransport transport = new FakeTransport(new HttpProtocol(() -> "page\n"));

    @Test
    void get_ofRoot_answersPageAndStaysOpen() {
        transport.receive(GET);
        assertThat(transport.sent())
                .startsWith("HTTP/1.1 200 OK\r\n")
                .contains("Content-Length: 5\r\n", "Connection: keep-alive\r\n")
                .endsWith("\r\n\r\npage\n");
        assertThat(transport.isClosing()).isFalse();
    }

    @Test
    void get_inSingleBytes_answersOnce() {
        for (char c : GET.toCharArray()) {
            assertThat(transport.sent()).isEmpty();
            transport.receive(String.valueOf(c));
        }
        assertThat(transport.sent()).startsWith("HTTP/1.1 200 OK\r\n").endsWith("page\n");
    }

    @Test
    void requests_sentAtOnce_areAnsweredInOrder() {
        transport.receive(GET + "GET /none HTTP/1.1\r\n" + HOST + "HEAD / HTTP/1.1\r\n" + HOST);
        assertThat(transport.sent().replaceAll("(?s)\r\n.*?\r\n\r\n", "|"))
                .isEqualTo("HTTP/1.1 200 OK|page\nHTTP/1.1 404 Not Found|nothing here; try /\nHTTP/1.1 200 OK|");
    }

    @Test
    void head_hasLengthButNoBody() {
        transport.receive("HEAD / HTTP/1.1\r\n" + HOST);
        assertThat(transport.sent()).contains("Content-Length: 5\r\n").endsWith("\r\n\r\n");
    }

    @Test
    void post_isRefusedAndItsBodySkipped() {
        transport.receive("POST / HTTP/1.1\r\nContent-Length: 7\r\n" + HOST + "GET / H" + GET);
        assertThat(transport.sent())
                .startsWith("HTTP/1.1 405 Method Not Allowed\r\n")
                .contains("Allow: GET, HEAD\r\n")
                .endsWith("page\n");
    }

    @Test
    void query_doesNotMatter() {
        transport.receive("GET /?a=/b HTTP/1.1\r\n" + HOST);
        assertThat(transport.sent()).startsWith("HTTP/1.1 200 OK");
    }

    @ParameterizedTest
    @CsvSource({"1.1, close, true", "1.1, keep-alive, false", "1.0, keep-alive, false", "1.0, other, true"})
    void connection_staysOpenAsAsked(String version, String connection, boolean closes) {
        transport.receive("GET / HTTP/" + version + "\r\nConnection: " + connection + "\r\n" + HOST);
        assertThat(transport.sent())
                .startsWith("HTTP/1.1 200")
                .contains("Connection: " + (closes ? "close" : "keep-alive") + "\r\n");
        assertThat(transport.isClosing()).isEqualTo(closes);
    }

    @ParameterizedTest
    @CsvSource({
        "400, GARBAGE",
        "400, GET  / HTTP/1.1",
        "400, GET nowhere HTTP/1.1",
        "505, GET / HTTP/2.0",
        "400, GET / HTTP/1.1|Bad Header: x",
        "400, GET / HTTP/1.1|no colon",
        "400, GET / HTTP/1.1|X: folded| over lines",
        "400, GET / HTTP/1.1|Content-Length: -1",
        "400, GET / HTTP/1.1|X: a<CR>b",
        "400, GET / HTTP/1.1|Content-Length: 1|Content-Length: 2",
        "501, GET / HTTP/1.1|Transfer-Encoding: chunked"
    })
    void garbage_isRefusedAndTheConnectionEnds(int status, String lines) {
        transport.receive(lines.replace("|", "\r\n").replace("<CR>", "\r") + "\r\n" + HOST + GET);
        assertThat(transport.sent()).startsWith("HTTP/1.1 " + status + " ").containsOnlyOnce("Content-Type: ");
        assertThat(transport.isClosing()).isTrue();
    }

    @Test
    void request_withoutHost_isRefused() {
        transport.receive("GET / HTTP/1.1\r\n\r\n");
        assertThat(transport.sent()).startsWith("HTTP/1.1 400 ").endsWith("no Host header\n");
    }

    @Test
    void head_ofTheLimit_isTakenAndALongerOneIsNot() {
        String start = "GET / HTTP/1.1\r\nHost: here\r\nX: ";
        transport.receive(start + "x".repeat(RequestParser.MAX_HEAD_BYTES - start.length() - 4) + "\r\n\r\n");
        assertThat(transport.sent()).startsWith("HTTP/1.1 200 OK");
        transport.receive(start + "x".repeat(RequestParser.MAX_HEAD_BYTES));
        assertThat(transport.sent()).startsWith("HTTP/1.1 431 Request Header Fields Too Large");
        assertThat(transport.isClosing()).isTrue();
    }

    /** Only the bound of the class judges how long it takes. */
    @Test
    void aLongLineOfBlanks_isReadAtOnce() {
        String start = "GET / HTTP/1.1\nHost: here\nX:" + " ".repeat(16_000);
        transport.receive(start + "\u0085y\n\n");
        assertThat(transport.sent()).startsWith("HTTP/1.1 200 ");
        transport.receive(start + "\ry\n\n");
        assertThat(transport.sent()).startsWith("HTTP/1.1 400 ").contains("carriage return");
    }

    @Test
    void blanksAroundAValue_areNotPartOfIt() {
        transport.receive("GET / HTTP/1.1\r\nContent-Length: \t 1 \t\r\nContent-Length:1\r\nHost:\r\n\r\nx" + GET);
        assertThat(transport.sent()).containsPattern("(?s)^HTTP/1.1 200 .*\nHTTP/1.1 200 ");
    }

    @Test
    void slowReader_stopsAnsweringAndReadingUntilItCatchesUp() {
        transport.fullAfter(2);
        transport.receive(GET + GET + GET + "HEAD / HTT");
        assertThat(transport.sent().split("page\n")).hasSize(2);
        assertThat(transport.isReading()).isFalse();
        transport.getProtocol().resumeWriting();
        assertThat(transport.sent().split("page\n")).hasSize(1);
        assertThat(transport.isReading()).isTrue();
        transport.receive("P/1.1\r\n" + HOST);
        assertThat(transport.sent()).startsWith("HTTP/1.1 200 OK").doesNotContain("page");
    }

    @Test
    void echo_sendsBackAndReadsNoFasterThanItIsRead() {
        FakeTransport echo = new FakeTransport(new EchoProtocol());
        echo.fullAfter(2);
        echo.receive("one");
        assertThat(echo.isReading()).isTrue();
        echo.receive("two");
        assertThat(echo.sent()).isEqualTo("onetwo");
        assertThat(echo.isReading()).isFalse();
        echo.getProtocol().resumeWriting();
        assertThat(echo.isReading()).isTrue();
    }
}
