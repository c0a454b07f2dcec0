package aio.core.net.datagram;

import aio.core.foreign.ForeignFailure;
import aio.core.foreign.UserCalls;
import aio.core.kernel.CoreFuture;
import aio.core.kernel.Kernel;
import aio.core.kernel.OwnedFuture;
import aio.core.net.Channels;
import aio.core.net.Supported;
import aio.core.net.name.Names;
import aio.loop.DatagramOptions;
import aio.loop.Feature;
import aio.loop.LoopExit;
import aio.loop.LoopFuture;
import aio.transport.DatagramProtocol;
import aio.transport.Endpoint;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** The datagram endpoints of a loop, see {@code Networking}. Any thread; the work is done on the loop's. */
public final class DatagramNetwork {
    private final Kernel kernel;
    private final Names names;

    public DatagramNetwork(Kernel kernel, Names names) {
        this.kernel = kernel;
        this.names = names;
    }

    public <P extends DatagramProtocol> LoopFuture<Endpoint<P>> open(
            Supplier<P> protocolFactory, DatagramOptions options) {
        Objects.requireNonNull(protocolFactory, "protocolFactory");
        DatagramSockets sockets = new DatagramSockets(Objects.requireNonNull(options, "options"), names::resolved);
        kernel.checkClosed();
        sockets.check();
        Supported.check(kernel, Feature.DATAGRAMS);
        CoreFuture<Endpoint<P>> result = new OwnedFuture<>(kernel, protocolFactory);
        if (sockets.looksUp()) {
            LoopFuture<DatagramSockets.Sides> found = names.blocking().run(sockets::resolved);
            found.addDoneCallback(done -> take(done, sockets, protocolFactory, result));
            result.addDoneCallback(done -> found.cancel()); // no effect if it was found
        } else {
            kernel.execute(() -> openNow(sockets::resolved, sockets, protocolFactory, result));
        }
        return result;
    }

    private <P extends DatagramProtocol> void openNow(
            Callable<DatagramSockets.Sides> sides,
            DatagramSockets sockets,
            Supplier<P> protocolFactory,
            CoreFuture<Endpoint<P>> result) {
        if (result.isDone()) {
            return; // cancelled
        }
        try {
            begin(sockets.open(sides.call()), protocolFactory, result);
        } catch (Exception e) {
            result.fail(e);
        }
    }

    private <P extends DatagramProtocol> void take(
            LoopFuture<DatagramSockets.Sides> found,
            DatagramSockets sockets,
            Supplier<P> protocolFactory,
            CoreFuture<Endpoint<P>> result) {
        if (found.isCancelled()) {
            result.cancel();
        } else if (found.exception() != null) {
            result.fail(found.exception());
        } else {
            openNow(found::result, sockets, protocolFactory, result);
        }
    }

    private <P extends DatagramProtocol> void begin(
            DatagramSockets.Opened opened, Supplier<P> protocolFactory, CoreFuture<Endpoint<P>> result) {
        boolean begun = false;
        try {
            kernel.calls().attempt(protocolFactory, () -> {
                P protocol = UserCalls.made(protocolFactory);
                EndpointTransport transport =
                        new EndpointTransport(kernel, opened.channel(), opened.remote(), protocol);
                kernel.seat().attach(transport);
                return kernel.callSoon(() -> transport.start(() -> started(transport, protocol, result)));
            });
            begun = true;
        } catch (ForeignFailure e) {
            Channels.closeQuietly(opened.channel()); // first: the code that waits may look
            result.fail(e.failure());
        } catch (LoopExit exit) {
            result.fail(exit); // a thread that waits must not wait for ever
            throw exit;
        } finally {
            if (!begun) {
                Channels.closeQuietly(opened.channel());
            }
        }
    }

    private static <P extends DatagramProtocol> void started(
            EndpointTransport transport, P protocol, CoreFuture<Endpoint<P>> result) {
        if (!result.complete(new Endpoint<>(transport, protocol))) {
            transport.abort(); // cancelled meanwhile: no user will ever close it
        }
    }
}
