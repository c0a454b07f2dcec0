package ${package};

import aio.driver.selector.SelectorDriverFactory;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.Set;

/** Opens one driver for each loop. */
final class OwnDriverFactory implements IoDriverFactory {
    private final IoDriverFactory inside = new SelectorDriverFactory();

    @Override
    public String name() {
        return "${policyName}";
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        return new OwnDriver(inside.open(context));
    }

    /** What the driver serves besides streams, listeners and connects: only that is asked of it. */
    @Override
    public Set<DriverFeature> features() {
        return inside.features();
    }
}
