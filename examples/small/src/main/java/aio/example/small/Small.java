package aio.example.small;

import static java.nio.charset.StandardCharsets.UTF_8;

import aio.EventLoops;
import aio.loop.EventLoop;
import aio.loop.LoopFuture;
import aio.transport.StreamProtocol;
import java.time.Duration;
import java.util.List;

/** Echo server, client, timer and child process on one loop; prints {@code hello child}. */
public final class Small {
    private Small() {}

    public static void main(String[] args) {
        EventLoops.run(() -> {
            EventLoop loop = EventLoops.getRunningLoop();
            LoopFuture<String> answer = loop.createFuture();
            return loop.createServer(() -> StreamProtocol.of((peer, data) -> peer.write(data)), "127.0.0.1", 0)
                    .thenCompose(server -> loop.createConnection(() -> StreamProtocol.of((peer, data) ->
                            answer.setResult(UTF_8.decode(data).toString())), "127.0.0.1", server.port()))
                    .thenCompose(client -> {
                        client.transport().write("hello".getBytes(UTF_8));
                        return answer;
                    })
                    .thenCompose(text -> loop.sleep(Duration.ofMillis(100)).thenApply(slept -> text))
                    .thenCompose(text -> loop.createSubprocessExec(List.of("echo", text, "child")))
                    .thenCompose(child -> child.communicate())
                    .thenAccept(result -> System.out.print(result.stdoutText()));
        });
    }
}
