package aio.example.echo;

import aio.transport.StreamProtocol;
import aio.transport.StreamTransport;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One HTTP connection: responds to requests in their order, even if many are sent at once, and no faster than the other
 * side takes the responses. Loop thread only.
 */
final class HttpProtocol implements StreamProtocol {
    private final Supplier<String> page;
    private final RequestParser parser = new RequestParser();
    private @Nullable StreamTransport transport;
    private boolean writingPaused;
    private ByteBuffer waiting = ByteBuffer.allocate(0);

    /** Makes the protocol of a connection that serves {@code page} at {@code /}. */
    HttpProtocol(Supplier<String> page) {
        this.page = page;
    }

    @Override
    public void connectionMade(StreamTransport made) {
        transport = made;
    }

    @Override
    public void dataReceived(ByteBuffer data) {
        serve(data);
        if (data.hasRemaining() && !transport().isClosing()) {
            // only one read's worth: reading is paused
            ByteBuffer kept = ByteBuffer.allocate(waiting.remaining() + data.remaining());
            waiting = kept.put(waiting).put(data).flip();
        }
    }

    @Override
    public void pauseWriting() {
        writingPaused = true;
        transport().pauseReading();
    }

    @Override
    public void resumeWriting() {
        writingPaused = false;
        serve(waiting);
        if (!writingPaused) {
            transport().resumeReading();
        }
    }

    private void serve(ByteBuffer data) {
        try {
            while (!writingPaused && !transport().isClosing()) {
                Request request = parser.next(data);
                if (request == null) {
                    return;
                }
                answer(request);
            }
        } catch (BadRequestException e) {
            respond(e.status(), e.getMessage() + "\n", /* body= */ true, /* keepAlive= */ false);
        }
    }

    private void answer(Request request) {
        boolean head = request.method().equals("HEAD");
        if (!head && !request.method().equals("GET")) {
            respond(405, "only GET and HEAD\n", true, request.keepAlive());
        } else if (request.path().equals("/")) {
            respond(200, page.get(), !head, request.keepAlive());
        } else {
            respond(404, "nothing here; try /\n", !head, request.keepAlive());
        }
    }

    private void respond(int status, String text, boolean body, boolean keepAlive) {
        byte[] content = text.getBytes(StandardCharsets.UTF_8);
        String head = "HTTP/1.1 " + status + " " + reason(status) + "\r\n"
                + "Content-Type: text/plain; charset=utf-8\r\n"
                + "Content-Length: " + content.length + "\r\n"
                + (status == 405 ? "Allow: GET, HEAD\r\n" : "")
                + "Connection: " + (keepAlive ? "keep-alive" : "close") + "\r\n\r\n";
        byte[] headBytes = head.getBytes(StandardCharsets.ISO_8859_1);
        ByteBuffer response = ByteBuffer.allocate(headBytes.length + content.length).put(headBytes);
        if (body) {
            response.put(content);
        }
        transport().write(response.flip());
        if (!keepAlive) {
            transport().close();
        }
    }

    private static String reason(int status) {
        return switch (status) {
            case 200 -> "OK";
            case 400 -> "Bad Request";
            case 404 -> "Not Found";
            case 405 -> "Method Not Allowed";
            case 431 -> "Request Header Fields Too Large";
            case 501 -> "Not Implemented";
            case 505 -> "HTTP Version Not Supported";
            default -> "Error";
        };
    }

    private StreamTransport transport() {
        if (transport == null) {
            throw new IllegalStateException("not connected yet");
        }
        return transport;
    }
}
