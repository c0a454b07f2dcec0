package aio.example.late;

import aio.driver.selector.SelectorDriverFactory;
import aio.spi.DriverContext;
import aio.spi.DriverFeature;
import aio.spi.IoDriver;
import aio.spi.IoDriverFactory;
import java.io.IOException;
import java.util.Set;

/** Opens drivers that are late. Any thread. */
final class LateDriverFactory implements IoDriverFactory {
    private final IoDriverFactory real = new SelectorDriverFactory();

    @Override
    public String name() {
        return "late";
    }

    @Override
    public IoDriver open(DriverContext context) throws IOException {
        return new LateDriver(real.open(context));
    }

    @Override
    public Set<DriverFeature> features() {
        return real.features();
    }
}
