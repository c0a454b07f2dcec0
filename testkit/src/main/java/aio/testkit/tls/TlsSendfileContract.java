package aio.testkit.tls;

import static org.assertj.core.api.Assertions.assertThat;

import aio.loop.LoopFuture;
import aio.loop.SendfileNotAvailableException;
import aio.loop.SendfileOptions;
import aio.loop.Server;
import aio.testkit.Asyncio;
import aio.testkit.net.BytePattern;
import aio.testkit.net.RecordingProtocol;
import aio.transport.StreamTransport;
import java.io.IOException;
import java.net.Socket;
import java.net.StandardSocketOptions;
import java.nio.channels.FileChannel;
import java.nio.channels.SocketChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sending files over TLS: C287, and the fallback. */
@Asyncio("eventloop#loop.sendfile")
public abstract class TlsSendfileContract extends TlsContract {
    private static final BytePattern PATTERN = new BytePattern(50);
    private static final int SIZE = 4 * 1024 * 1024;
    private static final int SMALL = 8 * 1024;

    @TempDir
    Path folder;

    /** Connects a client. */
    @FunctionalInterface
    private interface Connecting {
        void connect(Server server) throws IOException;
    }

    /** For subclasses. */
    protected TlsSendfileContract() {}

    private FileChannel file() throws IOException {
        Path path = folder.resolve("file");
        Files.write(path, PATTERN.bytes(0, SIZE));
        return closing(FileChannel.open(path));
    }

    private RecordingProtocol protocol(SSLSocket[] client) throws Exception {
        return protocol(server -> client[0] = client(server));
    }

    private RecordingProtocol protocol(Connecting client) throws Exception {
        CompletableFuture<RecordingProtocol> made = new CompletableFuture<>();
        client.connect(serve(() -> {
            RecordingProtocol protocol = new RecordingProtocol();
            made.complete(protocol);
            return protocol;
        }));
        RecordingProtocol protocol = made.get();
        protocol.await("made");
        return protocol;
    }

    @Test
    void c287_withoutFallback_isRefused() throws Exception {
        SSLSocket[] client = new SSLSocket[1];
        RecordingProtocol protocol = protocol(client);
        FileChannel file = file();
        SendfileOptions options = SendfileOptions.whole().withFallback(false);
        assertThat(failureOf(() -> loop.sendfile(protocol.transport(), file, options)))
                .isInstanceOf(SendfileNotAvailableException.class)
                .hasMessageContaining("fallback is disabled");
        client[0].close();
        protocol.awaitLost();
    }

    @Test
    void fallback_sendsTheFile_asFastAsThePeerReads() throws Exception {
        SSLSocket[] client = new SSLSocket[1];
        RecordingProtocol protocol = protocol(client);
        FileChannel file = file();
        LoopFuture<Long> sending = loop.sendfile(protocol.transport(), file);
        until("the peer's buffers are full", () -> file.position() > 0);
        byte[] received = client[0].getInputStream().readNBytes(SIZE);
        assertThat(received).hasSize(SIZE);
        PATTERN.check(0, received, SIZE);
        assertThat(done(sending)).isEqualTo(SIZE);
        assertThat(file.position()).isEqualTo(SIZE);
        assertThat(protocol.transport().getProtocol()).isSameAs(protocol);
        client[0].getOutputStream().write('x');
        assertThat(protocol.awaitBytes(1)).containsExactly('x');
        client[0].close();
        protocol.awaitLost();
    }

    @Test
    void peerThatIsGone_failsTheOperation() throws Exception {
        Socket plain = closing(new Socket());
        plain.setReceiveBufferSize(SMALL); // or the kernel takes the whole file, and nothing is left to fail
        RecordingProtocol protocol = protocol(server -> {
            plain.connect(addressOf(server));
            ((SSLSocket) AUTHORITY.trusting().getSocketFactory()
                    .createSocket(plain, "127.0.0.1", plain.getPort(), false)).startHandshake();
        });
        ((SocketChannel) protocol.transport().getExtraInfo(StreamTransport.SOCKET))
                .setOption(StandardSocketOptions.SO_SNDBUF, SMALL);
        FileChannel file = file();
        LoopFuture<Long> sending = loop.sendfile(protocol.transport(), file);
        until("the peer's buffers are full", () -> file.position() > 0);
        plain.setSoLinger(true, 0);
        plain.close(); // a socket of TLS would read first what is there, and so perhaps the whole file
        assertThat(failureOf(() -> sending)).isInstanceOf(IOException.class);
        protocol.awaitLost();
        assertThat(protocol.count("lost")).isEqualTo(1);
    }
}
