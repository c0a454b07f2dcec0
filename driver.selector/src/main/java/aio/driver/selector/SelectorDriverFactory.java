package aio.driver.selector;

import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.nio.channels.spi.SelectorProvider;
import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/**
 * Opens readiness drivers on the selector of the platform ({@code epoll}, {@code kqueue}, {@code wepoll}). They watch
 * descriptors and serve datagram sockets.
 *
 * <p>Thread safety: any thread.
 */
public final class SelectorDriverFactory implements IoDriverFactory {

    /** Makes a factory; it holds nothing. */
    public SelectorDriverFactory() {}

    @Override
    public String name() {
        return "selector";
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        Objects.requireNonNull(context, "context");
        return new SelectorDriver(context.loopName(), SelectorProvider.provider().openSelector());
    }

    @Override
    public Set<DriverFeature> features() {
        return EnumSet.allOf(DriverFeature.class);
    }
}
