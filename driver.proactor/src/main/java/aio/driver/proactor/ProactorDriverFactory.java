package aio.driver.proactor;

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
 * Opens completion drivers. They read ahead into buffers of their own, take bytes for writing before the kernel does,
 * and do not watch descriptors.
 *
 * <p>Thread safety: any thread.
 */
public final class ProactorDriverFactory implements IoDriverFactory {

    /** Makes a factory; it holds nothing. */
    public ProactorDriverFactory() {}

    @Override
    public String name() {
        return "proactor";
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        Objects.requireNonNull(context, "context");
        return new ProactorDriver(context.loopName(), SelectorProvider.provider().openSelector());
    }

    @Override
    public Set<DriverFeature> features() {
        return EnumSet.of(DriverFeature.DATAGRAMS, DriverFeature.RAW_SOCKETS);
    }
}
