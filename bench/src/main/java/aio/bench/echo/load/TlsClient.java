package aio.bench.echo.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;

/** One connection over TLS 1.3 with AES-GCM, whatever else the server would accept. */
final class TlsClient extends Client {
    private static final int RECORD = 32 * 1024; // more than a TLS record can be
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteBuffer sealed = ByteBuffer.allocate(2 * RECORD);
    private ByteBuffer out = ByteBuffer.allocate(4 * RECORD).flip();
    private boolean established;

    TlsClient(SSLContext context, SocketChannel channel, Payload payload, ByteBuffer in, int id, boolean newcomer) {
        super(channel, payload, in, id, newcomer);
        engine = context.createSSLEngine();
        engine.setUseClientMode(true);
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        engine.setEnabledCipherSuites(new String[] {"TLS_AES_128_GCM_SHA256"});
    }

    @Override
    void connected() throws IOException {
        engine.beginHandshake();
        shakeHands();
    }

    @Override
    void send() throws IOException {
        next();
        ByteBuffer request = request();
        while (request.hasRemaining()) {
            wrap(request);
        }
        writable();
    }

    @Override
    void writable() throws IOException {
        channel.write(out);
        interested(out.hasRemaining());
    }

    @Override
    boolean readable() throws IOException {
        read(sealed);
        sealed.flip();
        boolean complete = false;
        while (sealed.hasRemaining()) {
            in.clear();
            SSLEngineResult result = engine.unwrap(sealed, in);
            if (result.getStatus() == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                break;
            }
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                throw new IOException("TLS ended or failed: " + result);
            }
            if (result.bytesProduced() > 0) {
                complete = receive(in, result.bytesProduced());
            }
            shakeHands();
        }
        sealed.compact();
        return complete;
    }

    /** Does what the handshake needs before it can receive again; when it is over for the first time, sends. */
    private void shakeHands() throws IOException {
        while (true) {
            switch (engine.getHandshakeStatus()) {
                case NEED_TASK -> engine.getDelegatedTask().run();
                case NEED_WRAP -> {
                    wrap(NOTHING);
                    writable();
                }
                case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
                    return;
                }
                case NOT_HANDSHAKING, FINISHED -> {
                    if (!established) {
                        established = true;
                        send();
                    }
                    return;
                }
            }
        }
    }

    private void wrap(ByteBuffer plain) throws IOException {
        out.compact();
        SSLEngineResult result = engine.wrap(plain, out);
        out.flip();
        if (result.getStatus() != SSLEngineResult.Status.OK) {
            throw new IOException("TLS ended or failed: " + result);
        }
    }
}
