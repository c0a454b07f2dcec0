package aio.bench.echo.server;

import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetServerOptions;

/** Vert.x with one event loop. */
public final class VertxServer {
    private VertxServer() {}

    public static void main(String[] args) {
        Vertx vertx = Vertx.vertx(new VertxOptions().setEventLoopPoolSize(1));
        NetServer server = vertx.createNetServer(new NetServerOptions()
                .setHost("127.0.0.1").setPort(0).setAcceptBacklog(Control.BACKLOG).setTcpNoDelay(true));
        server.connectHandler(socket -> {
            socket.handler(socket::write);
            socket.exceptionHandler(cause -> socket.close());
        });
        server.listen().toCompletionStage().toCompletableFuture().join();
        Control.start(server.actualPort());
    }
}
